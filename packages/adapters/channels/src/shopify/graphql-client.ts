import { setTimeout as delay } from 'node:timers/promises';
import type { CurrentCredentials, Result, ShopAskRefused, ShopDoRefused } from '@rappit/domain';
import type { Fields } from '../wire/reading.js';
import { credentialsIn } from './credentials.js';
import { API_VERSION } from './documents.js';
import { toldBy } from './graphql-answer.js';
import { type ShopifyWorld, USUAL_DEADLINE_MS, usualOrigin } from './options.js';
import type { Pace } from './pacing.js';
import { answerLost, notReached, unauthorized, unavailable, unknownOutcome } from './refusals.js';

/** A hundred orders with all their lines take a few megabytes. */
const MAX_ANSWER_BYTES = 8 * 1_024 * 1_024;
/** How long a throttled question waits at least, so that nobody asks in a circle. */
const LEAST_WAIT_MS = 100;

export type Variables = Readonly<Record<string, unknown>>;

/** What a shop is asked by. A question that is lost is `shop.unavailable`: it may be asked again. What is to be done and is lost isn't. */
export type ShopifyClient = {
  readonly ask: (document: string, variables: Variables) => Promise<Result<Fields, ShopAskRefused>>;
  readonly make: (document: string, variables: Variables) => Promise<Result<Fields, ShopDoRefused>>;
  /** The version that the last answer was given in, where it said so. */
  readonly answeredIn: () => string | null;
};

export type ClientOptions = ShopifyWorld & {
  readonly shopDomain: string;
  readonly credentials: CurrentCredentials;
  readonly pace: Pace;
};

/**
 * The GraphQL Admin API of one shop.
 * - It waits until a question can be paid for, as long as its deadline lets it, and says how long when that is longer.
 * - Redirects, HTML and answers of 5xx are faults of the shop; whatever it refuses is told in its own words.
 */
export const graphqlClient = (options: ClientOptions): ShopifyClient => {
  const { send, shopDomain, credentials, pace, originOf = usualOrigin, deadlineMs = USUAL_DEADLINE_MS } = options;
  const { monotonicMs = () => performance.now(), wait = (ms) => delay(ms) } = options;
  const url = `${originOf(shopDomain)}/admin/api/${API_VERSION}/graphql.json`;
  let version: string | null = null;
  const make: ShopifyClient['make'] = async (document, variables) => {
    const until = monotonicMs() + deadlineMs;
    const leftMs = (): number => Math.max(0, Math.floor(until - monotonicMs()));
    const body = JSON.stringify({ query: document, variables });
    for (let waitMs = pace.waitFor(document); ; ) {
      if (waitMs >= leftMs()) return unavailable('Shopify is asked too much of at the moment.', waitMs);
      if (waitMs > 0) await wait(waitMs);
      const granted = await credentials();
      if (!granted.ok) return granted;
      const token = credentialsIn(granted.value)?.accessToken;
      if (token === undefined) return unauthorized();
      const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-shopify-access-token': token };
      const sent = await send({ method: 'POST', url, headers, body, deadlineMs: leftMs(), maxBytes: MAX_ANSWER_BYTES });
      if (!sent.ok) return sent.error.code === 'outbound.unknown_outcome' ? unknownOutcome(answerLost) : unavailable(notReached);
      version = sent.value.headers['x-shopify-api-version'] ?? null;
      const told = toldBy(sent.value);
      if (told.throttle) pace.learn(document, told.throttle);
      if (told.kind === 'answered') return told.result;
      waitMs = Math.max(LEAST_WAIT_MS, told.waitMs);
    }
  };
  return {
    make,
    ask: async (document, variables) => {
      const answer = await make(document, variables);
      if (answer.ok || answer.error.code !== 'shop.unknown_outcome') return answer as Result<Fields, ShopAskRefused>;
      return unavailable(answer.error.message);
    },
    answeredIn: () => version,
  };
};
