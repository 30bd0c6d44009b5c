/** What is remembered of idempotency keys, to be forgotten when it counts no more. */
export type ClaimedKeys = {
  /** Forgets up to `limit` keys that were claimed before; answers how many, 0 when none is left. One that is claimed anew just now stays. */
  readonly drop: (before: Date, limit: number) => Promise<number>;
};
