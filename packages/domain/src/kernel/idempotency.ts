import type { Refusal, Result } from './result.js';

/** An answer as it was given, so that asking again gets the same one to the byte. */
export type StoredAnswer = {
  readonly status: number;
  readonly body: string;
  /** What the effect goes on in after the answer was stored (a shipment being bought): asking again continues that. */
  readonly resource: string | null;
};

/**
 * A caller's wish that its request has one effect however often it arrives.
 * - The key is claimed in the effect's own transaction, before the effect.
 * - `answer` turns the outcome into what is stored beside the effect, refusals included.
 */
export type Once = {
  /** What the key is unique in, besides the organization: the method and the route's pattern. */
  readonly scope: string;
  readonly key: string;
  /** Digest of the request's body: the same key with another body is another request. */
  readonly fingerprint: string;
  readonly answer: (outcome: Result<unknown, Refusal>) => StoredAnswer;
};

/** How long a claimed key is remembered, by the database's clock. */
export const IDEMPOTENCY_HOURS = 24;

/** Answered before (`answer` is that answer), being answered right now, or another request under the same key. */
export type OnceRefusal =
  | { readonly code: 'idempotency.replayed'; readonly answer: StoredAnswer }
  | { readonly code: 'idempotency.in_progress' }
  | { readonly code: 'idempotency.key_reused' };
