import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { lastingPort } from './port.js';

/** A line of an answer: its labels and its newest value. */
export type Line = { readonly metric: Readonly<Record<string, string>>; readonly value: number };

export type TestPrometheus = {
  readonly url: string;
  /** What a query answers now. */
  readonly ask: (query: string) => Promise<readonly Line[]>;
  readonly stop: () => Promise<void>;
};

/** The server ends with us, however we die: the watcher's descriptor 3 is a pipe whose other end only our process holds. */
const WITH_LIFE_LINE = '( read -r line <&3; kill -KILL $$ ) >/dev/null 2>&1 & exec 3<&-; exec "$@"';

/** Scrapes as ours does, only more often, and works our own rules out. */
const configurationOf = (target: string, token: string): string => `
global: { scrape_interval: 3s, evaluation_interval: 1s }
rule_files: [rules/*.yml]
scrape_configs:
  - job_name: rappit
    authorization: { type: Bearer, credentials: '${token}' }
    static_configs: [{ targets: ['${target}'] }]
`;

/** A Prometheus of its own, with the rules of deploy/prometheus, that scrapes one server. */
export const startPrometheus = async (target: string, token: string, attempts = 5): Promise<TestPrometheus> => {
  const folder = await mkdtemp(join(tmpdir(), 'rappit-prometheus-'));
  await cp(join(__dirname, '../deploy/prometheus/rules'), join(folder, 'rules'), { recursive: true });
  await writeFile(join(folder, 'prometheus.yml'), configurationOf(target, token), { mode: 0o600 });
  const port = await lastingPort();
  const settings = [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=error',
  ];
  const child = spawn('/bin/sh', ['-c', WITH_LIFE_LINE, 'sh', 'prometheus', ...settings], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  (child.stdio[3] as Writable & { unref(): void }).unref();
  child.unref();
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    // Somebody else may have taken the port before it.
    if (child.exitCode !== null || child.signalCode !== null) {
      await rm(folder, { recursive: true });
      if (attempts === 1) throw new Error('prometheus did not start');
      return startPrometheus(target, token, attempts - 1);
    }
    await delay(50);
  }
  return {
    url,
    ask: (query) => ask(url, query),
    stop: async () => {
      await stopped(child);
      await rm(folder, { recursive: true });
    },
  };
};

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/-/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

type Told = {
  readonly error?: string;
  readonly data?: { readonly result: readonly { readonly metric: Line['metric']; readonly value: readonly [number, string] }[] };
};

const ask = async (url: string, query: string): Promise<readonly Line[]> => {
  const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query })}`);
  const { error, data } = (await answer.json()) as Told;
  if (!data) throw new Error(`${query}: ${error}`);
  return data.result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
};

const stopped = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};
