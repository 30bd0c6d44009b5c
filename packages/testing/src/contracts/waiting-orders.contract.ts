import { advance, type HoldReason, type Order, type Sku } from '@rappit/domain';
import { exampleLine } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { fromChannel, occasionAt, openStage, type Stage } from './stage.js';

const waiting = (stage: Stage, text: string, units = 1): Promise<Order> =>
  stage.place([exampleLine(text, units)], { onShortage: 'backorder' });

const holding = (stage: Stage, order: Order, hold: HoldReason) =>
  stage.run(({ orders }) =>
    orders.save(advance(occasionAt(stage, order.placedAt), order, { status: 'onHold', hold }, { what: 'noted', text: hold })),
  );

const idsOf = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id);

const waitingIds = async (stage: Stage, skus: readonly Sku[], limit = 100) =>
  idsOf(await stage.run(({ orders }) => orders.waitingFor(skus, limit)));

export const waitingOrdersContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'hands out the orders that wait for a SKU, oldest first, up to the limit',
    keeps: async (world) => {
      const stage = await openStage(world);
      const [mug, cup] = [await stage.shelve('MUG', 0), await stage.shelve('CUP', 0)];
      const [first, second] = [await waiting(stage, 'MUG'), await waiting(stage, 'MUG')];
      await waiting(stage, 'CUP');
      const third = await waiting(stage, 'MUG');
      expectEqual(await waitingIds(stage, [mug.sku]), idsOf([first, second, third]), 'the orders that wait for mugs');
      expectEqual(await waitingIds(stage, [mug.sku], 2), idsOf([first, second]), 'the oldest two of them');
      expectEqual((await waitingIds(stage, [cup.sku, mug.sku])).length, 4, 'orders that wait for either');
      expectEqual(await waitingIds(stage, []), [], 'orders that wait for no SKU');
    },
  },
  {
    promise: 'hands out no order that has everything, and of the held ones those for an unmapped SKU only',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { sku } = await stage.shelve('MUG', 1);
      await stage.place([exampleLine('MUG', 1)]);
      const [fraud, unmapped] = [await waiting(stage, 'MUG'), await waiting(stage, 'MUG')];
      await holding(stage, fraud, 'fraud');
      await holding(stage, unmapped, 'unmappedSku');
      expectEqual(await waitingIds(stage, [sku]), [unmapped.id], 'the orders that may be served');
    },
  },
  {
    promise: 'names the SKUs that could be served: waited for by an order that is not held, and available somewhere',
    keeps: async (world) => {
      const stage = await openStage(world);
      const closed = await stage.addLocation('closed', { active: false });
      for (const text of ['A', 'B', 'C', 'D']) await stage.shelve(text, 5, closed);
      for (const text of ['C', 'A', 'B']) await waiting(stage, text, 2);
      await holding(stage, await waiting(stage, 'D'), 'manual');
      const servable = (limit: number, after = '') => stage.run(({ orders }) => orders.servable(limit, after));
      expectEqual(await servable(10), [], 'what can be served while the location is out of use');
      await stage.run(async ({ locations }) => {
        const found = await locations.find(closed);
        return found && locations.save({ ...found, active: true });
      });
      expectEqual([...(await servable(10))].sort(), ['A', 'B', 'C'], 'what can be served when it is in use again');
      expectEqual((await servable(2)).length, 2, 'SKUs up to a limit');
      expectEqual(await servable(10, 'A'), ['B', 'C'], 'the SKUs behind another');
    },
  },
  {
    promise: 'hands out as waiting what the same unit of work has just made wait',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { sku } = await stage.shelve('MUG', 1);
      const order = await stage.place([exampleLine('MUG', 1)]);
      const seen = await stage.run(async ({ orders, now }) => {
        const lines = order.lines.map((line) => ({ ...line, reserved: 0, backordered: 1 }));
        await orders.save(
          advance(occasionAt(stage, now), order, { lines, status: 'backordered' }, { what: 'stockMissing', text: null }),
        );
        return orders.waitingFor([sku], 10);
      });
      expectEqual(
        seen.map(({ id, version }) => [id, version]),
        [[order.id, 2]],
        'the orders that wait',
      );
    },
  },
  {
    promise: 'names those that wait to whoever only reads, as it hands them out',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { sku } = await stage.shelve('MUG', 0);
      for (let orders = 0; orders < 3; orders += 1) await waiting(stage, 'MUG');
      const named = (limit: number) => stage.read(({ orders }) => orders.waitingIds([sku], limit));
      expectEqual(await named(100), await waitingIds(stage, [sku]), 'the orders that wait for mugs');
      expectEqual(await named(2), await waitingIds(stage, [sku], 2), 'the oldest two of them');
      expectEqual(await stage.read(({ orders }) => orders.waitingIds([], 100)), [], 'orders that wait for no SKU');
    },
  },
  {
    promise:
      'names the orders with units of goods we know that nobody tried, oldest first, and counts them as a use of their item',
    keeps: async (world) => {
      const stage = await openStage(world);
      const { sku } = await stage.shelve('MUG', 0);
      const channel = await stage.addChannel('demo.myshopify.com');
      const untried = (limit = 100) => stage.run(({ orders }) => orders.untried(limit));
      const putOff = async (order: Order, facts: Partial<Order> = {}): Promise<Order> => {
        const lines = order.lines.map((line) => (line.sku ? { ...line, backordered: 0, pending: line.backordered } : line));
        const change = { lines, ...facts };
        await stage.run(({ orders }) =>
          orders.save(advance(occasionAt(stage, order.placedAt), order, change, { what: 'noted', text: null })),
        );
        return order;
      };
      await waiting(stage, 'MUG');
      await stage.place([exampleLine('NOBODY KNOWS', 1)], { source: fromChannel(channel.id, '1'), onShortage: 'backorder' });
      expectEqual(await untried(), [], 'orders of which everything was tried, or that name goods we do not know');
      const [first, second] = [await putOff(await waiting(stage, 'MUG', 2)), await putOff(await waiting(stage, 'MUG', 3))];
      await putOff(await waiting(stage, 'MUG'), { status: 'onHold', hold: 'manual' });
      await putOff(await waiting(stage, 'MUG'), { paymentExpired: true });
      const known = await waiting(stage, 'MUG');
      await putOff(known, { status: 'onHold', hold: 'unmappedSku' });
      expectEqual(await untried(), idsOf([first, second, known]), 'the orders that may be tried');
      expectEqual(await untried(1), [first.id], 'the oldest of them');
      expectEqual((await stage.run(({ items }) => items.uses(sku))).waiting, 9, 'units that orders wait for or will');
    },
  },
];
