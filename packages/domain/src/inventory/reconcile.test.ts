import { here, MUG } from './inventory.test-kit.js';
import { differencesOf, type LevelBooks } from './reconcile.js';

const books = (facts: Partial<LevelBooks> = {}): LevelBooks => ({
  sku: MUG,
  locationId: here,
  onHand: 10,
  reserved: 4,
  ledgerOnHand: 10,
  ledgerReserved: 4,
  openReserved: 4,
  ...facts,
});

it('books that hold have no differences', () => {
  expect(differencesOf(books())).toEqual([]);
  expect(differencesOf(books({ onHand: 0, reserved: 0, ledgerOnHand: 0, ledgerReserved: 0, openReserved: 0 }))).toEqual([]);
});

it.each([
  ['a promise without a reservation', { openReserved: 3 }, ['I2 reserved: 4 instead of 3']],
  ['goods that the ledger knows nothing of', { onHand: 12 }, ['I3 onHand: 12 instead of 10']],
  ['a promise that the ledger knows nothing of', { ledgerReserved: 2 }, ['I3 reserved: 4 instead of 2']],
  ['more promised than there is', { onHand: 3, ledgerOnHand: 3 }, ['I1 reserved: 4 instead of 3']],
  [
    'less than nothing',
    { onHand: -1, reserved: -2 },
    [
      'I1 reserved: -2 instead of 0',
      'I2 reserved: -2 instead of 4',
      'I3 onHand: -1 instead of 10',
      'I3 reserved: -2 instead of 4',
    ],
  ],
])('reports %s', (_, facts, differences) => {
  const found = differencesOf(books(facts)).map(
    ({ invariant, what, found, expected }) => `${invariant} ${what}: ${found} instead of ${expected}`,
  );
  expect(found).toEqual(differences);
});
