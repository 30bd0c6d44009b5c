import { type Caller, err, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import { evolveImport, type Import, ImportId, type ImportKind, type KeyOfRow, keysOf, MAX_IMPORT_ROWS } from './import.js';
import type { ImportStores } from './imports.port.js';
import type { HeaderInvalid, SheetRow } from './sheet.js';

type Deps = { readonly unitOfWork: UnitOfWork<ImportStores>; readonly ids: IdSource };

/** A file as it arrives: its rows come in batches of any size. */
export type Sheet = {
  readonly kind: ImportKind;
  readonly dryRun: boolean;
  readonly header: readonly string[];
  readonly rows: AsyncIterable<readonly SheetRow[]>;
};

/** Imports of one organization that may be under way at once. */
export const MAX_UNFINISHED = 10;

export type TooManyImports = { readonly code: 'import.too_many'; readonly limit: number };
export type TooManyRows = { readonly code: 'import.too_many_rows'; readonly limit: number };
export type ImportEmpty = { readonly code: 'import.empty' };
export type ImportNotFound = { readonly code: 'import.not_found' };
export type ReceiveImportRefused = HeaderInvalid | TooManyImports | TooManyRows | ImportEmpty | RunRefusal;

/**
 * Keeps a file's rows, batch by batch, holding no more than one. Nothing is done with them until `startImport`.
 * When the file is refused, or what sends it throws, nothing of it stays.
 */
export const receiveImport =
  (deps: Deps) =>
  async (caller: Caller, { header, rows, ...about }: Sheet): Promise<Result<ImportId, ReceiveImportRefused>> => {
    const keyOf = keysOf(about.kind, header);
    if (!keyOf.ok) return keyOf;
    const begun = await begin(deps, caller, { ...about, header });
    if (!begun.ok) return begun;
    const { id } = begun.value;
    let kept: Result<number, ReceiveImportRefused> | undefined;
    try {
      kept = await keepRows(deps, caller, { id, rows, keyOf: keyOf.value });
    } finally {
      if (!kept?.ok) await discard(deps, caller, id);
    }
    return kept.ok ? ok(id) : kept;
  };

const begin = (
  { unitOfWork, ids }: Deps,
  { organizationId, actor }: Caller,
  about: Pick<Import, 'kind' | 'dryRun' | 'header'>,
): Promise<Result<Import, TooManyImports | RunRefusal>> =>
  unitOfWork.run<Import, TooManyImports>(organizationId, async ({ imports, now }) => {
    if ((await imports.unfinished()) >= MAX_UNFINISHED) return err({ code: 'import.too_many', limit: MAX_UNFINISHED });
    const begun: Import = {
      ...about,
      id: ImportId(ids.next()),
      state: 'receiving',
      actor,
      rows: 0,
      lastLine: 0,
      created: 0,
      changed: 0,
      unchanged: 0,
      refused: 0,
      faults: 0,
      attempts: 0,
      createdAt: now,
      startedAt: null,
      endedAt: null,
    };
    await imports.add(begun);
    return ok(begun);
  });

type Arriving = Pick<Sheet, 'rows'> & { readonly id: ImportId; readonly keyOf: KeyOfRow };

/** Answers how many rows there were. */
const keepRows = async (
  { unitOfWork }: Deps,
  { organizationId }: Caller,
  { id, rows, keyOf }: Arriving,
): Promise<Result<number, ReceiveImportRefused>> => {
  let count = 0;
  for await (const batch of rows) {
    count += batch.length;
    if (count > MAX_IMPORT_ROWS) return err({ code: 'import.too_many_rows', limit: MAX_IMPORT_ROWS });
    const stored = batch.map((row) => ({ ...row, key: keyOf(row) }));
    const kept = await unitOfWork.run<unknown, never>(organizationId, async ({ imports }) =>
      ok(await imports.addRows(id, stored)),
    );
    if (!kept.ok) return kept;
  }
  if (count === 0) return err({ code: 'import.empty' });
  return unitOfWork.run<number, ReceiveImportRefused>(organizationId, async ({ imports }) => {
    const found = await imports.lock(id);
    if (!found) return err({ code: 'store.conflict' });
    await imports.save({ ...found, rows: count });
    return ok(count);
  });
};

const discard = async ({ unitOfWork }: Deps, { organizationId }: Caller, id: ImportId): Promise<void> => {
  await unitOfWork.run(organizationId, async ({ imports }) => ok(await imports.remove(id)));
};

/** Lets the work on a received import begin. When it isn't to begin, as for a request that was made before, nothing of it stays. */
export const startImport =
  (deps: Deps) =>
  async (caller: Caller, id: ImportId): Promise<Result<Import, ImportNotFound | RunRefusal>> => {
    const started = await deps.unitOfWork.run<Import, ImportNotFound>(
      caller.organizationId,
      async ({ imports }) => {
        const found = await imports.lock(id);
        if (found?.state !== 'receiving') return err({ code: 'import.not_found' });
        const waiting = evolveImport(found, { state: 'waiting' });
        await imports.save(waiting);
        return ok(waiting);
      },
      caller.once,
    );
    if (!started.ok) await discard(deps, caller, id);
    return started;
  };
