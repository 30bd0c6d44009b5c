import { bug } from '@rappit/domain';
import type { OrganizationState } from '../../fakes/memory/organization-state.js';

/** A row as a transaction has written it. `key` is null for one that is added to a list. */
export type Write = { readonly table: string; readonly key: string | number | null; readonly row: unknown };

/** An organization's state, table by table: maps have rows by key, lists by number, and everything else is one row. */
type Tables = Readonly<Record<string, unknown>>;
const tablesOf = ({ stock, ...others }: OrganizationState): Tables => ({ ...others, ...stock });
const stateOf = ({ levels, reservations, ...others }: Tables): OrganizationState =>
  ({ ...others, stock: { levels, reservations } }) as unknown as OrganizationState;

/** What has to be written so that the first state becomes the second. */
export const writesBetween = (before: OrganizationState, after: OrganizationState): readonly Write[] => {
  const old = tablesOf(before);
  return Object.entries(tablesOf(after)).flatMap(([table, rows]) =>
    rows === old[table] ? [] : changed(old[table], rows).map((write) => ({ table, ...write })),
  );
};

const changed = (before: unknown, after: unknown): readonly Omit<Write, 'table'>[] => {
  if (before instanceof Map && after instanceof Map) {
    if (after.size < before.size) bug('rows are never deleted here');
    return [...after].flatMap(([key, row]) => (before.get(key) === row ? [] : [{ key, row }]));
  }
  if (Array.isArray(before) && Array.isArray(after))
    return after.flatMap((row, at) => (before[at] === row ? [] : [{ key: at < before.length ? at : null, row }]));
  return [{ key: '', row: after }];
};

/** A state in which rows are as they were written. */
export const withWrites = (state: OrganizationState, writes: readonly Write[]): OrganizationState => {
  if (writes.length === 0) return state;
  const tables: Record<string, unknown> = { ...tablesOf(state) };
  for (const table of new Set(writes.map((write) => write.table)))
    tables[table] = written(
      tables[table],
      writes.filter((write) => write.table === table),
    );
  return stateOf(tables);
};

const written = (rows: unknown, writes: readonly Write[]): unknown => {
  if (rows instanceof Map) return new Map([...rows, ...writes.map(({ key, row }) => [key, row] as const)]);
  if (!Array.isArray(rows)) return writes.at(-1)?.row;
  const list = [...rows];
  for (const { key, row } of writes) {
    if (key === null) list.push(row);
    else if (Number(key) < rows.length) list[Number(key)] = row;
    else bug('a transaction changed a row of a list that it had added itself');
  }
  return list;
};

/** What a row is called in footprints and locks. */
export const rowName = (table: string, key: string | number): string => `${table} ${key}`;

/** One that was added to a list is called by what it says of itself, since its number is known to nobody before it is committed. */
export const nameOf = ({ table, key, row }: Write): string => {
  if (key !== null) return rowName(table, key);
  const { id, orderId } = row as { readonly id?: string; readonly orderId?: string };
  return rowName(table, `of ${id ?? orderId}`);
};

/** The row of that name, if there is one. */
export const rowAt = (state: OrganizationState, name: string): Write | undefined => {
  const space = name.indexOf(' ');
  const [table, key] = [name.slice(0, space), name.slice(space + 1)];
  const rows = tablesOf(state)[table];
  if (rows instanceof Map) return rows.has(key) ? { table, key, row: rows.get(key) } : undefined;
  if (Array.isArray(rows)) return Number(key) < rows.length ? { table, key: Number(key), row: rows[Number(key)] } : undefined;
  return { table, key, row: rows };
};
