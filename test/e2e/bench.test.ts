import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

type Figures = { readonly perSecond: number; readonly p50: number; readonly p99: number };
type Row = { readonly load: string; readonly clients: number; readonly a: Figures; readonly b: Figures; readonly c: Figures };
type Results = {
  readonly rows: readonly Row[];
  readonly baseline: { readonly honest: boolean };
  readonly targets: readonly object[];
};
type Taken = { readonly p50: number; readonly p99: number; readonly requests: number };
type Lists = {
  readonly rows: readonly { readonly kind: string; readonly small: Taken; readonly large: Taken; readonly ratio: number }[];
  readonly exports: Readonly<Record<'small' | 'large', { readonly rows: number }>>;
};

const bench = join(__dirname, '../../bench/orders.mjs');
const page = join(__dirname, '../../docs/performance.md');
const short = [
  '--rounds',
  '1',
  '--seconds',
  '0.05',
  '--repeats',
  '0',
  '--skus',
  '5',
  '--loads',
  'hot,five',
  '--clients',
  '1,4',
  '--connections',
  '2',
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What it measures on a busy machine doesn't matter here: all subjects answer, write the same rows, and their books hold. */
it('the benchmark of orders still runs, and its books hold', async () => {
  const json = join(folder, 'results.json');
  const copy = join(folder, 'performance.md');
  await copyFile(page, copy);
  const { stdout } = await promisify(execFile)(process.execPath, [bench, ...short, '--json', json, '--write', copy]);
  const { rows, baseline, targets } = JSON.parse(await readFile(json, 'utf8')) as Results;
  const asked = ['hot', 'five'].flatMap((load) => [1, 4].map((clients) => ({ load, clients })));
  expect(rows).toHaveLength(asked.length);
  expect(rows).toMatchObject(asked);
  for (const { a, b, c } of rows)
    for (const { perSecond, p50, p99 } of [a, b, c]) {
      expect(perSecond).toBeGreaterThan(0);
      expect(p99).toBeGreaterThanOrEqual(p50);
    }
  expect(typeof baseline.honest).toBe('boolean');
  expect(targets).toHaveLength(1);
  expect(stdout.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(2 + asked.length);
  expect(await readFile(copy, 'utf8')).toContain(stdout.trim().split('\n').at(-1));
  expect(stdout).toContain("one hot SKU, 1 client: p99 at most 3 times (a)'s");
});

it('the benchmark of decisions still runs', async () => {
  const decide = join(__dirname, '../../bench/decide.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [decide, '--quick']);
  const rows = stdout.trimEnd().split('\n').slice(1);
  expect(rows.map((row) => row.slice(0, 24).trim())).toEqual(['one line, one hot SKU', 'one line, spread', 'five lines, spread']);
  for (const row of rows) expect(row.slice(24)).toMatch(/^ +\d+,000 +\d+,000 +\d+\.\d\d$/);
});

/** The same of the other benchmark. How many purchases were answered by then is the machine's business. */
it('the benchmark of a dead carrier still runs, and its books hold', async () => {
  const json = join(folder, 'dead-carrier.json');
  const short = ['--rounds', '1', '--seconds', '0.05', '--json', json];
  const { stdout } = await promisify(execFile)(process.execPath, [join(bench, '../dead-carrier.mjs'), ...short]);
  const { rounds, ratio, aa } = JSON.parse(await readFile(json, 'utf8')) as {
    readonly rounds: readonly Readonly<
      Record<string, { readonly p50: number; readonly asked: number; readonly answers: object }>
    >[];
    readonly ratio: number;
    readonly aa: number;
  };
  expect(rounds).toHaveLength(1);
  for (const subject of ['live', 'dead', 'again']) {
    expect(rounds[0]?.[subject]?.p50).toBeGreaterThan(0);
    expect(rounds[0]?.[subject]?.asked).toBeGreaterThan(0);
  }
  expect(rounds[0]?.['dead']?.answers).not.toHaveProperty('201');
  expect([ratio > 0, aa > 0]).toEqual([true, true]);
  expect(stdout).toContain('POST /orders takes');
});

/** Nothing of what it measures counts with so few orders; that lists tell what is there, and exports every row, does. */
it('the benchmark of lists still runs, and its lists tell what is there', async () => {
  const json = join(folder, 'lists.json');
  const copy = join(folder, 'lists.md');
  await copyFile(page, copy);
  const short = ['--orders', '1500', '--beside', '500', '--requests', '2', '--export', '300', '--json', json, '--write', copy];
  const { stdout } = await promisify(execFile)(process.execPath, [join(bench, '../lists.mjs'), ...short]);
  const { rows, exports } = JSON.parse(await readFile(json, 'utf8')) as Lists;
  expect(rows.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['the newest page', 'text: a number', 'counts by status']));
  for (const { small, large, ratio } of rows) {
    expect([small.requests, large.requests]).toEqual([4, 2]);
    expect(large.p99).toBeGreaterThanOrEqual(large.p50);
    expect(ratio).toBeCloseTo(large.p99 / small.p99);
  }
  expect([exports.small.rows, exports.large.rows]).toEqual([30, 300]);
  expect(stdout.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(2 + rows.length + 2 + 2);
  expect(await readFile(copy, 'utf8')).toContain(stdout.trim());
});
