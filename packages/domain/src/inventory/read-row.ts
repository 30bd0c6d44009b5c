import { type Err, err } from '../kernel/index.js';
import type { DueRow, SheetRow } from './sheet.js';
import { parseSku, type Sku } from './sku.js';

export const rowFaultCodes = [
  'row.cells',
  'row.duplicate',
  'cell.required',
  'cell.invalid',
  'sku.invalid',
  'item.not_found',
  'item.is_kit',
  'location.not_found',
  'location.needed',
  'subscription.limit_reached',
] as const;
export type RowFaultCode = (typeof rowFaultCodes)[number];

/** What is wrong with a row, and in which of its columns, if it is one. The cell itself isn't repeated. */
export type RowFault = {
  readonly line: number;
  readonly column: string | null;
  readonly code: RowFaultCode;
  readonly message: string;
};

/**
 * Reads the cells of one row by their columns, and collects what is wrong with them.
 * A cell of a column that the file doesn't have is undefined, and so is one at fault; an empty one is null.
 */
export type RowReader<Column extends string> = {
  readonly faults: readonly RowFault[];
  readonly fault: (column: Column | null, code: RowFaultCode, message: string) => undefined;
  readonly has: (column: Column) => boolean;
  /** As it stands there, spaces and all. */
  readonly text: (column: Column, form: TextForm) => string | null | undefined;
  readonly whole: (column: Column, range: { readonly min: number; readonly max: number }) => number | null | undefined;
};

export type TextForm = { readonly max: number; readonly pattern?: RegExp; readonly should?: string };

export const readRow = <Column extends string>(columns: readonly Column[], { line, cells }: SheetRow): RowReader<Column> => {
  const faults: RowFault[] = [];
  const fault: RowReader<Column>['fault'] = (column, code, message) => void faults.push({ line, column, code, message });
  // Spreadsheets leave empty cells behind the last column.
  const surplus = cells.slice(columns.length).some((cell) => cell.trim() !== '');
  const fits = cells.length >= columns.length && !surplus;
  if (!fits) fault(null, 'row.cells', `has ${cells.length} cells, and the header has ${columns.length}`);
  const cellOf = (column: Column): string | null | undefined => {
    const cell = fits ? cells[columns.indexOf(column)] : undefined;
    return cell !== undefined && cell.trim() === '' ? null : cell;
  };
  return {
    faults,
    fault,
    has: (column) => columns.includes(column),
    text: (column, { max, pattern, should }) => {
      const text = cellOf(column);
      if (text === undefined || text === null) return text;
      if ([...text].length > max) return fault(column, 'cell.invalid', `must be at most ${max} characters`);
      if (pattern && !pattern.test(text)) return fault(column, 'cell.invalid', `must be ${should}`);
      return text;
    },
    whole: (column, { min, max }) => {
      const text = cellOf(column);
      if (text === undefined || text === null) return text;
      const number = /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : Number.NaN;
      if (!(number >= min && number <= max))
        return fault(column, 'cell.invalid', `must be a whole number from ${min} to ${max}, in digits only`);
      return number;
    },
  };
};

/** The refusal of a row that tells once more of what a row before it told. */
export const toldTwice = ({ line, firstLine }: DueRow): Err<readonly RowFault[]> | undefined =>
  firstLine === null
    ? undefined
    : err([{ line, column: 'sku', code: 'row.duplicate', message: `stands in line ${firstLine} already` }]);

/** The row's SKU where it is one. */
export const skuOfRow = <Column extends string>(columns: readonly (Column | 'sku')[], row: SheetRow): Sku | undefined =>
  skuIn(readRow<Column | 'sku'>(columns, row));

/** The row's SKU, which every row has. */
export const skuIn = (reader: RowReader<'sku'>): Sku | undefined => {
  const text = reader.text('sku', { max: Number.POSITIVE_INFINITY });
  if (text === undefined) return undefined;
  if (text === null) return reader.fault('sku', 'cell.required', 'is empty');
  const sku = parseSku(text);
  return sku.ok ? sku.value : reader.fault('sku', 'sku.invalid', 'must be 1 to 100 characters without control characters');
};
