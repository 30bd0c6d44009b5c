import { type Actor, type Brand, bug, ok, type Result } from '../kernel/index.js';
import { itemForm } from './item-sheet.js';
import { type RowFault, type RowReader, readRow, skuIn, skuOfRow } from './read-row.js';
import { type DueRow, type HeaderInvalid, readHeader, type SheetRow } from './sheet.js';
import { type StockColumn, stockForm } from './stock-sheet.js';

export type ImportId = Brand<string, 'ImportId'>;
export const ImportId = (text: string): ImportId => text as ImportId;

export const importKinds = ['items', 'stock'] as const;
export type ImportKind = (typeof importKinds)[number];

/** `receiving` while the file arrives; `failed` when the work on it broke off again and again. */
export const importStates = ['receiving', 'waiting', 'running', 'done', 'failed'] as const;
export type ImportState = (typeof importStates)[number];

/** The whole machine. One that is `receiving` for too long is removed; `running` work that broke off is taken up once more. */
export const importTransitions: Readonly<Record<ImportState, readonly ImportState[]>> = {
  receiving: ['waiting'],
  waiting: ['running'],
  running: ['done', 'failed'],
  done: [],
  failed: [],
};

/** What became of rows, each counted once. */
export type RowCounts = {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Rows with at least one fault: nothing of them was taken. */
  readonly refused: number;
};

/** A sheet that somebody sent, and how far the work on it is. */
export type Import = RowCounts & {
  readonly id: ImportId;
  readonly kind: ImportKind;
  /** Everything is read and checked, and nothing but this is written. */
  readonly dryRun: boolean;
  readonly state: ImportState;
  /** As it stands in the file. */
  readonly header: readonly string[];
  readonly actor: Actor;
  /** Rows below the header. Known when all of them are here. */
  readonly rows: number;
  /** The line of the last row that was worked off; 0 before the first. */
  readonly lastLine: number;
  /** Faults that were found, whether or not they were kept. */
  readonly faults: number;
  /** How often the work was taken up since it last got on. */
  readonly attempts: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
};

/** An import after a change. A move the machine doesn't have is a bug. */
export const evolveImport = (before: Import, change: Partial<Import>): Import => {
  const after = { ...before, ...change };
  if (after.state !== before.state && !importTransitions[before.state].includes(after.state))
    bug(`an import can't go from ${before.state} to ${after.state}`);
  return after;
};

/** Some rows of an import, to be worked off at once. */
export type RowsToDo<Column extends string> = Pick<Import, 'dryRun'> & {
  readonly columns: readonly Column[];
  readonly rows: readonly DueRow[];
};

/** What became of them, how many adjustments of stock that took, and what was found wrong with them. */
export type RowsDone = RowCounts & { readonly adjustments: number; readonly faults: readonly RowFault[] };

export const MAX_IMPORT_ROWS = 200_000;
/** Faults that are kept of one import; the others are counted. */
export const MAX_KEPT_FAULTS = 1_000;

/** What two rows of one sheet must not share; null where a row doesn't name it soundly, which is a fault of its own. */
export type KeyOfRow = (row: SheetRow) => string | null;

/** How the rows of a sheet with this header are told apart. */
export const keysOf = (kind: ImportKind, header: readonly string[]): Result<KeyOfRow, HeaderInvalid> => {
  if (kind === 'items') {
    const columns = readHeader(header, itemForm);
    return columns.ok ? ok((row) => skuOfRow(columns.value, row) ?? null) : columns;
  }
  const columns = readHeader(header, stockForm);
  return columns.ok ? ok((row) => placeIn(readRow(columns.value, row))) : columns;
};

/** SKUs hold no line breaks, so no two places share a key. */
const placeIn = (reader: RowReader<StockColumn>): string | null => {
  const sku = skuIn(reader);
  const code = reader.text('location', { max: Number.POSITIVE_INFINITY });
  return sku === undefined || code === null ? null : `${sku}\n${code?.trim() ?? ''}`;
};
