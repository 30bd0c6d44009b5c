import { type Import, ImportId, type KeptFault, type StoredRow, system } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openStage, type Stage } from './stage.js';

const at = new Date('2026-01-05T09:30:00.000Z');

/** An import that waits, unless told otherwise. */
export const importOf = ({ ids }: Pick<PersistenceWorld, 'ids'>, facts: Partial<Import> = {}): Import => ({
  id: ImportId(ids.next()),
  kind: 'items',
  dryRun: false,
  state: 'waiting',
  header: ['SKU', 'Name'],
  actor: system('contract'),
  rows: 0,
  lastLine: 0,
  created: 0,
  changed: 0,
  unchanged: 0,
  refused: 0,
  faults: 0,
  attempts: 0,
  createdAt: at,
  startedAt: null,
  endedAt: null,
  ...facts,
});

const rowOf = (line: number, key: string | null): StoredRow => ({ line, key, cells: [key ?? '', `row "${line}"\n`] });

/** A stage with these imports, added in their order. */
const importing = async (world: PersistenceWorld, ...facts: readonly Partial<Import>[]) => {
  const stage = await openStage(world);
  const added = facts.map((one) => importOf(world, one));
  for (const one of added) await stage.run(({ imports }) => imports.add(one));
  return { stage, added, id: added[0]?.id ?? ImportId('') };
};

const listed = (stage: Stage, limit = 100) => allPages(limit, (page) => stage.read(({ imports }) => imports.list(page)));
const idsOf = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id);

export const importsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'finds an import with every fact as it was added, and as it was saved',
    keeps: async (world) => {
      const { stage, added, id } = await importing(world, { dryRun: true, header: ['sku', 'قميص', '"'] });
      expectEqual(await stage.read(({ imports }) => imports.find(id)), added[0], 'the import');
      const saved = importOf(world, {
        ...added[0],
        state: 'done',
        rows: 9,
        lastLine: 12,
        created: 1,
        changed: 2,
        unchanged: 3,
        refused: 4,
        faults: 5,
        attempts: 6,
        startedAt: new Date('2026-01-05T09:31:00.000Z'),
        endedAt: new Date('2026-01-05T09:32:00.000Z'),
      });
      await stage.run(({ imports }) => imports.save(saved));
      expectEqual(await stage.read(({ imports }) => imports.find(id)), saved, 'the saved import');
      expectEqual(await stage.run(({ imports }) => imports.lock(id)), saved, 'the locked import');
      expectEqual(
        await stage.read(({ imports }) => imports.find(ImportId(world.ids.next()))),
        undefined,
        'an id that nobody has',
      );
    },
  },
  {
    promise: 'lists imports newest first, page by page, each once',
    keeps: async (world) => {
      const { stage, added } = await importing(world, {}, { state: 'done' }, { state: 'receiving' });
      for (const limit of [1, 2, 100])
        expectEqual(idsOf(await listed(stage, limit)), idsOf([...added].reverse()), `the imports in pages of ${limit}`);
    },
  },
  {
    promise: 'hands out the oldest import that waits or runs, and counts those that have not ended',
    keeps: async (world) => {
      const states = ['receiving', 'done', 'running', 'waiting', 'failed'] as const;
      const { stage, added } = await importing(world, ...states.map((state) => ({ state })));
      const next = () => stage.run(async ({ imports }) => (await imports.next())?.state);
      expectEqual(await stage.run(({ imports }) => imports.unfinished()), 3, 'imports that have not ended');
      expectEqual(await next(), 'running', 'the oldest');
      for (const state of ['running', 'waiting'] as const) {
        const due = added.find((one) => one.state === state);
        if (due) await stage.run(({ imports }) => imports.save({ ...due, state: 'done' }));
      }
      expectEqual(await next(), undefined, 'the oldest when all have ended');
      expectEqual(await (await openStage(world)).run(({ imports }) => imports.next()), undefined, 'what nobody has');
    },
  },
  {
    promise: 'hands out the rows behind a line in their order, and where the key of each stood first',
    keeps: async (world) => {
      const { stage, id } = await importing(world, {}, {});
      const other = (await listed(stage))[0]?.id ?? id;
      await stage.run(({ imports }) => imports.addRows(id, [rowOf(5, 'B'), rowOf(2, 'A'), rowOf(4, null)]));
      await stage.run(({ imports }) => imports.addRows(id, [rowOf(7, 'A'), rowOf(9, 'B'), rowOf(8, 'A'), rowOf(11, null)]));
      await stage.run(({ imports }) => imports.addRows(other, [rowOf(1, 'A'), rowOf(3, 'B')]));
      await stage.run(({ imports }) => imports.addRows(id, []));
      const behind = (line: number, limit: number) =>
        stage.run(async ({ imports }) =>
          (await imports.rows(id, line, limit)).map((row) => [row.line, row.firstLine, row.cells[1]] as const),
        );
      const all = [
        [2, null],
        [4, null],
        [5, null],
        [7, 2],
        [8, 2],
        [9, 5],
        [11, null],
      ].map(([line, first]) => [line, first, `row "${line}"\n`]);
      expectEqual(await behind(0, 100), all, 'all rows');
      expectEqual(await behind(0, 2), all.slice(0, 2), 'the first two');
      expectEqual(await behind(4, 3), all.slice(2, 5), 'three behind line 4');
      await stage.run(({ imports }) => imports.dropRows(id));
      expectEqual(await behind(0, 100), [], 'rows that were dropped');
      expectEqual((await stage.run(({ imports }) => imports.rows(other, 0, 9))).length, 2, 'rows of another import');
    },
  },
  {
    promise: 'lists the faults of one import in the order in which they were found, page by page, each once',
    keeps: async (world) => {
      const { stage, id } = await importing(world, {}, {});
      const fault = (line: number, column: string | null): KeptFault => ({
        id: world.ids.next(),
        line,
        column,
        code: 'cell.invalid',
        message: `must be "${line}"`,
      });
      const [first, second] = [[fault(9, 'sku'), fault(9, null)], [fault(3, 'name')]];
      await stage.run(({ imports }) => imports.addFaults(id, first));
      await stage.run(({ imports }) => imports.addFaults(id, second));
      await stage.run(({ imports }) => imports.addFaults(id, []));
      for (const limit of [1, 2, 100]) {
        const faults = await allPages(limit, (page) => stage.read(({ imports }) => imports.faults(id, page)));
        expectEqual(faults, [...first, ...second], `the faults in pages of ${limit}`);
      }
      const [newest] = await listed(stage);
      const others = await stage.read(({ imports }) => imports.faults(newest?.id ?? id, { limit: 9 }));
      expectEqual(others.data, [], 'the faults of another import');
    },
  },
  {
    promise: 'removes an import with everything of it, and those that nobody sends any more',
    keeps: async (world) => {
      const { stage, added, id } = await importing(
        world,
        {},
        { state: 'receiving' },
        { state: 'receiving', createdAt: new Date(at.getTime() + 1) },
        { state: 'waiting' },
      );
      await stage.run(({ imports }) => imports.addRows(id, [rowOf(2, 'A')]));
      await stage.run(({ imports }) => imports.remove(id));
      expectEqual(await stage.read(({ imports }) => imports.find(id)), undefined, 'the removed import');
      expectEqual((await stage.read(({ imports }) => imports.faults(id, { limit: 9 }))).data, [], 'its faults');
      await stage.run(({ imports }) => imports.removeAbandoned(new Date(at.getTime() + 1)));
      expectEqual(idsOf(await listed(stage)), idsOf([...added.slice(2)].reverse()), 'the imports that stay');
    },
  },
];
