import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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
