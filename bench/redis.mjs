import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { watch } from './cpu.mjs';
import { end, host, ownChild } from './processes.mjs';

/** A port that nobody listens on at the moment. */
const freePort = async () => {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
};

/** What Redis answers to one inline command, up to its end; empty while nobody listens. */
const told = (port, command) =>
  new Promise((resolve) => {
    let heard = '';
    const socket = connect(port, host, () => socket.end(`${command}\r\nQUIT\r\n`));
    socket.setEncoding('utf8').on('data', (text) => {
      heard += text;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(heard));
  });

/** How many points it has charged: each is written down by a command of its own. */
const chargedIn = (stats) => Number(/cmdstat_rpush:calls=(\d+)/.exec(stats)?.[1] ?? 0);

/** A Redis of its own that keeps nothing, by the binary of whoever runs the bench. `watch` tells what it has used of the processors. */
export const startRedis = async () => {
  const port = await freePort();
  const child = ownChild(
    spawn('redis-server', ['--bind', host, '--port', String(port), '--save', '', '--appendonly', 'no'], { stdio: 'ignore' }),
  );
  let missing;
  child.once('error', () => {
    missing = new Error('there is no redis-server here: limits on Redis can not be measured');
  });
  while (!(await told(port, 'INFO server')).includes(`process_id:${child.pid}\r\n`)) {
    if (missing) throw missing;
    if (child.exitCode !== null) throw new Error('redis-server did not start');
    await delay(20);
  }
  return {
    url: `redis://${host}:${port}`,
    watch: () => watch(child.pid),
    charged: async () => chargedIn(await told(port, 'INFO commandstats')),
    stop: () => end(child),
  };
};
