import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

type Results = {
  readonly rows: readonly { readonly name: string; readonly server: number; readonly redis: number; readonly ratio: number }[];
  readonly rounds: readonly object[];
  readonly aa: number;
};

const bench = join(__dirname, '../../bench/limits.mjs');
const page = join(__dirname, '../../docs/performance.md');

/** What it measures doesn't matter here: it stops by itself where a server limits other orders than it should, or none. */
it('the benchmark of the limiter still runs, each server limits what it should, and the books hold', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-test-'));
  const [json, copy] = [join(folder, 'limits.json'), join(folder, 'performance.md')];
  await copyFile(page, copy);
  const short = ['--rounds', '1', '--seconds', '0.05', '--clients', '4', '--repeats', '0', '--skus', '5'];
  const { stdout } = await promisify(execFile)(process.execPath, [bench, ...short, '--json', json, '--write', copy]);
  const { rows, rounds, aa } = JSON.parse(await readFile(json, 'utf8')) as Results;
  expect(rows.map(({ name }) => name)).toEqual(['without', 'process', 'redis']);
  for (const { server, ratio } of rows) expect([server > 0, ratio > 0]).toEqual([true, true]);
  expect(rows[2]?.redis).toBeGreaterThan(0);
  expect([rounds.length, aa > 0]).toEqual([1, true]);
  expect(await readFile(copy, 'utf8')).toContain(stdout.trim().split('\n').at(-1));
  await rm(folder, { recursive: true });
});
