import { Cluster } from 'ioredis';
import { startRedisCluster, type TestCluster } from '../../../../test/redis-cluster.js';
import { type RedisRateLimiter, redisRateLimiter } from './rate-limiter.js';
import type { RedisPlace } from './redis-place.js';
import { redisSignals } from './redis-signals.js';

const PASSWORD = 'wombat SECRET';
/** Whoever asks waits for Redis, however busy the machine is, so that what was counted was counted there. */
const PATIENT_MS = 60_000;

let cluster: TestCluster;
const open: { readonly close: () => Promise<void> }[] = [];
beforeAll(async () => {
  cluster = await startRedisCluster(PASSWORD);
});
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});
afterAll(() => cluster.stop());

const placeAt = (nodes: TestCluster['nodes']): RedisPlace => ({
  url: `redis://:${encodeURIComponent(PASSWORD)}@redis`,
  cluster: nodes,
});
/** Known by one node only: the others are found by asking it. */
const oneKnown = (): RedisPlace => placeAt(cluster.nodes.slice(0, 1));

const caller = { name: 'api_user', points: 10, seconds: 86_400 } as const;
const organization = { name: 'api_org', points: 15, seconds: 86_400 } as const;

/** Asks fifty times of one organization, at the processes in turn: first the caller is charged, then the organization. Answers how many got through. */
const through = async (home: string, processes: readonly RedisRateLimiter[]): Promise<number> => {
  const asked = Array.from({ length: 50 }, async (_, index) => {
    const limiter = processes[index % processes.length];
    const one = await limiter?.charge(caller, { home, of: 'user' });
    return one?.allowed === true && (await limiter?.charge(organization, { home }))?.allowed === true;
  });
  return (await Promise.all(asked)).filter(Boolean).length;
};

/** Of these each node keeps some, since slots follow from names. */
const homes = Array.from({ length: 12 }, (_, index) => `0189a000-0000-7000-8000-${String(index).padStart(12, '0')}`);

/** Two processes that share their limits, and are connected with every node: what comes while one connects is tried again later. */
const twoProcesses = async (place: RedisPlace, answerMs: number): Promise<readonly RedisRateLimiter[]> => {
  const both = [0, 1].map(() => redisRateLimiter({ place, answerMs, replicas: 2, report: () => undefined }));
  open.push(...both);
  for (const limiter of both) {
    await limiter.connected();
    for (const home of homes) await limiter.look(organization, { home });
  }
  return both;
};

describe('with a Redis Cluster', () => {
  it('several processes limit each organization exactly, and all its keys are on one node', async () => {
    const processes = await twoProcesses(oneKnown(), PATIENT_MS);
    for (const home of homes) expect([home, await through(home, processes)]).toEqual([home, 10]);
    const client = new Cluster(
      cluster.nodes.map((node) => ({ ...node })),
      { redisOptions: { password: PASSWORD } },
    );
    await new Promise((resolve) => client.once('ready', resolve));
    const found = await Promise.all(client.nodes('master').map((node) => node.keys('rl:*')));
    client.disconnect();
    const kept = found.map((keys) => new Set(keys.map((key) => /\{(.*)\}/.exec(key)?.[1])));
    expect(found.flat()).toHaveLength(2 * homes.length);
    expect(kept.reduce((sum, { size }) => sum + size, 0)).toBe(homes.length);
    expect(kept.map(({ size }) => size > 0)).toEqual([true, true, true]);
  });

  it('a signal of one process is heard by the others', async () => {
    const [teller, hearer] = [redisSignals(oneKnown(), () => undefined), redisSignals(oneKnown(), () => undefined)];
    open.push(teller, hearer);
    await Promise.all([teller.connected(), hearer.connected()]);
    const heard = new Promise((resolve) => hearer.subscribe('topic', resolve));
    teller.publish({ topic: 'topic', key: 'wombat' });
    expect(await heard).toBe('wombat');
  });

  it('who is kept by a node that is away is limited by each process, by its share, and everybody else as before', async () => {
    const [impatient, patient] = [
      await twoProcesses(placeAt(cluster.nodes), 2_000),
      await twoProcesses(placeAt(cluster.nodes), PATIENT_MS),
    ];
    const [home, ...others] = ['of a node that is away', 'one', 'two', 'three', 'four', 'five'];
    const away = await cluster.keeperOf(`{${home}}`);
    await away.stop();
    expect([await through(home ?? '', impatient), await through(home ?? '', impatient)]).toEqual([10, 0]);
    const elsewhere: string[] = [];
    for (const other of others) if ((await cluster.keeperOf(`{${other}}`)) !== away) elsewhere.push(other);
    for (const other of elsewhere) expect([other, await through(other, patient)]).toEqual([other, 10]);
    expect(elsewhere).not.toEqual([]);
  });
});
