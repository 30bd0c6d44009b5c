import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { leaksIn } from '../markers.js';

/** The app as its users run it: built, in a process of its own. */
export type AppProcess = {
  /** Of the API, prefix and all. */
  readonly apiUrl: string;
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
};

const main = join(__dirname, '../../packages/app/dist/main.js');

/** A machine that is busy with other tests mustn't look like a server that has too much to do. */
const calm = { PRESSURE_EVENT_LOOP_DELAY_MS: '0' };

/** Resolves when it listens. Nothing of the test's own environment is handed on but what Node needs. */
export const startProcess = async (environment: Readonly<Record<string, string>>): Promise<AppProcess> => {
  const child = spawn(process.execPath, [main, 'serve'], {
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...calm, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const apiUrl = await listening(child, said);
  child.stdout.resume();
  // The demo says a password on purpose, and its database holds our pipes open a while longer.
  const inProduction = environment['NODE_ENV'] === 'production';
  return {
    apiUrl,
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, inProduction ? 'close' : 'exit');
      child.kill(signal);
      await ended;
      if (inProduction) expect(leaksIn('what the app said', said.join(''))).toEqual([]);
    },
  };
};

const listening = async (child: ChildProcess & { stdout: NodeJS.ReadableStream }, said: string[]): Promise<string> => {
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const address = /Server listening at (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (address) return `${address}/api/v1`;
  }
  throw new Error(`the app ended before it listened:\n${said.join('')}`);
};
