import { bug, type Import, type ImportId, type ImportStore, type KeptFault, type StoredRow } from '@rappit/domain';
import { byCodePoint } from '../code-points.js';
import { pageOf } from '../page-of.js';
import { having, type StoredImport } from './organization-state.js';
import type { Workbench } from './workbench.js';

const isUnfinished = ({ state }: Import): boolean => state !== 'done' && state !== 'failed';
const isDue = ({ state }: Import): boolean => state === 'waiting' || state === 'running';

export const memoryImports = ({ state, change }: Workbench): ImportStore => {
  const all = (): readonly Import[] => [...state().imports.values()].map(({ about }) => about);
  const stored = (id: ImportId): StoredImport => state().imports.get(id) ?? bug('there is no such import');
  const put = (id: ImportId, part: Partial<StoredImport>): void =>
    change({ imports: having(state().imports, id, { ...stored(id), ...part }) });
  const removeAll = (gone: (one: Import) => boolean): void =>
    change({ imports: new Map([...state().imports].filter(([, { about }]) => !gone(about))) });
  return {
    add: async (about) => change({ imports: having(state().imports, about.id, { about, rows: [], faults: [] }) }),
    find: async (id) => state().imports.get(id)?.about,
    // Units of work run one after another: nobody else has locked anything.
    lock: async (id) => state().imports.get(id)?.about,
    next: async () =>
      all()
        .filter(isDue)
        .toSorted((a, b) => byCodePoint(a.id, b.id))[0],
    save: async (about) => put(about.id, { about }),
    remove: async (id) => removeAll((one) => one.id === id),
    removeAbandoned: async (before) => removeAll((one) => one.state === 'receiving' && one.createdAt < before),
    unfinished: async () => all().filter(isUnfinished).length,
    addRows: async (id, rows) => put(id, { rows: [...stored(id).rows, ...rows] }),
    rows: async (id, after, limit) => {
      const { rows = [] } = state().imports.get(id) ?? {};
      const first = firstLines(rows);
      return rows
        .filter(({ line }) => line > after)
        .toSorted((a, b) => a.line - b.line)
        .slice(0, limit)
        .map(({ line, key, cells }) => ({ line, cells, firstLine: earlier(line, key === null ? undefined : first.get(key)) }));
    },
    dropRows: async (id) => put(id, { rows: [] }),
    addFaults: async (id, faults) => put(id, { faults: [...stored(id).faults, ...faults] }),
    list: async (page) => pageOf(all(), page, { placeOf: ({ id }) => id, newestFirst: true }),
    faults: async (id, page) => pageOf<KeptFault>(state().imports.get(id)?.faults ?? [], page, { placeOf: (fault) => fault.id }),
  };
};

const firstLines = (rows: readonly StoredRow[]): ReadonlyMap<string, number> => {
  const lines = new Map<string, number>();
  for (const { key, line } of rows) if (key !== null) lines.set(key, Math.min(line, lines.get(key) ?? line));
  return lines;
};

const earlier = (line: number, first: number | undefined): number | null => (first !== undefined && first < line ? first : null);
