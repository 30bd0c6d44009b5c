import {
  type Import,
  type ImportStores,
  importForms,
  importItems,
  MAX_KEPT_FAULTS,
  type RowsDone,
  readHeader,
} from '../inventory/index.js';
import { bug, type IdSource, type Moment, type Ok, type OrganizationId, ok, type UnitOfWork } from '../kernel/index.js';

type Stores = ImportStores & Moment;
type Deps = { readonly unitOfWork: UnitOfWork<ImportStores>; readonly ids: IdSource };

/** Rows that are worked off in one transaction, which holds what they name until it ends. */
const ROWS_AT_ONCE = 500;
/** An import that doesn't get on is given up after so many attempts; what was done of it stays done. */
const MAX_ATTEMPTS = 5;
/** A file that hasn't arrived by then won't. */
const ABANDONED_AFTER_MS = 3_600_000;

/**
 * Works some rows of the organization's oldest import off; answers how many, none when there is nothing to do or somebody else does it.
 * - What the rows do, their faults and the import's progress are one transaction: a row counts once, however often the work breaks off.
 * - Imports of one organization follow each other.
 */
export const workImports =
  (deps: Deps) =>
  async (organizationId: OrganizationId): Promise<number> => {
    const taken = await deps.unitOfWork.run(organizationId, takeUp);
    if (!taken.ok || taken.value !== 'taken') return taken.ok && taken.value === 'givenUp' ? 1 : 0;
    const done = await deps.unitOfWork.run(organizationId, async (stores) => {
      const found = await stores.imports.next();
      return ok(found ? await workOff(deps, stores, found) : 0);
    });
    return done.ok ? done.value : 0;
  };

/** Counts the attempt before it is made, so that an import that kills whoever works on it is given up too. */
const takeUp = async ({ imports, now }: Stores): Promise<Ok<'nothing' | 'taken' | 'givenUp'>> => {
  await imports.removeAbandoned(new Date(now.getTime() - ABANDONED_AFTER_MS));
  const found = await imports.next();
  if (!found) return ok('nothing');
  if (found.attempts < MAX_ATTEMPTS) {
    await imports.save({ ...found, state: 'running', startedAt: found.startedAt ?? now, attempts: found.attempts + 1 });
    return ok('taken');
  }
  await imports.save({ ...found, state: 'failed', endedAt: now });
  await imports.dropRows(found.id);
  return ok('givenUp');
};

const workOff = async ({ ids }: Deps, stores: Stores, found: Import): Promise<number> => {
  const { imports, now } = stores;
  const rows = await imports.rows(found.id, found.lastLine, ROWS_AT_ONCE);
  const columns = readHeader(found.header, importForms[found.kind]);
  if (!columns.ok) return bug('the header was read when the file arrived');
  const done = await importItems(stores, { dryRun: found.dryRun, columns: columns.value, rows });
  const room = Math.max(0, MAX_KEPT_FAULTS - found.faults);
  await imports.addFaults(
    found.id,
    done.faults.slice(0, room).map((fault) => ({ ...fault, id: ids.next() })),
  );
  const isLast = rows.length < ROWS_AT_ONCE;
  await imports.save({
    ...withRows(found, done),
    ...(isLast && { state: 'done', endedAt: now }),
    lastLine: rows.at(-1)?.line ?? found.lastLine,
    attempts: 0,
  });
  if (isLast) await imports.dropRows(found.id);
  return rows.length + (isLast ? 1 : 0);
};

const withRows = (before: Import, { created, changed, unchanged, refused, faults }: RowsDone): Import => ({
  ...before,
  created: before.created + created,
  changed: before.changed + changed,
  unchanged: before.unchanged + unchanged,
  refused: before.refused + refused,
  faults: before.faults + faults.length,
});
