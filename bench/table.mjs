import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { loads } from './loads.mjs';

export const number = (value, digits = 0) =>
  Number.isFinite(value) ? value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }) : '–';

export const line = (cells) => `| ${cells.join(' | ')} |`;

const titles = [
  ...['load', 'clients', '(a) one by one', '(b) batched', '(c) Rappit', 'c/a', 'c/b', 'a/a', '`select 1`'],
  ...['µs (a)', 'µs (b)', 'µs (c)'],
];

/**
 * Orders a second, and in brackets the median and the 99th percentile in milliseconds. `µs`: microseconds of the processors that an
 * order took at least, the server's and PostgreSQL's.
 */
export const heading = [line(titles), line(titles.map(() => '---'))].join('\n');

const figures = ({ perSecond, p50, p99 }) => `${number(perSecond)} (${number(p50, 1)}, ${number(p99, 1)})`;

const microseconds = ({ server, postgres }) => `${number(server)} + ${number(postgres)}`;

export const rowText = ({ load, clients, a, b, c, one, ca, cb, aa, noisy }) =>
  line([
    ...[loads[load].title, number(clients)],
    ...[a, b, c].map(figures),
    ...[number(ca, 2), number(cb, 2), `${number(aa, 2)}${noisy ? ' too noisy' : ''}`],
    one ? number(one.perSecond) : '',
    ...[a, b, c].map(microseconds),
  ]);

const clientsText = (count) => `${number(count)} client${count === 1 ? '' : 's'}`;

const baselineText = ({ clients, a, b, honest }) =>
  `- With ${clientsText(clients)} on the hot SKU (a) reaches ${number(a, 2)} and (b) ${number(b, 2)} of \`select 1\`: ` +
  (honest ? 'the baselines are honest.' : "the baseline is too slow, the table doesn't count.");

const targetText = ({ load, clients, what, ratio, noisy, met }) =>
  `- ${loads[load].title}, ${clientsText(clients)}: ${what}: ${number(ratio, 2)}, ` +
  (noisy ? 'too noisy to tell' : met ? 'met' : 'missed');

const generatorText = (rows) => {
  const least = Math.min(...rows.flatMap(({ a, b, c }) => [a, b, c].map(({ generator }) => generator)));
  return `- The generator itself takes ${number(least)} µs an order.`;
};

/** What the table comes to. */
export const words = (rows, { baseline, targets }) =>
  [
    baseline ? baselineText(baseline) : '- Without the hot SKU nothing is known about the baselines.',
    ...targets.map(targetText),
    generatorText(rows),
  ].join('\n');

const commit = () => {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'no commit';
  }
};

/** When a table was made, and of what. */
export const moment = () => `${new Date().toISOString().slice(0, 16)}Z, ${commit()}`;

/** On what. */
export const machine = ({ version }) =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'processor'}, Node ${process.versions.node}, PostgreSQL ${version}`;

export const circumstances = (postgres, { rounds, seconds, skus, connections }) =>
  `${moment()}: medians of ${rounds} rounds of ${seconds} s, ${number(skus)} SKUs; ` +
  `connections of (a): ${Object.entries(connections)
    .map(([load, count]) => `${loads[load].title} ${count}`)
    .join(', ')}; ${machine(postgres)}.`;
