import type { DueRow, Import, ImportId, ImportStore, KeptFault, StoredRow } from '@rappit/domain';
import { type Columns, insertRows, type Row } from '../rows.js';
import { rowsOf, type Scope, touching } from '../scope.js';
import { pageOf } from './page.js';

type ImportRow = Pick<
  Import,
  'id' | 'kind' | 'state' | 'header' | 'actor' | 'rows' | 'created' | 'changed' | 'unchanged' | 'refused' | 'faults' | 'attempts'
> & { dry_run: boolean; last_line: number; created_at: Date; started_at: Date | null; ended_at: Date | null };

const toImport = ({ dry_run, last_line, created_at, started_at, ended_at, ...row }: ImportRow): Import => ({
  id: row.id,
  kind: row.kind,
  dryRun: dry_run,
  state: row.state,
  header: row.header,
  actor: row.actor,
  rows: row.rows,
  lastLine: last_line,
  created: row.created,
  changed: row.changed,
  unchanged: row.unchanged,
  refused: row.refused,
  faults: row.faults,
  attempts: row.attempts,
  createdAt: created_at,
  startedAt: started_at,
  endedAt: ended_at,
});

/** What changes while an import is worked off. */
const progressOf = (one: Import): Row => ({
  state: one.state,
  rows: one.rows,
  last_line: one.lastLine,
  created: one.created,
  changed: one.changed,
  unchanged: one.unchanged,
  refused: one.refused,
  faults: one.faults,
  attempts: one.attempts,
  started_at: one.startedAt,
  ended_at: one.endedAt,
});

const rowColumns: Columns = { import_id: 'uuid', line: 'integer', key: 'text', cells: 'jsonb' };
const INSERT_ROWS = insertRows('import_rows', rowColumns);
const fromRow = (id: ImportId, { line, key, cells }: StoredRow): Row => ({ import_id: id, line, key, cells });

const faultColumns: Columns = {
  import_id: 'uuid',
  id: 'uuid',
  line: 'integer',
  column_name: 'text',
  code: 'text',
  message: 'text',
};
const INSERT_FAULTS = insertRows('import_faults', faultColumns);

/**
 * Nobody passes by the oldest: while somebody has locked it, there is no next. Its state is asked for once more outside, since only that
 * is looked at again when the import has changed, and perhaps ended, between being found and being locked.
 */
const NEXT = `
  SELECT * FROM imports WHERE organization_id = ? AND state IN ('waiting', 'running') AND id = (
    SELECT id FROM imports WHERE organization_id = ? AND state IN ('waiting', 'running') ORDER BY id LIMIT 1)
  FOR NO KEY UPDATE SKIP LOCKED`;

const ROWS = `
  SELECT r.line, r.cells, (
    SELECT min(d.line) FROM import_rows d
    WHERE d.organization_id = r.organization_id AND d.import_id = r.import_id AND d.key = r.key AND d.line < r.line) AS "firstLine"
  FROM import_rows r WHERE r.organization_id = ? AND r.import_id = ? AND r.line > ? ORDER BY r.line LIMIT ?`;

export const importStore = (scope: Scope): ImportStore => {
  const { trx, organizationId } = scope;
  const ours = (table: string) => trx(table).where({ organization_id: organizationId });
  const insert = async (sql: string, rows: readonly Row[]): Promise<void> => {
    if (rows.length > 0) await touching(scope, rows.length, sql, [organizationId, JSON.stringify(rows)]);
  };
  return {
    add: async (one) => {
      const { id, kind, dryRun, header, actor, createdAt } = one;
      const about = { id, kind, dry_run: dryRun, header: JSON.stringify(header), actor: JSON.stringify(actor) };
      await trx('imports').insert({ organization_id: organizationId, ...about, created_at: createdAt, ...progressOf(one) });
    },
    find: async (id) => {
      const row = await ours('imports').where({ id }).first<ImportRow | undefined>();
      return row && toImport(row);
    },
    lock: async (id) => {
      const row = await ours('imports').where({ id }).forNoKeyUpdate().first<ImportRow | undefined>();
      return row && toImport(row);
    },
    next: async () => {
      const [row] = await rowsOf<ImportRow>(scope, NEXT, [organizationId, organizationId]);
      return row && toImport(row);
    },
    save: async (one) => {
      await ours('imports').where({ id: one.id }).update(progressOf(one));
    },
    remove: async (id) => {
      await ours('imports').where({ id }).delete();
    },
    removeAbandoned: async (before) => {
      await ours('imports').where({ state: 'receiving' }).where('created_at', '<', before).delete();
    },
    unfinished: async () => {
      const [counted] = await ours('imports')
        .whereIn('state', ['receiving', 'waiting', 'running'])
        .count<{ count: number }[]>('*');
      return counted?.count ?? 0;
    },
    addRows: (id, rows) =>
      insert(
        INSERT_ROWS,
        rows.map((row) => fromRow(id, row)),
      ),
    rows: (id, after, limit) => rowsOf<DueRow>(scope, ROWS, [organizationId, id, after, limit]),
    dropRows: async (id) => {
      await ours('import_rows').where({ import_id: id }).delete();
    },
    addFaults: (id, faults) =>
      insert(
        INSERT_FAULTS,
        faults.map(({ column, ...fault }) => ({ import_id: id, column_name: column, ...fault })),
      ),
    list: async ({ limit, cursor }) => {
      const query = ours('imports')
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (cursor !== undefined) void query.where('id', '<', cursor);
      return pageOf((await query.select<ImportRow[]>('*')).map(toImport), limit, ({ id }) => id);
    },
    faults: async (id, { limit, cursor }) => {
      const query = ours('import_faults')
        .where({ import_id: id })
        .orderBy('id')
        .limit(limit + 1);
      if (cursor !== undefined) void query.where('id', '>', cursor);
      return pageOf(
        await query.select<KeptFault[]>('id', 'line', { column: 'column_name' }, 'code', 'message'),
        limit,
        (fault) => fault.id,
      );
    },
  };
};
