import { OrderFilterId, type SavedOrderFilter, type UserId } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Stage } from './stage.js';
import { userIn } from './tenant-stage.js';

const at = new Date('2026-01-05T09:00:00.000Z');

const join = async (stage: Stage): Promise<UserId> => {
  const user = userIn(stage);
  await stage.run(async ({ users, members }) => {
    await users.enrol(user, 'hash');
    await members.add(user.id, 'operator');
  });
  return user.id;
};

const save = async (stage: Stage, memberId: UserId, name: string): Promise<SavedOrderFilter> => {
  const id = OrderFilterId(stage.ids.next());
  const saved: SavedOrderFilter = { id, memberId, name, filter: { status: 'reserved', from: at }, createdAt: at };
  await stage.run(({ orderFilters }) => orderFilters.save(saved));
  return saved;
};

export const orderFiltersContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'finds a filter as it was saved last, by its id and by its name, for its own member only',
    keeps: async (world) => {
      const [stage, other] = [await openStage(world), await openStage(world)];
      const [mina, amir] = [await join(stage), await join(stage)];
      const saved = await save(stage, mina, 'Mine');
      const find = (memberId: UserId, on: Stage = stage) =>
        on.read(async ({ orderFilters }) => [
          await orderFilters.find(memberId, saved.id),
          await orderFilters.named(memberId, 'Mine'),
        ]);
      expectEqual(await find(mina), [saved, saved], 'the filter');
      expectEqual(await find(amir), [undefined, undefined], 'the filter of another member');
      expectEqual(await find(mina, other), [undefined, undefined], 'the filter in another organization');
      const filter = { to: at, text: 'mug', sku: 'MUG', tag: 'gift', customer: 'n', externalId: '7', oldestFirst: true };
      const changed = { ...saved, name: 'Another', filter };
      await stage.run(({ orderFilters }) => orderFilters.save(changed));
      expectEqual(await stage.read(({ orderFilters }) => orderFilters.find(mina, saved.id)), changed, 'the changed filter');
      expectEqual(await find(mina), [changed, undefined], 'the filter by its old name');
    },
  },
  {
    promise: 'lists and counts the filters of a member, newest first, page by page, each once',
    keeps: async (world) => {
      const stage = await openStage(world);
      const [mina, amir] = [await join(stage), await join(stage)];
      const mine: SavedOrderFilter[] = [];
      for (const name of ['a', 'b', 'c']) mine.unshift(await save(stage, mina, name));
      await save(stage, amir, 'a');
      expectEqual(
        await allPages(2, (page) => stage.read(({ orderFilters }) => orderFilters.list(mina, page))),
        mine,
        'the filters',
      );
      const counts = await stage.read(async ({ orderFilters }) => [
        await orderFilters.count(mina),
        await orderFilters.count(amir),
      ]);
      expectEqual(counts, [3, 1], 'how many there are');
    },
  },
  {
    promise: 'removes a filter for its own member only, and all of a member who is removed',
    keeps: async (world) => {
      const stage = await openStage(world);
      const [mina, amir] = [await join(stage), await join(stage)];
      const [first] = [await save(stage, mina, 'a'), await save(stage, mina, 'b'), await save(stage, amir, 'a')];
      const remove = (memberId: UserId) => stage.run(({ orderFilters }) => orderFilters.remove(memberId, first.id));
      expectEqual([await remove(amir), await remove(mina), await remove(mina)], [false, true, false], 'whether there was one');
      await stage.run(({ members }) => members.remove(mina));
      const counts = await stage.read(async ({ orderFilters }) => [
        await orderFilters.count(mina),
        await orderFilters.count(amir),
      ]);
      expectEqual(counts, [0, 1], 'how many are left');
    },
  },
];
