import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { leaksIn } from '../markers.js';

const main = join(__dirname, '../../packages/app/dist/main.js');

/** A command of the app, run to its end as an operator runs it, in an environment of nothing but what is given. */
export const rappit = async (environment: Readonly<Record<string, string>>, ...args: readonly string[]) => {
  const env = { PATH: process.env['PATH'] ?? '', ...environment };
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(leaksIn('what the command said', said.join(''))).toEqual([]);
  return { code, said: said.join('') };
};
