import type { Sku } from '../inventory/index.js';
import { retryAt } from '../kernel/index.js';
import type { ChannelId } from './channel.js';
import type { ShopDoRefused, StockShown } from './sales-channel.port.js';
import type { ShopPlace } from './shop-place.js';

/** `due`: it shows something else than it should, as far as we know. `givenUp`: nobody tries any more, until it is to show something else. */
export const shownStatuses = ['due', 'shown', 'givenUp'] as const;

/** What one place of a shop is to show, and what is known of what it does show. */
export type ShownStock = ShopPlace & {
  readonly channelId: ChannelId;
  readonly sku: Sku;
  readonly target: number;
  /** Since when it is to show that. */
  readonly changedAt: Date;
  /** What the shop was asked to show last, what it took last, and what it was seen to show since; null while there was no such thing. */
  readonly submitted: number | null;
  readonly accepted: number | null;
  readonly observed: number | null;
  /** Until when somebody else's change there is left standing, for the shop's news of it to arrive. */
  readonly settlesAt: Date | null;
  readonly status: (typeof shownStatuses)[number];
  /** In a row, without success. */
  readonly attempts: number;
  readonly dueAt: Date;
  /** The code of why the last attempt failed. */
  readonly problem: string | null;
};

/** News of a sale arrives within seconds, or with the next reconciliation. */
const SETTLING_MS = 5 * 60_000;
/** A place that somebody else keeps changing is left to them after so many attempts in a row. */
const STALE_ATTEMPTS = 8;

const settling = (now: Date): Date => new Date(now.getTime() + SETTLING_MS);

/** What the place shows, as far as we know. */
export const believed = ({ accepted, observed }: Pick<ShownStock, 'accepted' | 'observed'>): number | null =>
  observed ?? accepted;

/**
 * How much a place is shown now, or until when it is left alone. Where it shows something else than it took from us, somebody else has changed it, most
 * likely by selling: what has changed here since is put on top of that, and never more than there is, until the shop's news have come.
 * After that it shows what there is, whatever it shows.
 */
export const amountToShow = (row: ShownStock, now: Date): { readonly show: number } | { readonly waitUntil: Date } => {
  const { target, accepted, observed, settlesAt } = row;
  if (accepted === null || observed === null || observed === accepted || settlesAt === null || now >= settlesAt)
    return { show: target };
  const careful = Math.min(target, Math.max(0, observed + target - accepted));
  return careful === observed ? { waitUntil: settlesAt } : { show: careful };
};

/** What is known after the shop has answered for a place that was to show so much. Meanwhile the place may have become to show something else. */
export const afterAnswer = (row: ShownStock, shown: number, answer: StockShown, now: Date): ShownStock => {
  const asked = { ...row, submitted: shown };
  // What shows what it was asked to has been asked before, and the answer was lost: the echo of our own word.
  if (answer.outcome === 'accepted' || (answer.outcome === 'stale' && answer.shows === shown)) return taken(asked, shown, now);
  if (answer.outcome === 'refused') return { ...asked, status: 'givenUp', attempts: row.attempts + 1, problem: 'shop.refused' };
  const attempts = row.attempts + 1;
  const status = attempts >= STALE_ATTEMPTS ? 'givenUp' : 'due';
  return {
    ...asked,
    observed: answer.shows,
    settlesAt: row.settlesAt ?? settling(now),
    attempts,
    status,
    dueAt: now,
    problem: 'shop.stale',
  };
};

const taken = (row: ShownStock, shown: number, now: Date): ShownStock => {
  const known = { ...row, accepted: shown, observed: null, attempts: 0, problem: null };
  if (shown === row.target) return { ...known, status: 'shown', settlesAt: null };
  const settlesAt = row.settlesAt ?? now;
  return { ...known, status: 'due', settlesAt, dueAt: settlesAt };
};

/** What is known after the shop didn't answer for a place, or not to us. Asking again is safe, and done a bounded number of times. */
export const afterFault = (row: ShownStock, shown: number, { code, ...fault }: ShopDoRefused, now: Date): ShownStock => {
  const submitted = code === 'shop.unknown_outcome' ? shown : row.submitted;
  const attempts = row.attempts + 1;
  const later = retryAt(attempts, now);
  if (later === null || code === 'shop.refused') return { ...row, submitted, attempts, status: 'givenUp', problem: code };
  const askedFor = 'retryAfterMs' in fault && fault.retryAfterMs !== null ? now.getTime() + fault.retryAfterMs : 0;
  return { ...row, submitted, attempts, problem: code, dueAt: new Date(Math.max(later.getTime(), askedFor)) };
};

/** What is known after a place was seen to show so much. What it took from us last is the echo of our own word, and tells nothing new. */
export const afterLook = (row: ShownStock, shows: number, now: Date): ShownStock => {
  if (shows === row.target)
    return { ...row, accepted: shows, observed: null, status: 'shown', settlesAt: null, problem: null, attempts: 0 };
  if (shows === believed(row) && row.status !== 'shown' && row.status !== 'givenUp') return row;
  const isEcho = shows === row.accepted;
  return {
    ...row,
    observed: isEcho ? null : shows,
    settlesAt: isEcho ? null : (row.settlesAt ?? settling(now)),
    status: 'due',
    attempts: 0,
    dueAt: now,
    problem: null,
  };
};

/** The place is to show another amount from now on, which ends whatever was given up. */
export const retargeted = (row: ShownStock, target: number, now: Date): ShownStock => {
  const isShown = target === believed(row) && row.settlesAt === null;
  return { ...row, target, changedAt: now, status: isShown ? 'shown' : 'due', attempts: 0, dueAt: now, problem: null };
};
