import { isSound, type StockLevel } from './level.js';
import type { LocationId } from './location.js';
import type { Sku } from './sku.js';

/** A level beside what its ledger and its open reservations add up to. */
export type LevelBooks = Pick<StockLevel, 'sku' | 'locationId' | 'onHand' | 'reserved'> & {
  readonly ledgerOnHand: number;
  readonly ledgerReserved: number;
  readonly openReserved: number;
};

/** One thing that doesn't add up. `expected` is what the other books say. */
export type LevelDifference = {
  readonly invariant: 'I1' | 'I2' | 'I3';
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly what: 'reserved' | 'onHand';
  readonly expected: number;
  readonly found: number;
};

/** Every difference of one level's books; none when they hold. Nothing is repaired. */
export const differencesOf = (books: LevelBooks): readonly LevelDifference[] => {
  const { sku, locationId, onHand, reserved } = books;
  const differ = (
    invariant: LevelDifference['invariant'],
    what: LevelDifference['what'],
    expected: number,
    found: number,
  ): LevelDifference[] => (expected === found ? [] : [{ invariant, sku, locationId, what, expected, found }]);
  return [
    ...(isSound(books) ? [] : differ('I1', 'reserved', Math.min(Math.max(reserved, 0), Math.max(onHand, 0)), reserved)),
    ...differ('I2', 'reserved', books.openReserved, reserved),
    ...differ('I3', 'onHand', books.ledgerOnHand, onHand),
    ...differ('I3', 'reserved', books.ledgerReserved, reserved),
  ];
};
