import { type LedgerEntry, leave, type Order, type Reservation, reserve, type StockLevel, together } from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import { expectThat } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Shelved, type Stage } from './stage.js';

/** Ten mugs on a shelf, four of them promised to an order. */
export const promisedStage = async (world: PersistenceWorld) => {
  const stage = await openStage(world);
  const place = await stage.shelve('MUG', 10);
  const order = await stage.place([exampleLine('MUG', 4)]);
  const [reservation] = await stage.openOf(order);
  expectThat(reservation !== undefined, 'a placed order has a reservation');
  return { stage, place, order, reservation };
};

export const UNPAID = { paymentStatus: 'pending', paymentMethod: 'prepaid' } as const;

/** The half hour of an unpaid order of one SKU is over: what it was promised has lapsed, and is still open. */
export const lapse = async (stage: Stage, order: Order, { sku }: Shelved): Promise<Reservation> => {
  const promised = await stage.openOf(order);
  await stage.change(sku, (books, occasion) => {
    const takes = promised.map(({ orderLineId, sku, locationId, quantity }) => ({
      lineId: orderLineId,
      sku,
      locationId,
      quantity,
    }));
    const past = new Date(occasion.at.getTime() - 1);
    return together([leave(books, occasion, promised, 'released', null), reserve(books, occasion, takes, order.id, past)]);
  });
  const [lapsed] = await stage.openOf(order);
  expectThat(lapsed !== undefined, 'what lapsed is still open');
  return lapsed;
};

/** Ten mugs, of which an unpaid order holds six: its half hour is over. */
export const lapsedStage = async (world: PersistenceWorld) => {
  const stage = await openStage(world);
  const place = await stage.shelve('MUG', 10);
  const order = await stage.place([exampleLine('MUG', 6)], UNPAID);
  return { stage, place, order, lapsed: await lapse(stage, order, place) };
};

/** All stock of the organization, to be compared before and after. */
export const stockOf = async ({ read }: Stage) => ({
  levels: await allPages<StockLevel>(100, (page) => read(({ stock }) => stock.levels(page, {}))),
  reservations: await allPages<Reservation>(100, (page) => read(({ stock }) => stock.reservations(page, {}))),
  movements: await allPages<LedgerEntry>(100, (page) => read(({ stock }) => stock.movements(page, {}))),
});
