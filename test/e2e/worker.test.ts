import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { untilSomebodyWaits } from '../../packages/adapters/persistence/src/test-world.test-kit.js';
import { freshDatabase } from '../database.js';
import { leaksIn } from '../markers.js';
import { productionOn } from './production.js';

const main = join(__dirname, '../../packages/app/dist/main.js');

it('works until it is told to stop, and ends with 0', async () => {
  const worker = spawn(process.execPath, [main, 'worker'], {
    env: { PATH: process.env['PATH'] ?? '', ...productionOn(await freshDatabase()) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(worker, 'close');
  const said: string[] = [];
  for await (const line of createInterface({ input: worker.stdout })) {
    said.push(line);
    if (line.includes('"msg":"working"')) worker.kill('SIGTERM');
  }
  expect(await ended).toEqual([0, null]);
  expect(said).toContainEqual(expect.stringContaining('"msg":"working"'));
  expect(leaksIn('what the worker said', said.join('\n'))).toEqual([]);
});

it('shows metrics and how it is, and until its last job has ended that it is about to stop', async () => {
  const database = await freshDatabase();
  const environment = productionOn(database);
  const worker = spawn(process.execPath, [main, 'worker'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      ...environment,
      // The job below waits for as long as this test wants it to.
      DATABASE_URL: `${environment['DATABASE_URL']}?lock_timeout=0&statement_timeout=0`,
      DRAIN_SECONDS: '600',
      METRICS_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(worker, 'close');
  const lines = createInterface({ input: worker.stdout })[Symbol.asyncIterator]();
  const origin = await lineWith(lines, /Server listening at (http:\/\/127\.0\.0\.1:\d+)/);
  await lineWith(lines, /"msg":"(working)"/);
  worker.stdout.resume();
  const get = async (path: string) => {
    const answer = await fetch(`${origin}${path}`);
    return { status: answer.status, body: await answer.text() };
  };
  expect((await get('/metrics')).body).toContain('job_queue_depth{state="due"}');
  expect(await get('/api/v1/health')).toEqual({ status: 200, body: '{"status":"up"}' });
  expect((await get('/api/v1/items')).status).toBe(404);
  const ready = async () => JSON.parse((await get('/api/v1/health/ready')).body) as unknown;
  expect(await ready()).toMatchObject({ checks: { migrations: 'applied', redis: 'degraded' } });

  const [holder, giver] = [new pg.Client(database.superuserUrl), new pg.Client(database.superuserUrl)];
  for (const client of [holder, giver]) await client.connect();
  await holder.query('BEGIN; LOCK TABLE account_requests IN ACCESS EXCLUSIVE MODE');
  await giver.query("SELECT graphile_worker.add_job('account_requests', '{}')");
  await untilSomebodyWaits(holder);
  worker.kill('SIGTERM');
  let told = await get('/api/v1/health/ready');
  while (told.status !== 503) told = await get('/api/v1/health/ready');
  expect(JSON.parse(told.body)).toMatchObject({ code: 'server.not_ready', checks: { process: 'leaving' } });
  await holder.query('COMMIT');
  for (const client of [holder, giver]) await client.end();
  expect(await ended).toEqual([0, null]);
});

/** What stands in the first line that has it. */
const lineWith = async (lines: AsyncIterator<string>, wanted: RegExp): Promise<string> => {
  for (let line = await lines.next(); !line.done; line = await lines.next()) {
    const [, found] = wanted.exec(line.value) ?? [];
    if (found !== undefined) return found;
  }
  throw new Error(`nothing was said of ${wanted}`);
};

it('is told to stop while it still waits for its database, and ends when it may wait no longer', async () => {
  const database = createServer(() => worker.kill('SIGTERM')).listen(0, '127.0.0.1');
  await once(database, 'listening');
  const address = database.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const worker = spawn(process.execPath, [main, 'worker'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      ...productionOn(await freshDatabase()),
      DATABASE_URL: `postgres://nobody@127.0.0.1:${port}/late`,
      // Before production starts anything, its gates ask the database.
      NODE_ENV: 'staging',
      DRAIN_SECONDS: '1',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, ended] = await Promise.all([text(worker.stderr), once(worker, 'close')]);
  database.close();
  expect(ended).toEqual([1, null]);
  expect(said).toContain('not everything was finished within 1 seconds');
});
