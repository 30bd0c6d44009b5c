import type { ChannelId } from './channel.js';

/**
 * How far the orders of a shop were read, and how it goes. `read` and `failed` count the orders of this run, or of the last one; `remaining` those
 * that are still to come, as far as the shop says so.
 */
export type ChannelSync = {
  readonly channelId: ChannelId;
  /** Where to go on; null before the first page. */
  readonly cursor: string | null;
  readonly status: 'running' | 'done';
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  /** Of orders that could be read, and of those that couldn't, or were refused. */
  readonly read: number;
  readonly failed: number;
  readonly remaining: number | null;
  /** When it is read next. */
  readonly dueAt: Date;
  /** The code of why the last attempt failed. */
  readonly problem: string | null;
  /** In a row, without success. */
  readonly attempts: number;
};

/**
 * Readings of one organization's shops.
 * - `claim` leases a reading that is due to one caller, so that no two read the same at a time; what nobody finished is due again when the lease ends.
 * - `ask` makes one due now, and one that there is none of yet. One that is being read stays with whoever reads it; that is one that is running,
 *   has no problem, and isn't due.
 */
export type ChannelSyncStore = {
  readonly find: (channelId: ChannelId) => Promise<ChannelSync | undefined>;
  readonly ask: (channelId: ChannelId) => Promise<ChannelSync>;
  readonly claim: (channelId: ChannelId, leaseSeconds: number) => Promise<ChannelSync | undefined>;
  readonly save: (sync: ChannelSync) => Promise<void>;
};
