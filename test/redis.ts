import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

export type TestRedis = { readonly url: string; readonly port: number; readonly stop: () => Promise<void> };

/** The server ends with us, however we die: the watcher's descriptor 3 is a pipe whose other end only our process holds. */
const WITH_LIFE_LINE = '( read -r line <&3; kill -KILL $$ ) >/dev/null 2>&1 & exec 3<&-; exec "$@"';

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a port was given');
  return address.port;
};

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString().startsWith('+PONG'));
    });
    socket.once('error', () => resolve(false));
  });

/** A Redis of its own, which keeps nothing; at a port that one had before, when that is given. */
export const startRedis = async (port?: number): Promise<TestRedis> => {
  const own = port ?? (await freePort());
  const settings = ['--bind', '127.0.0.1', '--port', String(own), '--save', '', '--appendonly', 'no'];
  const child = spawn('/bin/sh', ['-c', WITH_LIFE_LINE, 'sh', 'redis-server', ...settings], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  (child.stdio[3] as Writable & { unref(): void }).unref();
  child.unref();
  while (!(await answers(own))) {
    if (child.exitCode !== null) throw new Error('redis-server did not start');
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
