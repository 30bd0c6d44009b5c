import { line, machine, moment, number } from '../table.mjs';

/** How much longer a list may take with a hundred times the orders, and how much more memory an export with ten times the rows. */
const LONGER = 3;
const MORE = 1.15;
/** All rows held back took 500 MB for 200,000 of them: with many fewer they would hide in what the server holds anyway, some 400 MB. */
const ROWS_THAT_TELL = 100_000;
/** By so much the small organization's 99th percentiles may differ from each other before they say nothing. */
const NOISE = 1.5;

/** Neither a target met nor one missed is to be believed where the small organization differs that much from itself. */
const toldOf = ({ ratio, aa }) => (!(aa <= NOISE && aa >= 1 / NOISE) ? 'too noisy to tell' : ratio <= LONGER ? 'met' : 'missed');
const milliseconds = ({ p50, p99 }) => `${number(p50, 1)}, ${number(p99, 1)}`;

const table = (titles, rows) => [titles, titles.map(() => '---'), ...rows].map(line).join('\n');

const listTable = (rows, { orders, beside }) =>
  table(
    ['list', `${number(beside)} orders`, `${number(orders)} orders`, 'medians', 'ratio', 'a/a', `at most ${LONGER}`],
    rows.map((row) => [
      row.kind,
      ...[row.small, row.large].map(milliseconds),
      ...[row.medians, row.ratio, row.aa].map((ratio) => number(ratio, 2)),
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

const toldOfExports = ({ ratio, large }) => {
  if (large.rows < ROWS_THAT_TELL) return 'too few rows to tell';
  return Number.isNaN(ratio) ? 'not known here' : ratio <= MORE ? 'met' : 'missed';
};

const exportWords = (exports) =>
  `- Ten times the rows: peak of the server's memory at most ${MORE} times: ${number(exports.ratio, 2)}, ${toldOfExports(exports)}`;

/** The lists of which so much is told, the slowest by comparison first. */
const those = (rows, told) => rows.filter((row) => toldOf(row) === told).toSorted((left, right) => right.ratio - left.ratio);

const named = (rows, told) => {
  const names = those(rows, told).map(
    ({ kind, ratio, medians }) => `${kind} (${number(ratio, 2)}, medians ${number(medians, 2)})`,
  );
  return names.length > 0 ? `; ${told}: ${names.join(', ')}` : '';
};

const listWords = (rows) =>
  `- 99th percentiles at most ${LONGER} times: ${those(rows, 'met').length} of ${rows.length} kinds` +
  named(rows, 'missed') +
  named(rows, 'too noisy to tell');

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
  lists: { atMost: LONGER, told: rows.map((row) => ({ kind: row.kind, ratio: row.ratio, aa: row.aa, told: toldOf(row) })) },
  exports: { atMost: MORE, ratio: exports.ratio, told: toldOfExports(exports) },
});
