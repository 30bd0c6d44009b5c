import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SheetRow } from '@rappit/domain';
import { CsvError, parse } from 'csv-parse';
import { refusing } from '../problems/refusals.js';
import { unshielded } from './csv-text.js';

/** A file as it arrives: its first row, and the others in batches as they are asked for. Blank rows are left out. */
export type CsvFile = { readonly header: readonly string[]; readonly rows: AsyncIterable<readonly SheetRow[]> };

/** Rows that are handed on at once. */
const BATCH = 1_000;
/** A longer row is a quotation mark that isn't closed, and would be held whole. Characters. */
const LONGEST_ROW = 65_536;

/**
 * Reads CSV as it arrives, holding no more of it than a batch. The separator is a comma, a semicolon or a tab, whichever the header uses.
 * What can't be read is refused with its line, as the first thing or in the middle.
 */
export const readCsv = async (text: AsyncIterable<string>): Promise<CsvFile> => {
  const { head, whole } = await beginning(text);
  const rows = rowsOf(whole, separatorOf(head));
  const first = await rows.next();
  if (first.done) throw refusing({ code: 'import.empty' });
  return { header: first.value.cells, rows: inBatches(rows) };
};

/** As much of a file as holds its first row that isn't blank, and the whole of it all the same. */
const beginning = async (text: AsyncIterable<string>) => {
  const pieces = text[Symbol.asyncIterator]();
  let head = '';
  let ended = false;
  while (!ended && head.length < LONGEST_ROW && !/\S[^\r\n]*[\r\n]/.test(head)) {
    const piece = await pieces.next();
    if (piece.done) ended = true;
    else head += piece.value;
  }
  async function* whole(): AsyncGenerator<string> {
    try {
      if (head !== '') yield head;
      for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) yield piece.value;
    } finally {
      await pieces.return?.();
    }
  }
  return { head, whole: whole() };
};

/** The one that occurs most in the first row, outside quotation marks; a comma when none does. */
const separatorOf = (head: string): string => {
  const row = (head.trimStart().split(/[\r\n]/, 1)[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const count = (separator: string): number => row.split(separator).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
};

/** Every record with the line on which it begins: csv-parse's own count takes a line break inside quotation marks for two when it is CR LF. */
async function* rowsOf(text: AsyncIterable<string>, separator: string): AsyncGenerator<SheetRow> {
  let line = 1;
  const linesOfRows: number[] = [];
  // Counted where the parser is, since a fault makes it forget the records that nobody has read yet.
  const numbered = (cells: string[]): string[] | null => {
    const isBlank = cells.every((cell) => cell.trim() === '');
    if (!isBlank) linesOfRows.push(line);
    line += 1 + cells.reduce((breaks, cell) => breaks + breaksIn(cell), 0);
    return isBlank ? null : cells.map(unshielded);
  };
  const parser = parse({
    delimiter: separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: LONGEST_ROW,
    on_record: numbered,
  });
  const flow = pipeline(Readable.from(text), parser);
  flow.catch(() => undefined);
  try {
    for await (const cells of parser) yield { line: linesOfRows.shift() ?? line, cells: cells as readonly string[] };
    await flow;
  } catch (error) {
    throw error instanceof CsvError ? unreadable(line, reasonOf[error.code] ?? 'is no row of CSV') : error;
  }
}

export const breaksIn = (text: string): number => (/[\r\n]/.test(text) ? text.split(/\r\n|\n|\r/).length - 1 : 0);

/** The refusal of a file that can't be read any further. */
export const unreadable = (line: number, message: string) =>
  refusing({ code: 'import.unreadable', faults: [{ path: `line ${line}`, message }] });

const LOOSE_QUOTE = 'holds a quotation mark in the middle of a cell: put the cell in quotation marks, and double those within';
const reasonOf: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'opens a quotation mark that is never closed',
  INVALID_OPENING_QUOTE: LOOSE_QUOTE,
  CSV_INVALID_CLOSING_QUOTE: LOOSE_QUOTE,
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: LOOSE_QUOTE,
  CSV_MAX_RECORD_SIZE: `is longer than ${LONGEST_ROW} characters, or opens a quotation mark that is never closed`,
};

async function* inBatches(rows: AsyncIterable<SheetRow>): AsyncGenerator<readonly SheetRow[]> {
  let batch: SheetRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
