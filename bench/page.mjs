import { readFile, writeFile } from 'node:fs/promises';

const BEGIN = '<!-- bench:begin, written by npm run bench:orders -- --write docs/performance.md -->';
const END = '<!-- bench:end -->';

/** Puts `text` between the two lines of a page that mark where the table goes, instead of what was there. */
export const putInto = async (file, text) => {
  const page = await readFile(file, 'utf8');
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${file} lacks the lines ${BEGIN} and ${END}`);
  await writeFile(file, `${page.slice(0, begin)}${BEGIN}\n\n${text}\n\n${page.slice(end)}`);
};
