import { type LimitKind, LocationId, type PlacementRequest } from '@rappit/domain';
import { exampleAddress, exampleLine } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual } from './expecting.js';
import { saidBy } from './intake.contract.js';
import type { PersistenceWorld } from './persistence-world.js';
import { fromChannel, openStage, type Stage } from './stage.js';
import { openTenant } from './tenant-stage.js';

const usageOf = async ({ read }: Pick<Stage, 'read'>): Promise<Readonly<Record<LimitKind, number>>> =>
  read(async ({ usage }) => ({
    members: await usage.count('members'),
    locations: await usage.count('locations'),
    skus: await usage.count('skus'),
    ordersPerMonth: await usage.count('ordersPerMonth'),
    channels: await usage.count('channels'),
  }));

const nothing = { members: 0, locations: 0, skus: 0, ordersPerMonth: 0, channels: 0 };
const REACHED = 'subscription.limit_reached';

/** An order for one mug, of which there may be so many a month. */
const limited = (stage: Stage, monthlyLimit: number): PlacementRequest => ({
  ...stage.asking([exampleLine('MUG', 1)]),
  monthlyLimit,
});

/** What is promised of a month, said again where one ended meanwhile. */
const inOneMonth =
  (keeps: ContractCase<PersistenceWorld>['keeps']): ContractCase<PersistenceWorld>['keeps'] =>
  async (world) => {
    const stage = await openStage(world);
    const month = (): Promise<number> => stage.read(async ({ now }) => now.getUTCMonth());
    const before = await month();
    try {
      await keeps(world);
    } catch (error) {
      if ((await month()) === before) throw error;
      await keeps(world);
    }
  };

const cases: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'counts what there is of each kind, what was taken away not, for its own organization alone',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      await tenant.join('operator');
      const leaving = await tenant.join('operator');
      await tenant.run(({ members }) => members.remove(leaving.id));
      const stage = await openStage(world, tenant.organization.id);
      const theirs = await openStage(world);
      expectEqual(await usageOf(stage), { ...nothing, members: 2 }, 'what there is at first');
      await stage.shelve('MUG', 5);
      await stage.addLocation('closed', { id: LocationId(world.ids.next()), address: exampleAddress, active: false });
      const gone = await stage.addItem('GONE');
      await stage.run(({ items, now }) => items.remove(gone, now));
      await stage.addChannel('usage.myshopify.com');
      await stage.place([exampleLine('MUG', 1)]);
      await stage.placeAll([stage.asking([exampleLine('MUG', 100)])]);
      expectEqual(
        await usageOf(stage),
        { members: 2, locations: 1, skus: 1, ordersPerMonth: 1, channels: 1 },
        'what there is then',
      );
      expectEqual((await usageOf(theirs)).ordersPerMonth, 0, "the other organization's orders");
    },
  },
  {
    promise: 'places no more orders of a batch than the plan includes, and all that a shop has sold',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 9);
      const { id } = await stage.addChannel('beyond.myshopify.com');
      const sold = (externalId: string) =>
        stage.asking([exampleLine('MUG', 1)], { source: fromChannel(id, externalId), onShortage: 'backorder' });
      const answers = await stage.placeAll([
        ...[limited(stage, 3), sold('1'), limited(stage, 3), limited(stage, 3)],
        ...[sold('2'), limited(stage, 3)],
      ]);
      expectEqual(saidBy(answers), ['ok', 'ok', 'ok', REACHED, 'ok', REACHED], 'the answers');
      const [again] = await stage.placeAll([limited(stage, 3)]);
      const refused = { code: REACHED, kind: 'ordersPerMonth', limit: 3, usage: 4 };
      expectEqual(again, { ok: false, error: refused }, 'the answer afterwards');
      expectEqual(saidBy(await stage.placeAll([limited(stage, 5)])), ['ok'], 'the answer with a larger plan');
      expectEqual((await usageOf(stage)).ordersPerMonth, 5, 'orders of the month');
    },
  },
  {
    promise: 'places exactly as many of many orders at once as the plan includes',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 100);
      const answers = await Promise.all(Array.from({ length: 20 }, () => stage.placeAll([limited(stage, 7)])));
      const said = saidBy(answers.flat());
      expectEqual(said.filter((one) => one === 'ok').length, 7, 'orders that were placed');
      expectEqual(new Set(said), new Set(['ok', REACHED]), 'the answers');
      expectEqual((await usageOf(stage)).ordersPerMonth, 7, 'orders of the month');
    },
  },
  {
    promise: 'answers an order that is asked for again under its key as it was, also beyond the limit',
    keeps: async (world) => {
      const stage = await openStage(world);
      await stage.shelve('MUG', 9);
      const answer = { status: 201, body: 'as it was', resource: null };
      const once = { scope: 'POST /orders', key: 'k1', fingerprint: 'f', answer: () => answer };
      const asked = { ...limited(stage, 1), once };
      await stage.placeAll([asked]);
      const answers = await stage.placeAll([asked, limited(stage, 1)]);
      expectEqual(answers[0], { ok: false, error: { code: 'idempotency.replayed', answer } }, 'the answer under the key');
      expectEqual(saidBy(answers), ['idempotency.replayed', REACHED], 'the answers');
    },
  },
];

export const usageContract = cases.map(
  ({ keeps, ...told }): ContractCase<PersistenceWorld> => ({ ...told, keeps: inOneMonth(keeps) }),
);
