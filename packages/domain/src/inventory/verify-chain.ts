import type { Digest, OrganizationId, UnitOfWork } from '../kernel/index.js';
import { type LevelKey, levelKey } from './level.js';
import type { LocationId } from './location.js';
import { type ChainEnd, chainText } from './movement.js';
import type { Sku } from './sku.js';
import type { LedgerEntry, LevelPlace, StockStore } from './stores.port.js';

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

const LEVELS_AT_ONCE = 200;
const ENTRIES_AT_ONCE = 1_000;

/** What an audit of the ledger came to. */
export type LedgerAudit = { readonly levels: number; readonly entries: number; readonly faults: readonly ChainFault[] };

/** Walks through every chain of an organization and hashes each entry again: the first fault of each level is told. Repairs nothing. */
export const auditLedger =
  ({ unitOfWork, digest }: { readonly unitOfWork: UnitOfWork<{ readonly stock: StockStore }>; readonly digest: Digest }) =>
  async (organizationId: OrganizationId): Promise<LedgerAudit> => {
    let audit: LedgerAudit = { levels: 0, entries: 0, faults: [] };
    for (let after: LevelPlace | undefined; ; ) {
      const place = after;
      const found = await unitOfWork.read(organizationId, ({ stock }) => auditLevels(stock, digest, place));
      audit = {
        levels: audit.levels + found.levels,
        entries: audit.entries + found.entries,
        faults: [...audit.faults, ...found.faults],
      };
      if (!found.last) return audit;
      after = found.last;
    }
  };

const auditLevels = async (stock: StockStore, digest: Digest, after: LevelPlace | undefined) => {
  const levels = await stock.chains(LEVELS_AT_ONCE, after);
  const walked = new Map<LevelKey, ChainEnd>();
  const faults = new Map<LevelKey, ChainFault>();
  const [first, last] = [levels[0], levels.at(-1)];
  let entries = 0;
  for (let at = first && { ...first, number: 0 }; at && last; ) {
    const page = await stock.ledger(ENTRIES_AT_ONCE, at, last);
    for (const entry of page) {
      const key = levelKey(entry);
      const fault = faults.has(key) ? undefined : verifyLink(walked.get(key) ?? chainStart, entry, digest);
      if (fault) faults.set(key, fault);
      walked.set(key, entry);
    }
    entries += page.length;
    at = page.length === ENTRIES_AT_ONCE ? page.at(-1) : undefined;
  }
  for (const level of levels) {
    const key = levelKey(level);
    const fault = faults.has(key) ? undefined : verifyEnd(level, level, walked.get(key) ?? chainStart);
    if (fault) faults.set(key, fault);
  }
  return {
    levels: levels.length,
    entries,
    faults: [...faults.values()],
    last: levels.length === LEVELS_AT_ONCE ? last : undefined,
  };
};
