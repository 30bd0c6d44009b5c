import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
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
