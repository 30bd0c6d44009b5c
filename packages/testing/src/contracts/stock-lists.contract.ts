import { type LevelFilter, leave, levelKey, noChange, type Order, type Reservation, reserve, together } from '@rappit/domain';
import { byCodePoint } from '../fakes/code-points.js';
import { exampleItem, exampleLine, exampleSku } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Stage } from './stage.js';
import { promisedStage } from './stock-stage.js';

const idsOf = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id);
const newestFirst = (ids: readonly string[]): readonly string[] => [...ids].sort(byCodePoint).reverse();

export const stockListsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'lists levels by SKU and then location, page by page, each once, of one SKU or one location when asked',
    keeps: async (world) => {
      const stage = await openStage(world);
      const locations = [await stage.addLocation('B'), await stage.addLocation('A')].sort(byCodePoint);
      const [first] = locations;
      expectThat(first !== undefined, 'there is a location');
      for (const text of ['😀', 'Ｚ', 'a', 'a b']) {
        const sku = await stage.addItem(text);
        for (const locationId of locations) await stage.run(({ stock }) => stock.open(sku, locationId));
      }
      const keys = ['a', 'a b', 'Ｚ', '😀'].flatMap((sku) => locations.map((locationId) => `${sku}\n${locationId}`));
      for (const limit of [1, 3, 100]) {
        const listed = await allPages(limit, (page) => stage.read(({ stock }) => stock.levels(page, {})));
        expectEqual(listed.map(levelKey), keys, `the levels in pages of ${limit}`);
      }
      const atFirst = await allPages(3, (page) => stage.read(({ stock }) => stock.levels(page, { locationId: first })));
      expectEqual(
        atFirst.map(levelKey),
        keys.filter((key) => key.endsWith(`\n${first}`)),
        'the levels of one location',
      );
    },
  },
  {
    promise: 'goes on after any text in the list of levels',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('B', 1);
      const after = async (cursor: string) =>
        (await stage.read(({ stock }) => stock.levels({ limit: 10, cursor }, {}))).data.map(levelKey);
      expectEqual(await after('A\n'), [levelKey(place)], 'what comes after A');
      expectEqual(await after('C'), [], 'what comes after C');
      expectEqual(await after(levelKey(place)), [], 'what comes after the last');
    },
  },
  {
    promise: 'lists the levels of SKUs that are low, or those of the others, by what is available at active locations together',
    keeps: async (world) => {
      const stage = await openStage(world);
      const [main, second] = [await stage.addLocation('MAIN'), await stage.addLocation('SECOND')];
      const places = [main, second, await stage.addLocation('CLOSED', { active: false })];
      /** Units at each of the places in their order; where it is null there is no level. */
      const shelve = async (text: string, lowStockThreshold: number | null, units: readonly (number | null)[]): Promise<void> => {
        const sku = exampleSku(text);
        await stage.run(({ items, now }) => items.add({ ...exampleItem(text, { lowStockThreshold }), sku, createdAt: now }));
        for (const [index, locationId] of places.entries()) {
          const quantity = units[index] ?? null;
          if (quantity !== null) await stage.run(({ stock }) => stock.open(sku, locationId));
          if (quantity) await stage.receive({ sku, locationId }, quantity);
        }
      };
      await shelve('above', 5, [3, 3]);
      await shelve('at', 5, [3, 2]);
      await shelve('elsewhere', 5, [3, 0, 9]);
      await shelve('none', null, [0]);
      await shelve('nothing', 0, [0]);
      await shelve('shut', 5, [null, null, 9]);
      await shelve('promised', 5, [9]);
      await shelve('kept back', 5, [9, 6]);
      await stage.place([exampleLine('promised', 4)]);
      await shelve('lapsed', 5, [9]);
      await lapse(stage, await stage.place([exampleLine('lapsed', 4)]));
      const keptBack = { sku: exampleSku('kept back'), locationId: main };
      await stage.run(({ stock }) => stock.lock([keptBack.sku]).then(() => stock.keepBack(keptBack, 20)));
      const listed = async (filter: LevelFilter) =>
        (await allPages(2, (page) => stage.read(({ stock }) => stock.levels(page, filter)))).map(({ sku }) => sku);
      expectEqual(
        await listed({ low: true, locationId: main }),
        ['at', 'elsewhere', 'nothing', 'promised'],
        'the SKUs that are low',
      );
      expectEqual(
        await listed({ low: false, locationId: main }),
        ['above', 'kept back', 'lapsed', 'none'],
        'the SKUs that are not',
      );
      expectEqual(await listed({ low: true, sku: exampleSku('at') }), ['at', 'at'], 'the levels of one that is low');
      expectEqual(
        await listed({ low: true, sku: exampleSku('shut') }),
        ['shut'],
        'the level at a closed location of one that is low',
      );
      expectEqual((await listed({})).length, 14, 'all levels');
      await stage.run(({ stock, items, now }) =>
        stock.lock([exampleSku('nothing')]).then(() => items.remove(exampleSku('nothing'), now)),
      );
      expectEqual(
        (await listed({ low: true, locationId: main })).includes(exampleSku('nothing')),
        false,
        'a removed item among them',
      );
    },
  },
  {
    promise: 'lists movements and reservations newest first, page by page, each once, of one place when asked',
    keeps: async (world) => {
      const stage = await openStage(world);
      const [mug, cup] = [await stage.shelve('MUG', 10), await stage.shelve('CUP', 10)];
      for (const text of ['MUG', 'CUP', 'MUG', 'MUG']) await stage.place([exampleLine(text, 1)]);
      const movements = await allPages(2, (page) => stage.read(({ stock }) => stock.movements(page, {})));
      expectEqual(idsOf(movements), newestFirst(idsOf(movements)), 'the movements, newest first');
      expectEqual(movements.length, 6, 'movements in all');
      const ofCups = await allPages(1, (page) => stage.read(({ stock }) => stock.movements(page, cup)));
      expectEqual(
        ofCups.map(({ kind }) => kind),
        ['reserve', 'receipt'],
        'the movements of one place',
      );
      const reservations = await allPages(3, (page) => stage.read(({ stock }) => stock.reservations(page, { sku: mug.sku })));
      expectEqual(idsOf(reservations), newestFirst(idsOf(reservations)), 'the reservations, newest first');
      expectEqual(reservations.length, 3, 'reservations of one SKU');
    },
  },
  {
    promise: 'lists the reservations of one order, and of one status',
    keeps: async (world) => {
      const { stage, order, reservation } = await promisedStage(world);
      await stage.place([exampleLine('MUG', 1)]);
      const listed = async (filter: { readonly orderId?: string; readonly status?: Reservation['status'] }) =>
        idsOf((await stage.read(({ stock }) => stock.reservations({ limit: 10 }, filter))).data);
      expectEqual(await listed({ orderId: order.id }), [reservation.id], 'the reservations of the order');
      expectEqual(await listed({ status: 'released' }), [], 'the released ones');
      expectEqual((await listed({ status: 'open' })).length, 2, 'the open ones');
    },
  },
  {
    promise: 'hands out the reservations of a level as they may break: unpaid, then paid, newest first, those of shipments last',
    keeps: async (world) => {
      const stage = await openStage(world);
      const place = await stage.shelve('MUG', 10);
      const placing = (paymentStatus: 'paid' | 'pending'): Promise<Order> =>
        stage.place([exampleLine('MUG', 1)], { paymentStatus });
      const orders = [
        await placing('paid'),
        await placing('pending'),
        await placing('pending'),
        await placing('paid'),
        await placing('pending'),
      ];
      const [pinned] = await stage.openOf(orders[4] ?? (await placing('pending')));
      expectThat(pinned !== undefined, 'the last order has a reservation');
      await stage.change(place.sku, () => ({ ...noChange, pins: [{ id: pinned.id, shipmentId: world.ids.next() }] }));
      const breakable = await stage.run(async ({ stock }) => {
        await stock.lock([place.sku]);
        return stock.breakableAt(place.sku, place.locationId);
      });
      const position = ({ orderId }: Reservation): number => orders.findIndex(({ id }) => id === orderId);
      expectEqual(breakable.map(position), [2, 1, 3, 0, 4], 'the orders in which promises break');
    },
  },
  {
    promise: 'adds up the books of each level, and of those that differ first',
    keeps: async (world) => {
      const { stage, place } = await promisedStage(world);
      await stage.shelve('A', 1);
      await stage.shelve('Z', 1);
      const books = await stage.read(({ stock }) => stock.books(10));
      const mugs = books.find(({ sku }) => sku === place.sku);
      expectEqual(
        mugs,
        { ...place, onHand: 10, reserved: 4, ledgerOnHand: 10, ledgerReserved: 4, openReserved: 4 },
        'the books of a level',
      );
      const bookAlone = (units: number) =>
        stage.change('Z' as typeof place.sku, (ledger, occasion) => {
          const [level] = ledger.levels();
          const move = { kind: 'reserve', reservedDelta: units, onHandDelta: 0, reason: null, reference: null } as const;
          return level ? { ...noChange, movements: [ledger.move(occasion, { ...level, ...move })] } : noChange;
        });
      await bookAlone(1);
      const [first, ...others] = await stage.read(({ stock }) => stock.books(1));
      expectEqual(
        [first?.sku, first?.reserved, first?.openReserved, others.length],
        ['Z', 1, 0, 0],
        'the one level of books that differ',
      );
      // The books of a run are checked at its end: what was planted is taken out again.
      await bookAlone(-1);
    },
  },
];

/** Makes an order's promises such as have lapsed long ago. */
const lapse = async (stage: Stage, order: Order): Promise<void> => {
  const open = await stage.openOf(order);
  const takes = open.map(({ orderLineId, sku, locationId, quantity }) => ({ lineId: orderLineId, sku, locationId, quantity }));
  for (const { sku } of open)
    await stage.change(sku, (books, occasion) =>
      together([
        leave(books, occasion, open, 'released', null),
        reserve(books, occasion, takes, order.id, new Date('2026-01-01T00:00:00.000Z')),
      ]),
    );
};
