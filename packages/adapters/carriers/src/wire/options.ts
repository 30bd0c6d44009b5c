import type { Send } from './exchange.js';

/** What an adapter is given of the world, besides its account. */
export type AdapterOptions<Account> = {
  readonly send: Send;
  readonly now: () => Date;
  readonly account: Account;
  /** How long one purchase may take, and one question, with every exchange that it needs. */
  readonly deadlines?: Deadlines;
  /** A clock that is never put back, in milliseconds; the process's own where it is left out. */
  readonly monotonicMs?: () => number;
  /** How long the carrier may take to show what it has sold. */
  readonly settlesAfterMs?: number;
};

export type Deadlines = { readonly purchaseMs: number; readonly questionMs: number };

/** A label takes a carrier some seconds, and at times many; a purchase counts as abandoned only after twice as long (`ABANDONED_AFTER_MS`). */
export const usualDeadlines: Deadlines = { purchaseMs: 60_000, questionMs: 20_000 };

/** Carriers show a new number some hours later, and say so of a day. Nobody has measured it. */
export const USUALLY_SETTLES_AFTER_MS = 24 * 3_600_000;
