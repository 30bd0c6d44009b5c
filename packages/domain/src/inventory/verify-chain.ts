import type { Digest } from '../kernel/index.js';
import type { LocationId } from './location.js';
import { type ChainLink, chainText } from './movement.js';
import type { Sku } from './sku.js';
import type { LedgerEntry } from './stores.port.js';

/** The end of a level's chain, as its level or its last verified entry has it. Number 0 and `''` before the first movement. */
export type ChainEnd = Pick<ChainLink, 'number' | 'hash'>;

/** A row of the ledger that is gone, or isn't what was written. `number` is the first place where it shows. */
export type ChainFault = {
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly number: number;
  readonly fault: 'missing' | 'altered';
};

export const chainStart: ChainEnd = { number: 0, hash: '' };

/** Whether an entry follows on what came before at its level, and is what it was when it was hashed. */
export const verifyLink = (before: ChainEnd, entry: LedgerEntry, digest: Digest): ChainFault | undefined => {
  const { sku, locationId, number } = entry;
  if (number !== before.number + 1) return { sku, locationId, number: before.number + 1, fault: 'missing' };
  const sound = entry.previousHash === before.hash && entry.hash === digest(chainText(entry, number, entry.previousHash));
  return sound ? undefined : { sku, locationId, number, fault: 'altered' };
};

/** Whether a level's chain ends where the level says. */
export const verifyEnd = (
  at: { readonly sku: Sku; readonly locationId: LocationId },
  level: ChainEnd,
  last: ChainEnd,
): ChainFault | undefined => {
  const { sku, locationId } = at;
  if (level.number > last.number) return { sku, locationId, number: last.number + 1, fault: 'missing' };
  return level.number === last.number && level.hash === last.hash
    ? undefined
    : { sku, locationId, number: last.number, fault: 'altered' };
};
