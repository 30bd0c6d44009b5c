import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { median } from '../verdict.mjs';
import { WrongList } from './truth.mjs';

/** How often the server's memory is looked at. Milliseconds. */
const EVERY = 20;
const TURNS = 3;
const NEWLINE = 10;

/** Megabytes that a process holds; not a number where the system doesn't tell. */
const memoryOf = (pid) => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
};

/** The most memory that a process holds while `work` is under way, and what it held before. */
const watchMemory = async (pid, work) => {
  const before = memoryOf(pid);
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, memoryOf(pid));
  }, EVERY);
  try {
    const value = await work();
    return { ...value, before, peak: Math.max(peak, memoryOf(pid)) };
  } finally {
    clearInterval(timer);
  }
};

/** Reads a sheet as it comes, and keeps none of it. The rows of this bench have no line breaks within. */
const readSheet = async ({ host, port, prefix }, { path, headers }) => {
  const began = performance.now();
  const response = await new Promise((resolve, reject) => {
    get({ host, port, path: `${prefix}${path}`, headers: { ...headers, accept: 'text/csv' } }, resolve).on('error', reject);
  });
  let [lines, bytes] = [0, 0];
  for await (const chunk of response) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === NEWLINE) lines += 1;
  }
  if (response.statusCode !== 200) throw new Error(`${path} was answered ${response.statusCode}`);
  return { rows: lines - 1, bytes, seconds: (performance.now() - began) / 1_000 };
};

/** The dates between which so many orders were placed, in the middle of all. */
const datesOf = async ({ ask, organizationId, orders }, rows) => {
  const at = async (offset) => {
    const [{ placed_at: placed }] = await ask(
      'SELECT placed_at FROM orders WHERE organization_id = $1 ORDER BY placed_at OFFSET $2 LIMIT 1',
      [organizationId, offset],
    );
    return placed.toISOString();
  };
  const first = Math.floor((orders - rows) / 2);
  const [from, to] = [await at(first), await at(first + rows)];
  const [{ count }] = await ask(
    'SELECT count(*)::int AS count FROM orders WHERE organization_id = $1 AND placed_at >= $2 AND placed_at < $3',
    [organizationId, from, to],
  );
  return { from, to, count };
};

const exportOnce = async (subject, organization, { from, to, count }) => {
  const path = `/orders?${new URLSearchParams({ from, to })}`;
  const headers = await organization.headers();
  await delay(50);
  const read = await watchMemory(subject.child.pid, () => readSheet(subject, { path, headers }));
  if (read.rows !== count) throw new WrongList(`an export told ${read.rows} orders of ${count}`);
  return read;
};

const summarize = (turns) => {
  const middle = (part) => median(turns.map(part));
  return {
    rows: turns[0].rows,
    megabytes: turns[0].bytes / 2 ** 20,
    seconds: middle(({ seconds }) => seconds),
    before: middle(({ before }) => before),
    peak: Math.max(...turns.map(({ peak }) => peak)),
    grew: middle(({ before, peak }) => peak - before),
  };
};

/** So many small exports have as many rows as a large one. */
const PARTS = 10;

/**
 * Exports as many orders of the large organization, and the same number in ten smaller exports, and tells what memory the server held
 * meanwhile. Both make it write as many rows, so that they differ in nothing but how many of them could be held back. The small ones come
 * first: memory that a process once had it seldom gives back, and it would count for them.
 */
export const measureExports = async (subject, large, rows) => {
  const dates = { small: await datesOf(large, Math.floor(rows / PARTS)), large: await datesOf(large, rows) };
  const turns = { small: [], large: [] };
  await exportOnce(subject, large, dates.small);
  for (const [size, times] of [
    ['small', TURNS * PARTS],
    ['large', TURNS],
  ])
    for (let index = 0; index < times; index += 1) turns[size].push(await exportOnce(subject, large, dates[size]));
  const [small, most] = [summarize(turns.small), summarize(turns.large)];
  return { small, large: most, ratio: most.peak / small.peak, turns };
};
