import type { Send } from './exchange.js';

/** What an adapter is given of the world, besides its account. */
export type AdapterOptions<Account> = {
  readonly send: Send;
  readonly now: () => Date;
  readonly account: Account;
  /** How long one purchase may take, and one question. */
  readonly deadlines?: { readonly purchaseMs: number; readonly questionMs: number };
  /** How long the carrier may take to show what it has sold. */
  readonly settlesAfterMs?: number;
};

/** A label takes a carrier some seconds, and at times many. */
export const usualDeadlines = { purchaseMs: 60_000, questionMs: 20_000 };

/** Carriers show a new number some hours later, and say so of a day. Nobody has measured it. */
export const USUALLY_SETTLES_AFTER_MS = 24 * 3_600_000;
