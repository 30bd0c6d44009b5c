import {
  type AllocationPolicy,
  type DueRow,
  evolveImport,
  type Import,
  type ImportId,
  type ImportStores,
  importItems,
  itemForm,
  MAX_KEPT_FAULTS,
  type RowsDone,
  readHeader,
  type SheetForm,
  stockForm,
} from '../inventory/index.js';
import {
  bug,
  type IdSource,
  type Moment,
  type Ok,
  type OrganizationId,
  ok,
  type Result,
  type StoreConflict,
  type UnitOfWork,
} from '../kernel/index.js';
import { importStock } from './import-stock.js';
import type { OrderStores } from './stores.port.js';

type Stores = OrderStores & ImportStores;
type Deps<Kept extends Stores> = {
  readonly unitOfWork: UnitOfWork<Kept>;
  readonly ids: IdSource;
  readonly policy: AllocationPolicy;
  /** How many more items there may be, which holds until the unit of work ends. Without it, as many as one likes. */
  readonly roomForItems?: (stores: Kept) => Promise<number | null>;
};

/** Rows that are worked off in one transaction, which holds what they name until it ends. */
const ROWS_AT_ONCE = 500;
/** An import that doesn't get on is given up after so many attempts; what was done of it stays done. */
const MAX_ATTEMPTS = 5;
/** A file that hasn't arrived by then won't. */
const ABANDONED_AFTER_MS = 3_600_000;

/** How many rows were worked off, their end counted as one more, and how many adjustments of stock they made. */
export type WorkedImport = { readonly rows: number; readonly adjustments: number };

const NOTHING: WorkedImport = { rows: 0, adjustments: 0 };

/**
 * Works some rows of the organization's oldest import off: none when there is nothing to do, somebody else does it, or it has to be tried
 * again later.
 * - What the rows do, their faults and the import's progress are one transaction: a row counts once, however often the work breaks off.
 * - Imports of one organization follow each other.
 */
export const workImports =
  <Kept extends Stores>(deps: Deps<Kept>) =>
  async (organizationId: OrganizationId): Promise<WorkedImport> => {
    const taken = await deps.unitOfWork.run(organizationId, takeUp);
    if (!taken.ok || taken.value === 'nothing') return NOTHING;
    if (taken.value === 'givenUp') return { ...NOTHING, rows: 1 };
    const { id } = taken.value;
    const worked = await deps.unitOfWork.run<WorkedImport, StoreConflict>(organizationId, async (stores) => {
      const found = await stores.imports.lock(id);
      return found?.state === 'running' ? workOff(deps, stores, found) : ok(NOTHING);
    });
    return worked.ok ? worked.value : NOTHING;
  };

/**
 * Counts the attempt before it is made, so that an import that kills whoever works on it is given up too. Whoever took it up waits for
 * others that did, and makes the attempt: one that is counted and never made would count towards giving up.
 */
const takeUp = async ({
  imports,
  now,
}: ImportStores & Moment): Promise<Ok<'nothing' | 'givenUp' | { readonly id: ImportId }>> => {
  await imports.removeAbandoned(new Date(now.getTime() - ABANDONED_AFTER_MS));
  const found = await imports.next();
  if (!found) return ok('nothing');
  if (found.attempts < MAX_ATTEMPTS) {
    const attempt = { startedAt: found.startedAt ?? now, attempts: found.attempts + 1 };
    await imports.save(evolveImport(found, { state: 'running', ...attempt }));
    return ok({ id: found.id });
  }
  await imports.save(evolveImport(found, { state: 'failed', endedAt: now }));
  await imports.dropRows(found.id);
  return ok('givenUp');
};

const workOff = async <Kept extends Stores>(
  deps: Deps<Kept>,
  stores: Kept & Moment,
  found: Import,
): Promise<Result<WorkedImport, StoreConflict>> => {
  const { imports, now } = stores;
  const rows = await imports.rows(found.id, found.lastLine, ROWS_AT_ONCE);
  const done = await importRows(deps, stores, { ...found, rows });
  if (!done.ok) return done;
  const room = Math.max(0, MAX_KEPT_FAULTS - found.faults);
  const kept = done.value.faults.slice(0, room).map((fault) => ({ ...fault, id: deps.ids.next() }));
  await imports.addFaults(found.id, kept);
  const isLast = rows.length < ROWS_AT_ONCE;
  await imports.save(
    evolveImport(withRows(found, done.value), {
      ...(isLast && { state: 'done', endedAt: now }),
      lastLine: rows.at(-1)?.line ?? found.lastLine,
      attempts: 0,
    }),
  );
  if (isLast) await imports.dropRows(found.id);
  return ok({ rows: rows.length + (isLast ? 1 : 0), adjustments: done.value.adjustments });
};

type Piece = Pick<Import, 'kind' | 'header' | 'dryRun' | 'actor'> & { readonly rows: readonly DueRow[] };

const importRows = async <Kept extends Stores>(
  { ids, policy, roomForItems }: Deps<Kept>,
  stores: Kept & Moment,
  { kind, header, dryRun, actor, rows }: Piece,
): Promise<Result<RowsDone, StoreConflict>> => {
  if (kind === 'items') {
    const room = roomForItems ? await roomForItems(stores) : null;
    return ok(await importItems(stores, { dryRun, rows, columns: columnsOf(header, itemForm), room }));
  }
  const occasion = { actor, at: stores.now, ids };
  return importStock(stores, { occasion, policy }, { dryRun, rows, columns: columnsOf(header, stockForm) });
};

const columnsOf = <Column extends string>(header: readonly string[], form: SheetForm<Column>): readonly Column[] => {
  const columns = readHeader(header, form);
  return columns.ok ? columns.value : bug('the header was read when the sheet arrived');
};

const withRows = (before: Import, { created, changed, unchanged, refused, faults }: RowsDone): Import => ({
  ...before,
  created: before.created + created,
  changed: before.changed + changed,
  unchanged: before.unchanged + unchanged,
  refused: before.refused + refused,
  faults: before.faults + faults.length,
});
