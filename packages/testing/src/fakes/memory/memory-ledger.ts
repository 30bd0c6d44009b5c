import { chainText, type Digest, type LedgerEntry, type LevelKey, levelKey, type Movement } from '@rappit/domain';

/** Movements in their order, each numbered and hashed after the last one of its level. */
export const chained = (
  movements: readonly Movement[],
  ends: ReadonlyMap<LevelKey, LedgerEntry>,
  digest: Digest,
): readonly LedgerEntry[] => {
  const current = new Map(ends);
  return movements.map((movement) => {
    const key = levelKey(movement);
    const before = current.get(key);
    const number = (before?.number ?? 0) + 1;
    const previousHash = before?.hash ?? '';
    const entry = { ...movement, number, previousHash, hash: digest(chainText(movement, number, previousHash)) };
    current.set(key, entry);
    return entry;
  });
};
