import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { lastingPort } from './port.js';
import { startRedisWith, type TestRedis } from './redis.js';

const SLOTS = 16_384;
const MASTERS = 3;

export type TestCluster = {
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  /** The master that keeps a key. */
  readonly masterOf: (key: string) => Promise<TestRedis>;
  readonly stop: () => Promise<void>;
};

const host = '127.0.0.1';

/** Three masters with a third of the slots each, of which two go on alone. */
export const startRedisCluster = async (): Promise<TestCluster> => {
  const folder = await mkdtemp(join(tmpdir(), 'rappit-cluster-'));
  const started: { readonly redis: TestRedis; readonly client: Redis; readonly bus: number }[] = [];
  for (let index = 0; index < MASTERS; index += 1) {
    const bus = await lastingPort();
    const own = ['--cluster-enabled', 'yes', '--cluster-require-full-coverage', 'no', '--cluster-port', String(bus)];
    const redis = await startRedisWith([...own, '--dir', folder, '--cluster-config-file', `nodes-${index}.conf`]);
    started.push({ redis, bus, client: new Redis(redis.url) });
  }
  const bounds = Array.from({ length: MASTERS + 1 }, (_, index) => Math.floor((index * SLOTS) / MASTERS));
  for (const [index, { client }] of started.entries()) {
    await client.call('CLUSTER', 'ADDSLOTSRANGE', bounds[index] ?? 0, (bounds[index + 1] ?? SLOTS) - 1);
    for (const { redis, bus } of started) await client.call('CLUSTER', 'MEET', host, redis.port, bus);
  }
  const isWhole = async ({ client }: { readonly client: Redis }): Promise<boolean> => {
    const said = String(await client.call('CLUSTER', 'INFO'));
    return said.includes('cluster_state:ok') && said.includes(`cluster_known_nodes:${MASTERS}`);
  };
  for (const node of started) while (!(await isWhole(node))) await delay(20);
  const masterOf: TestCluster['masterOf'] = async (key) => {
    const slot = Number(await started.at(-1)?.client.call('CLUSTER', 'KEYSLOT', key));
    const found = started[bounds.findLastIndex((first) => first <= slot)];
    if (!found) throw new Error(`nobody keeps slot ${slot}`);
    return found.redis;
  };
  return {
    nodes: started.map(({ redis }) => ({ host, port: redis.port })),
    masterOf,
    stop: async () => {
      for (const { client, redis } of started) {
        client.disconnect();
        await redis.stop();
      }
      await rm(folder, { recursive: true });
    },
  };
};
