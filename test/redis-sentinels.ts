import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { startRedisWith, type TestRedis } from './redis.js';

export const SENTINEL_MASTER = 'rappit';

const HOST = '127.0.0.1';
/** Nobody is taken for dead because the machine was busy: the Sentinel goes over to the other server when it is told to. */
const DOWN_AFTER_MS = 3_600_000;

export type TestSentinels = {
  readonly sentinels: readonly { readonly host: string; readonly port: number }[];
  /** The two servers, by their clients: the first began as master. */
  readonly clients: readonly [Redis, Redis];
  /** The second server becomes the master, which the Sentinel tells whoever asks it, and then the first dies. */
  readonly loseMaster: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** A master, a server that follows it, both with a password, and a Sentinel that knows them. */
export const startRedisSentinels = async (password: string): Promise<TestSentinels> => {
  const folder = await mkdtemp(join(tmpdir(), 'rappit-sentinel-'));
  // A follower begins with a copy, for which its master waits until more ask for one, and which it keeps in its folder.
  const settings = ['--dir', folder, '--repl-diskless-sync-delay', '0'];
  const servers = [await startRedisWith(settings), await startRedisWith(settings)] as const;
  const clients = [await guarded(servers[0], password), await guarded(servers[1], password)] as const;
  await clients[1].replicaof(HOST, servers[0].port);
  await until(async () => (await clients[1].info('replication')).includes('master_link_status:up'));
  const file = join(folder, 'sentinel.conf');
  await writeFile(file, settingsFor(servers[0].port, password));
  const sentinel = await startRedisWith(['--sentinel'], undefined, [file]);
  const asked = new Redis(sentinel.url);
  await until(async () => String(await asked.call('SENTINEL', 'REPLICAS', SENTINEL_MASTER)).includes(String(servers[1].port)));
  return {
    sentinels: [{ host: HOST, port: sentinel.port }],
    clients,
    loseMaster: async () => {
      // It is refused until the Sentinel has looked at the follower.
      await until(() => asked.call('SENTINEL', 'FAILOVER', SENTINEL_MASTER).then(...settled));
      const master = async (): Promise<string> =>
        String(await asked.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', SENTINEL_MASTER));
      await until(async () => (await master()).endsWith(`,${servers[1].port}`));
      clients[0].disconnect();
      await servers[0].stop();
    },
    stop: async () => {
      for (const client of [asked, ...clients]) client.disconnect();
      for (const server of [sentinel, ...servers]) await server.stop();
      await rm(folder, { recursive: true });
    },
  };
};

const settled = [() => true, () => false] as const;

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await delay(50);
};

const guarded = async ({ url, port }: TestRedis, password: string): Promise<Redis> => {
  const opening = new Redis(url);
  await opening.config('SET', 'masterauth', password);
  await opening.config('SET', 'requirepass', password);
  opening.disconnect();
  return new Redis({ host: HOST, port, password });
};

const settingsFor = (port: number, password: string): string =>
  [
    `sentinel monitor ${SENTINEL_MASTER} ${HOST} ${port} 1`,
    `sentinel auth-pass ${SENTINEL_MASTER} ${password}`,
    `sentinel down-after-milliseconds ${SENTINEL_MASTER} ${DOWN_AFTER_MS}`,
    '',
  ].join('\n');
