import { levelKey, type StockChange } from '@rappit/domain';
import { byCodePoint } from '../fakes/index.js';
import { type Broken, expectNoticed, withStore } from './broken-world.test-kit.js';

const hasExits = ({ exits }: StockChange): boolean => exits.length > 0;

const applying = (apply: (change: StockChange, sound: (change: StockChange) => Promise<void>) => Promise<void>) =>
  withStore('stock', (stock) => ({ apply: (change) => apply(change, stock.apply) }));

const nonsense = 'a store of stock, handed nonsense';

const broken: readonly Broken[] = [
  [
    'forgets to end reservations',
    applying((change, apply) => apply({ ...change, exits: [] })),
    'a store of stock',
    'ends a reservation',
  ],
  [
    'forgets to move the level of what it ends',
    applying((change, apply) => apply(hasExits(change) ? { ...change, movements: [] } : change)),
    'a store of stock',
    'ends a reservation',
  ],
  [
    'releases what was released before',
    applying((change, apply) => apply(change).catch(() => undefined)),
    'a store of stock',
    'lets many who lock the same levels',
  ],
  [
    'writes the half that is possible',
    applying((change, apply) => apply(change).catch(() => apply({ ...change, exits: [] }))),
    'a store of stock',
    'writes nothing of a change',
  ],
  [
    'promises more than there is',
    applying((change, apply) => apply(change).catch(() => undefined)),
    nonsense,
    'never lets more be reserved than is on hand, even',
  ],
  [
    'ends a reservation as often as it is told to',
    applying((change, apply) => apply({ ...change, exits: change.exits.slice(0, 1) })),
    nonsense,
    'never ends a reservation twice',
  ],
  [
    'ends what has ended',
    applying((change, apply) => apply(change).catch(() => undefined)),
    nonsense,
    'never ends, splits or pins',
  ],
  [
    'lets go of the shipment',
    applying((change, apply) => apply({ ...change, pins: [] })),
    'a store of stock',
    'pins an open reservation',
  ],
  [
    'loses the part that was split off',
    applying((change, apply) => apply({ ...change, splits: [] })),
    'a store of stock',
    'splits an open reservation',
  ],
  [
    'breaks the newest promise first, paid or not',
    withStore('stock', (stock) => ({
      breakableAt: async (...place) => [...(await stock.breakableAt(...place))].sort((a, b) => byCodePoint(b.id, a.id)),
    })),
    'lists of stock',
    'hands out the reservations of a level as they may break',
  ],
  [
    'loses a row between two pages',
    withStore('stock', (stock) => ({
      levels: async (page, filter) => {
        const { data, nextCursor } = await stock.levels({ ...page, limit: page.limit + 1 }, filter);
        const last = data.at(-1);
        return { data: data.slice(0, page.limit), nextCursor: nextCursor && last ? levelKey(last) : null };
      },
    })),
    'lists of stock',
    'lists levels by SKU',
  ],
  [
    'changes the ledger afterwards',
    withStore('stock', (stock) => ({
      movements: async (page, filter) => {
        const { data, nextCursor } = await stock.movements(page, filter);
        return { data: data.map((entry) => ({ ...entry, reason: String(data.length) })), nextCursor };
      },
    })),
    'a ledger',
    'never changes a movement',
  ],
  [
    'hides a difference behind sound books',
    withStore('stock', (stock) => ({
      books: async (limit) => [...(await stock.books(100))].sort((a, b) => byCodePoint(a.sku, b.sku)).slice(0, limit),
    })),
    'lists of stock',
    'adds up the books',
  ],
];

describe('the suites notice a store of stock that', () => {
  it.each(broken)('%s', async (_, make, suite, promise) => expectNoticed(make, suite, promise));
});
