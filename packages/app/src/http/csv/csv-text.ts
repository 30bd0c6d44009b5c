/** So that a spreadsheet reads UTF-8 as UTF-8. */
export const BOM = '\ufeff';

/** How a text begins that a spreadsheet would calculate instead of showing it (OWASP, CSV Injection), or one that looks like a shielded one. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** An apostrophe before a text makes every spreadsheet show it as it is. */
export const shielded = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** The text that was shielded: what we wrote is read back to the letter. */
export const unshielded = (cell: string): string => (cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell);

const needsQuotes = /[",;\t\r\n]|^\s|\s$/;
const quoted = (text: string): string => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One row as RFC 4180 writes it. Texts are shielded, numbers can't be formulas, null is an empty cell. */
export const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map((cell) => (typeof cell === 'string' ? quoted(shielded(cell)) : (cell ?? ''))).join(',')}\r\n`;
