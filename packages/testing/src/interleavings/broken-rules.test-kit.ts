import { leave, levelKey, type OrderId, ok, openBooks, type StockChange, type StockStore } from '@rappit/domain';
import { expectThat } from '../contracts/expecting.js';
import { exampleLine } from '../fakes/examples.js';
import { chained } from '../fakes/memory/memory-ledger.js';
import { memoryStores } from '../fakes/memory/memory-stores.js';
import type { Workbench } from '../fakes/memory/workbench.js';
import { sha256 } from '../fakes/sha256.js';
import { type Command, type Gate, rowLockWorld, useCases, type World } from './index.js';
import { lockLevels, plans } from './row-locks/plans.js';
import { type Rules, soundRules } from './row-locks/transaction.js';

/** Rules of which the stock store is sound but for how it applies changes. */
const applying = (
  apply: (bench: Workbench, change: StockChange, sound: (change: StockChange) => Promise<void>) => Promise<void>,
): Rules => ({
  ...soundRules,
  stores: (bench, digest) => {
    const sound = memoryStores(bench, digest);
    return { ...sound, stock: { ...sound.stock, apply: (change) => apply(bench, change, sound.stock.apply) } };
  },
});

/** Levels are locked, but no item before them. */
export const withoutAnchors: Rules = { ...soundRules, plans: { ...plans, stock: { ...plans.stock, lock: lockLevels } } };

/** Levels are locked in the order in which they were asked for. */
export const inAnyOrder: Rules = (() => {
  const lock: typeof lockLevels = (state, skus) => {
    const { looks } = lockLevels(state, skus);
    return { looks, locks: skus.flatMap((sku) => lockLevels(state, [sku]).locks ?? []) };
  };
  return { ...soundRules, plans: { ...plans, intake: { lock }, stock: { ...plans.stock, lock } } };
})();

/** The hot path looks at levels and locks none, and a write changes counters whatever they are by then: `SET reserved = reserved + ?`. */
export const writingBlindly: Rules = {
  ...applying(async ({ state, change }, done) => {
    const levels = new Map(state().stock.levels);
    for (const { onHandDelta, reservedDelta, ...place } of done.movements) {
      const level = levels.get(levelKey(place));
      if (level)
        levels.set(levelKey(place), { ...level, onHand: level.onHand + onHandDelta, reserved: level.reserved + reservedDelta });
    }
    const reservations = new Map(state().stock.reservations);
    for (const one of done.opened) reservations.set(one.id, one);
    change({ stock: { levels, reservations } });
    writeLedger({ state, change }, done);
  }),
  plans: { ...plans, intake: { lock: (state, skus) => ({ looks: lockLevels(state, skus).looks }) } },
};

const writeLedger = ({ state, change }: Pick<Workbench, 'state' | 'change'>, { movements }: StockChange): void => {
  const { ledger, chainEnds } = state();
  const entries = chained(movements, chainEnds, sha256);
  change({
    ledger: [...ledger, ...entries],
    chainEnds: new Map([...chainEnds, ...entries.map((one) => [levelKey(one), one] as const)]),
  });
};

/** A reservation leaves whether or not it is open: `UPDATE … WHERE id = ?` without `AND status = 'open'`. */
export const exitingAlways: Rules = applying(async ({ state, change }, done, apply) => {
  const reservations = new Map(state().stock.reservations);
  for (const { id } of done.exits) {
    const found = reservations.get(id);
    if (found) reservations.set(id, { ...found, status: 'open' });
  }
  change({ stock: { ...state().stock, reservations } });
  await apply(done);
});

/** Whoever begins a purchase doesn't see that the units were taken for another one. */
export const withoutPins = (): World => {
  const world = rowLockWorld();
  const ports = (gate: Gate): ReturnType<World['ports']> => {
    const { unitOfWork, ...others } = world.ports(gate);
    let runs = 0;
    const run: typeof unitOfWork.run = (id, work, once) => {
      runs += 1;
      return unitOfWork.run(id, runs === 1 ? (stores) => work({ ...stores, stock: seeingNoPins(stores.stock) }) : work, once);
    };
    return { ...others, unitOfWork: { ...unitOfWork, run } };
  };
  return { ...world, ports };
};

const seeingNoPins = (stock: StockStore): StockStore => ({
  ...stock,
  openOf: async (id) => (await stock.openOf(id)).map((one) => ({ ...one, shipmentId: null })),
});

/** Decides on the reservation as it saw it before it locked anything: only the exit's own condition keeps it from leaving twice. */
const releasing = (id: OrderId): Command => ({
  does: 'releases',
  run: ({ unitOfWork, ids, caller }) =>
    unitOfWork.run(caller.organizationId, async ({ stock, orders, now }) => {
      const [seen] = await stock.openOf(id);
      if (!seen) return ok('released before');
      const books = openBooks((await stock.lock([seen.sku])).map(({ level }) => level));
      await stock.apply(leave(books, { actor: caller.actor, at: now, ids }, [seen], 'released', null));
      const [order] = await orders.lock([id]);
      if (order?.status !== 'reserved') return ok('released before');
      const lines = order.lines.map((line) => ({ ...line, reserved: 0, cancelled: line.reserved }));
      const released = { ...order, lines, status: 'cancelled' as const, version: order.version + 1 };
      await orders.save({ order: released, isNew: false, addedLines: 0, entries: [], events: [], explanation: null });
      return ok('released');
    }),
  mayBeRefused: ['store.conflict'],
});

export const releaseTwice = useCases('two careless releases of one reservation', async ({ shelve, place }) => {
  const { sku } = await shelve('MUG', 4);
  const order = await place([exampleLine(sku, 2)]);
  await place([exampleLine(sku, 2)]);
  return {
    commands: [releasing(order.id), releasing(order.id)],
    holds: ({ codes }) => expectThat(codes.includes('ok'), 'one of the two releases it'),
  };
});
