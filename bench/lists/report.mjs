import { line, machine, moment, number } from '../table.mjs';

/** How much longer a list may take with a hundred times the orders, and how much more memory an export with ten times the rows. */
const LONGER = 3;
const MORE = 1.25;
/** By so much the small organization's 99th percentiles may differ from each other before they say nothing. */
const NOISE = 1.5;

const toldOf = ({ ratio, aa }) =>
  ratio <= LONGER ? 'met' : aa > NOISE || aa < 1 / NOISE ? 'missed, too noisy to tell' : 'missed';
const milliseconds = ({ p50, p99 }) => `${number(p50, 1)}, ${number(p99, 1)}`;

const table = (titles, rows) => [titles, titles.map(() => '---'), ...rows].map(line).join('\n');

const listTable = (rows, { orders, beside }) =>
  table(
    ['list', `${number(beside)} orders`, `${number(orders)} orders`, 'ratio', 'a/a', `at most ${LONGER}`],
    rows.map((row) => [
      row.kind,
      ...[row.small, row.large].map(milliseconds),
      ...[row.ratio, row.aa].map((ratio) => number(ratio, 2)),
      toldOf(row),
    ]),
  );

const exportTable = ({ small, large }) =>
  table(
    ['export', 'MB', 'seconds', 'server before, MB', 'peak, MB', 'grew by, MB'],
    [small, large].map(({ rows, megabytes, seconds, before, peak, grew }) => [
      `${number(rows)} orders`,
      ...[megabytes, seconds].map((value) => number(value, 1)),
      ...[before, peak, grew].map((value) => number(value)),
    ]),
  );

const exportWords = ({ ratio }) =>
  `- Ten times the rows: peak of the server's memory at most ${MORE} times: ${number(ratio, 2)}, ` +
  (Number.isNaN(ratio) ? 'not known here' : ratio <= MORE ? 'met' : 'missed');

/** Which lists miss their target, most of all first. */
const missedOf = (rows) => rows.filter(({ ratio }) => !(ratio <= LONGER)).toSorted((left, right) => right.ratio - left.ratio);

const listWords = (rows) => {
  const missed = missedOf(rows).map(({ kind, ratio }) => `${kind} (${number(ratio, 2)})`);
  return (
    `- 99th percentiles at most ${LONGER} times: ${rows.length - missed.length} of ${rows.length} kinds` +
    (missed.length > 0 ? `; missed: ${missed.join(', ')}` : '')
  );
};

/** Everything measured, as it stands in a page. */
export const reportText = ({ rows, exports, options, postgres }) =>
  [
    listTable(rows, options),
    '',
    exportTable(exports),
    '',
    listWords(rows),
    exportWords(exports),
    '',
    `${moment()}: ${number(options.requests)} requests of each kind, to the small organization twice as many; ${machine(postgres)}.`,
  ].join('\n');

/** The verdicts, for whoever reads figures by a program. */
export const targetsOf = ({ rows, exports }) => ({
  lists: { atMost: LONGER, missed: missedOf(rows).map(({ kind, ratio, aa }) => ({ kind, ratio, aa })) },
  exports: { atMost: MORE, ratio: exports.ratio, met: exports.ratio <= MORE },
});
