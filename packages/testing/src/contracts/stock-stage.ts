import type { LedgerEntry, Reservation, StockLevel } from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import { expectThat } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Stage } from './stage.js';

/** Ten mugs on a shelf, four of them promised to an order. */
export const promisedStage = async (world: PersistenceWorld) => {
  const stage = await openStage(world);
  const place = await stage.shelve('MUG', 10);
  const order = await stage.place([exampleLine('MUG', 4)]);
  const [reservation] = await stage.openOf(order);
  expectThat(reservation !== undefined, 'a placed order has a reservation');
  return { stage, place, order, reservation };
};

/** All stock of the organization, to be compared before and after. */
export const stockOf = async ({ read }: Stage) => ({
  levels: await allPages<StockLevel>(100, (page) => read(({ stock }) => stock.levels(page, {}))),
  reservations: await allPages<Reservation>(100, (page) => read(({ stock }) => stock.reservations(page, {}))),
  movements: await allPages<LedgerEntry>(100, (page) => read(({ stock }) => stock.movements(page, {}))),
});
