import { readFile, writeFile } from 'node:fs/promises';

/** The lines between which each bench has its table. */
const marks = {
  orders: ['<!-- bench:begin, written by npm run bench:orders -- --write docs/performance.md -->', '<!-- bench:end -->'],
  lists: [
    '<!-- bench:lists:begin, written by npm run bench:lists -- --write docs/performance.md -->',
    '<!-- bench:lists:end -->',
  ],
  limits: [
    '<!-- bench:limits:begin, written by npm run bench:limits -- --write docs/performance.md -->',
    '<!-- bench:limits:end -->',
  ],
};

/** Puts `text` between the two lines of a page that mark where the table of a bench goes, instead of what was there. */
export const putInto = async (file, bench, text) => {
  const page = await readFile(file, 'utf8');
  const [begin, end] = marks[bench];
  const [from, to] = marks[bench].map((mark) => page.indexOf(mark));
  if (from < 0 || to < from) throw new Error(`${file} lacks the lines ${begin} and ${end}`);
  await writeFile(file, `${page.slice(0, from)}${begin}\n\n${text}\n\n${page.slice(to)}`);
};
