import { err, ok, type Result } from '../kernel/index.js';

/** One row of a sheet by column, as somebody would type it; null is an empty cell. */
export type Cells<Column extends string> = Readonly<Record<Column, string | number | null>>;

/** A row as it stands in a file: `line` counts from 1, and is the one on which the row begins. */
export type SheetRow = { readonly line: number; readonly cells: readonly string[] };

/** A row to be worked off. `firstLine` is where what it is about stood first, when that was before. */
export type DueRow = SheetRow & { readonly firstLine: number | null };

/** Which columns a sheet may have, and which it must. */
export type SheetForm<Column extends string> = { readonly columns: readonly Column[]; readonly required: readonly Column[] };

/** `path` is the column as the file names it. */
export type HeaderInvalid = {
  readonly code: 'import.header_invalid';
  readonly faults: readonly { readonly path: string; readonly message: string }[];
};

/** The columns of a file in its order. Case, spaces, hyphens and underscores in a name don't matter: `Weight_Grams` is `weightGrams`. */
export const readHeader = <Column extends string>(
  header: readonly string[],
  { columns, required }: SheetForm<Column>,
): Result<readonly Column[], HeaderInvalid> => {
  const known = new Map(columns.map((column) => [plain(column), column]));
  const found = header.map((name) => known.get(plain(name)));
  const faults = header.flatMap((path, place) => {
    const column = found[place];
    if (path.trim() === '') return [{ path, message: `column ${place + 1} has no name` }];
    if (column === undefined) return [{ path, message: `is not a column of this sheet, which takes ${columns.join(', ')}` }];
    return found.indexOf(column) < place ? [{ path, message: 'is there twice' }] : [];
  });
  for (const path of required) if (!found.includes(path)) faults.push({ path, message: 'is required' });
  if (faults.length > 0) return err({ code: 'import.header_invalid', faults });
  return ok(found.flatMap((column) => column ?? []));
};

const plain = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');
