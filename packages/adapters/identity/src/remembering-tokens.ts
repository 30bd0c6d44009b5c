import type { AccessTokens, Identity, Result, TokenInvalid } from '@rappit/domain';
import jsonwebtoken from 'jsonwebtoken';

/** How long a token that was verified is taken without verifying it again. Milliseconds. */
const FOR = 1_000;
const AT_MOST = 10_000;

type Known = { readonly result: Result<Identity, TokenInvalid>; readonly from: number; readonly until: number };

/**
 * Verifies a token once a second, however many requests carry it.
 * - A token is never remembered past its own expiry, and a refused one not at all.
 * - At most ten thousand are remembered; the oldest are forgotten first.
 */
export const rememberingTokens = (tokens: AccessTokens, now: () => number = Date.now): AccessTokens => {
  const known = new Map<string, Known>();
  return {
    issue: tokens.issue,
    read: (token) => {
      const at = now();
      const found = known.get(token);
      // A clock that was set back must not make it last longer.
      if (found && found.from <= at && at < found.until) return found.result;
      known.delete(token);
      const result = tokens.read(token);
      if (!result.ok) return result;
      known.set(token, { result, from: at, until: Math.min(at + FOR, expiryOf(token)) });
      const [oldest] = known.keys();
      if (known.size > AT_MOST && oldest !== undefined) known.delete(oldest);
      return result;
    },
  };
};

/** Milliseconds; of a token that was verified. */
const expiryOf = (token: string): number => {
  const claims = jsonwebtoken.decode(token, { json: true });
  return (claims?.exp ?? 0) * 1_000;
};
