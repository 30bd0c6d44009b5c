import type { Standing } from '@rappit/limits';

/** Rounded up: nobody is told to come back too early. */
export const secondsOf = ({ againMs }: Standing): number => Math.max(1, Math.ceil(againMs / 1_000));

/**
 * What an answer says of the limits that its request was charged to: each by its name (draft-ietf-httpapi-ratelimit-headers), and the one of
 * which the smallest part is left once more in the older form, where `Reset` counts seconds from now too.
 */
export const limitHeaders = (standings: readonly Standing[]): Readonly<Record<string, string>> => {
  const [first, ...others] = standings;
  if (!first) return {};
  let [tightest, policies, states] = [first, policyOf(first), stateOf(first)];
  for (const standing of others) {
    policies += `, ${policyOf(standing)}`;
    states += `, ${stateOf(standing)}`;
    if (left(standing) < left(tightest)) tightest = standing;
  }
  return {
    'ratelimit-policy': policies,
    ratelimit: states,
    'x-ratelimit-limit': String(tightest.limit.points),
    'x-ratelimit-remaining': String(tightest.remaining),
    'x-ratelimit-reset': String(secondsOf(tightest)),
  };
};

const policyOf = ({ limit: { name, points, seconds } }: Standing): string => `"${name}";q=${points};w=${seconds}`;
const stateOf = (standing: Standing): string => `"${standing.limit.name}";r=${standing.remaining};t=${secondsOf(standing)}`;

/** What was turned away is the tightest of all. */
const left = ({ allowed, remaining, limit }: Standing): number => (allowed ? remaining / limit.points : -1);
