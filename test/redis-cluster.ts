import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { lastingPort } from './port.js';
import { startRedisWith, type TestRedis } from './redis.js';

const SLOTS = 16_384;
const HOST = '127.0.0.1';
/** Nobody takes a node for dead because the machine was busy. */
const NODE_TIMEOUT_MS = 3_600_000;

type Node = { readonly id: string; readonly host: string; readonly port: number; readonly bus: number; readonly slots: Slots };
type Slots = { readonly first: number; readonly last: number };

export type TestCluster = {
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  /** The node that keeps a key. */
  readonly keeperOf: (key: string) => Promise<TestRedis>;
  readonly stop: () => Promise<void>;
};

/**
 * Three nodes with a third of the slots each, of which two go on alone. Each is born with what a Cluster otherwise agrees upon by talking,
 * which takes as long as it takes: who the others are, and who keeps what. A password is asked for.
 */
export const startRedisCluster = async (password: string): Promise<TestCluster> => {
  const folder = await mkdtemp(join(tmpdir(), 'rappit-cluster-'));
  const { nodes, servers } = await startedTogether(folder);
  const clients = servers.map(({ url }) => new Redis(url));
  const clientOf = (index: number): Redis => clients[index] ?? bug(`there is no node ${index}`);
  for (const client of clients) {
    while (!String(await client.call('CLUSTER', 'INFO')).includes('cluster_state:ok')) await delay(20);
    await client.config('SET', 'requirepass', password);
  }
  return {
    nodes: nodes.map(({ host, port }) => ({ host, port })),
    keeperOf: async (key) => {
      const living = clientOf(servers.findIndex((_, index) => clientOf(index).status === 'ready'));
      const slot = Number(await living.call('CLUSTER', 'KEYSLOT', key));
      const index = nodes.findIndex(({ slots }) => slots.first <= slot && slot <= slots.last);
      return servers[index] ?? bug(`nobody keeps slot ${slot}`);
    },
    stop: async () => {
      for (const client of clients) client.disconnect();
      await Promise.all(servers.map((server) => server.stop()));
      await rm(folder, { recursive: true });
    },
  };
};

/** Somebody else may take a port between its choice and its use: then others are chosen. */
const startedTogether = async (
  folder: string,
): Promise<{ readonly nodes: readonly Node[]; readonly servers: readonly TestRedis[] }> => {
  for (;;) {
    const nodes = await threeNodes();
    const starts = await Promise.allSettled(nodes.map((node) => started(folder, node, nodes)));
    const servers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    if (servers.length === nodes.length) return { nodes, servers };
    await Promise.all(servers.map((server) => server.stop()));
  }
};

const threeNodes = async (): Promise<readonly Node[]> => {
  const bounds = [0, Math.floor(SLOTS / 3), Math.floor((2 * SLOTS) / 3), SLOTS];
  const nodes: Node[] = [];
  for (const [index, id] of ['a', 'b', 'c'].entries()) {
    const slots = { first: bounds[index] ?? 0, last: (bounds[index + 1] ?? SLOTS) - 1 };
    nodes.push({ id: id.repeat(40), host: HOST, port: await lastingPort(), bus: await lastingPort(), slots });
  }
  return nodes;
};

const started = async (folder: string, node: Node, nodes: readonly Node[]): Promise<TestRedis> => {
  const file = `${node.id.slice(0, 1)}-${node.port}.conf`;
  await writeFile(join(folder, file), knownBy(node, nodes));
  const own = ['--cluster-enabled', 'yes', '--cluster-port', String(node.bus), '--cluster-config-file', file, '--dir', folder];
  const calm = ['--cluster-node-timeout', String(NODE_TIMEOUT_MS), '--cluster-require-full-coverage', 'no'];
  return startRedisWith([...own, ...calm], node.port);
};

/** What a node keeps of its Cluster between two starts. */
const knownBy = (own: Node, nodes: readonly Node[]): string => {
  const lines = nodes.map((node, index) => {
    const { id, host, port, bus, slots } = node;
    const flags = node === own ? 'myself,master' : 'master';
    return `${id} ${host}:${port}@${bus} ${flags} - 0 0 ${index + 1} connected ${slots.first}-${slots.last}`;
  });
  return [...lines, `vars currentEpoch ${nodes.length} lastVoteEpoch 0`, ''].join('\n');
};

const bug = (message: string): never => {
  throw new Error(message);
};
