import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { lastingPort } from './port.js';

export type TestRedis = { readonly url: string; readonly port: number; readonly stop: () => Promise<void> };

/** The server ends with us, however we die: the watcher's descriptor 3 is a pipe whose other end only our process holds. */
const WITH_LIFE_LINE = '( read -r line <&3; kill -KILL $$ ) >/dev/null 2>&1 & exec 3<&-; exec "$@"';

/** Whether that very process answers there: somebody else may have taken the port before it. */
const answers = (port: number, pid: number | undefined): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('INFO server\r\n'));
    let heard = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
      if (heard.includes('\r\n\r\n')) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(heard.includes(`process_id:${pid}\r\n`)));
  });

/** A Redis of its own, which keeps nothing; at a port that one had before, when that is given. */
export const startRedis = async (port?: number): Promise<TestRedis> => startRedisWith([], port);

/** The same with further settings, as arguments of `redis-server`; `first` comes before all of them, such as a Sentinel's file. */
export const startRedisWith = async (
  settings: readonly string[],
  port?: number,
  first: readonly string[] = [],
): Promise<TestRedis> => {
  const own = port ?? (await lastingPort());
  const usual = ['--bind', '127.0.0.1', '--port', String(own), '--save', '', '--appendonly', 'no'];
  const child = spawn('/bin/sh', ['-c', WITH_LIFE_LINE, 'sh', 'redis-server', ...first, ...usual, ...settings], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  (child.stdio[3] as Writable & { unref(): void }).unref();
  child.unref();
  while (!(await answers(own, child.pid))) {
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    if (hasEnded && port === undefined) return startRedisWith(settings, undefined, first);
    if (hasEnded) throw new Error('redis-server did not start');
    await delay(10);
  }
  return { url: `redis://127.0.0.1:${own}`, port: own, stop: () => stopped(child) };
};

const stopped = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};
