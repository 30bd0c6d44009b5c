import { type Location, LocationId } from '@rappit/domain';
import { exampleLocation } from '../fakes/examples.js';
import type { ContractCase } from './contract.js';
import { expectEqual } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage } from './stage.js';

const locationIn = (world: PersistenceWorld, code: string, facts: Partial<Location> = {}): Location => ({
  ...exampleLocation(code),
  id: LocationId(world.ids.next()),
  ...facts,
});

export const locationsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'finds a location with every fact as it was saved last',
    keeps: async (world) => {
      const stage = await openStage(world);
      const first = locationIn(world, 'FRA');
      const moved = { ...first, code: 'FRA-2', name: 'Halle 2', address: null, priority: 7, active: false };
      expectEqual(await stage.run(({ locations }) => locations.save(first)), true, 'whether it was saved');
      expectEqual(await stage.read(({ locations }) => locations.find(first.id)), first, 'the location');
      expectEqual(await stage.run(({ locations }) => locations.save(moved)), true, 'whether it was changed');
      expectEqual(await stage.read(({ locations }) => locations.find(first.id)), moved, 'the location afterwards');
      expectEqual(
        await stage.read(({ locations }) => locations.find(LocationId(world.ids.next()))),
        undefined,
        'an id that nobody has',
      );
    },
  },
  {
    promise: 'writes nothing when another location has the code',
    keeps: async (world) => {
      const stage = await openStage(world);
      const [first, second] = [locationIn(world, 'FRA'), locationIn(world, 'HAM')];
      await stage.run(async ({ locations }) => [await locations.save(first), await locations.save(second)]);
      const third = locationIn(world, 'FRA');
      const saved = await stage.run(async ({ locations }) => [
        await locations.save(third),
        await locations.save({ ...second, code: 'FRA' }),
      ]);
      expectEqual(saved, [false, false], 'whether a taken code was saved');
      expectEqual(
        (await stage.read(({ locations }) => locations.list({ limit: 10 }))).data,
        [first, second],
        'the locations afterwards',
      );
    },
  },
  {
    promise: 'lets go of a code that a location no longer has',
    keeps: async (world) => {
      const stage = await openStage(world);
      const first = locationIn(world, 'FRA');
      const saved = await stage.run(async ({ locations }) => [
        await locations.save(first),
        await locations.save({ ...first, code: 'OLD' }),
        await locations.save(locationIn(world, 'FRA')),
      ]);
      expectEqual(saved, [true, true, true], 'whether each was saved');
    },
  },
  {
    promise: 'lists locations by code, by code point, page by page, each once',
    keeps: async (world) => {
      const stage = await openStage(world);
      const codes = ['A', 'B', 'a', 'Ä', 'Ｚ', '😀'];
      for (const code of [...codes].reverse()) await stage.addLocation(code);
      for (const limit of [1, 4]) {
        const listed = await allPages(limit, (page) => stage.read(({ locations }) => locations.list(page)));
        expectEqual(
          listed.map(({ code }) => code),
          codes,
          `the codes in pages of ${limit}`,
        );
      }
    },
  },
  {
    promise: 'locks a location that is there, so that many who change it do so one after another',
    keeps: async (world) => {
      const stage = await openStage(world);
      const id = await stage.addLocation('FRA');
      const raise = () =>
        stage.run(async ({ locations }) => {
          const found = await locations.lock(id);
          return found && locations.save({ ...found, priority: found.priority + 1 });
        });
      await Promise.all([raise(), raise(), raise()]);
      expectEqual(
        (await stage.read(({ locations }) => locations.find(id)))?.priority,
        4,
        'the priority after three changes at once',
      );
      const nobodys = LocationId(world.ids.next());
      expectEqual(
        await stage.run(({ locations }) => locations.lock(nobodys)),
        undefined,
        'the lock of a location that nobody has',
      );
    },
  },
];
