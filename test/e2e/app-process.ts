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
  /** Everything that it wrote so far, to its log and beside it. */
  readonly said: () => string;
};

const main = join(__dirname, '../../packages/app/dist/main.js');

/** A machine that is busy with other tests mustn't look like a server that has too much to do, nor the tests like somebody who asks too often. */
const calm = {
  PRESSURE_EVENT_LOOP_DELAY_MS: '0',
  RATE_LIMIT_AUTH_IP: '1000000',
  RATE_LIMIT_API_USER: '1000000',
  RATE_LIMIT_API_ORG: '1000000',
};

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
  return {
    apiUrl,
    said: () => said.join(''),
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      if (signal === 'SIGTERM') expect(leaksIn('its metrics', await metricsOf(apiUrl))).toEqual([]);
      // The demo's database holds our pipes open a while longer.
      const ended = once(child, 'NODE_ENV' in environment ? 'close' : 'exit');
      child.kill(signal);
      await ended;
      expect(leaksIn('what the app said', said.join('').replaceAll(DEMO, ''))).toEqual([]);
    },
  };
};

/** What it says when it is asked whether it is ready, once it doesn't deny it: on a busy machine its database may answer late. */
export const answerOfReady = async ({ apiUrl }: AppProcess): Promise<Response> => {
  for (;;) {
    const answer = await fetch(`${apiUrl}/health/ready`);
    if (answer.status !== 503) return answer;
    await answer.arrayBuffer();
  }
};

/** Who may sign in to the demo, which says so on purpose. */
const DEMO = /demo@rappit\.example/g;

/** As a scraper reads them; nothing where they are closed to it. */
const metricsOf = async (apiUrl: string): Promise<string> => {
  const answer = await fetch(new URL('/metrics', apiUrl));
  const text = await answer.text();
  expect([answer.status, text]).toEqual(
    answer.status === 401 ? [401, expect.any(String)] : [200, expect.stringContaining('http_requests_total')],
  );
  return text;
};

const listening = async (child: ChildProcess & { stdout: NodeJS.ReadableStream }, said: string[]): Promise<string> => {
  const closed = new Promise((resolve) => child.once('close', resolve));
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const address = /Server listening at (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (address) return `${address}/api/v1`;
  }
  // What it wrote beside its log may come later than the log's end.
  await closed;
  throw new Error(`the app ended before it listened:\n${said.join('')}`);
};
