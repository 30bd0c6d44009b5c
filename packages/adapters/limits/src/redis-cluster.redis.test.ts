import { Cluster } from 'ioredis';
import { startRedisCluster, type TestCluster } from '../../../../test/redis-cluster.js';
import { type RedisRateLimiter, redisRateLimiter } from './rate-limiter.js';
import { redisSignals } from './redis-signals.js';

let cluster: TestCluster;
const open: { readonly close: () => Promise<void> }[] = [];
beforeAll(async () => {
  cluster = await startRedisCluster();
});
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});
afterAll(() => cluster.stop());

/** Known by one node only: the others are found by asking it. */
const placeOf = () => ({ url: 'redis://redis', cluster: cluster.nodes.slice(0, 1) });

const aProcess = async (answerMs: number): Promise<RedisRateLimiter> => {
  const limiter = redisRateLimiter({ place: placeOf(), answerMs, replicas: 2, report: () => undefined });
  open.push(limiter);
  await limiter.connected();
  return limiter;
};

const caller = { name: 'api_user', points: 10, seconds: 86_400 } as const;
const organization = { name: 'api_org', points: 15, seconds: 86_400 } as const;

/** Asks of one organization, at the processes in turn: first the caller is charged, then the organization. Answers how many got through. */
const through = async (home: string, processes: readonly RedisRateLimiter[], count = 50): Promise<number> => {
  const asked = Array.from({ length: count }, async (_, index) => {
    const limiter = processes[index % processes.length];
    const one = await limiter?.charge(caller, { home, of: 'user' });
    return one?.allowed === true && (await limiter?.charge(organization, { home }))?.allowed === true;
  });
  return (await Promise.all(asked)).filter(Boolean).length;
};

const homes = Array.from({ length: 12 }, (_, index) => `0189a000-0000-7000-8000-${String(index).padStart(12, '0')}`);

describe('with a Redis Cluster', () => {
  it('several processes limit each organization exactly, wherever its keys are', async () => {
    const processes = [await aProcess(60_000), await aProcess(60_000)];
    for (const home of homes) expect(await through(home, processes)).toBe(10);
  });

  it('all keys of an organization are on one node, and those of several organizations on all nodes', async () => {
    const client = new Cluster([...placeOf().cluster]);
    const found: string[][] = [];
    await new Promise((resolve) => client.once('ready', resolve));
    for (const node of client.nodes('master')) found.push(await node.keys('rl:*'));
    client.disconnect();
    const kept = found.map((keys) => new Set(keys.map((key) => /\{(.*)\}/.exec(key)?.[1])));
    expect(found.flat()).toHaveLength(2 * homes.length);
    expect(kept.reduce((sum, { size }) => sum + size, 0)).toBe(homes.length);
    expect(kept.map(({ size }) => size > 0)).toEqual([true, true, true]);
  });

  it('a signal of one process is heard by the others', async () => {
    const [teller, hearer] = [redisSignals(placeOf(), () => undefined), redisSignals(placeOf(), () => undefined)];
    open.push(teller, hearer);
    await Promise.all([teller.connected(), hearer.connected()]);
    const heard = new Promise((resolve) => hearer.subscribe('topic', resolve));
    teller.publish({ topic: 'topic', key: 'wombat' });
    expect(await heard).toBe('wombat');
  });

  it('nobody is refused for a node that is away: its organizations are limited by each process, by its share', async () => {
    const processes = [await aProcess(2_000), await aProcess(2_000)];
    const [home, other] = ['of a node that is away', 'somebody else'] as const;
    await (await cluster.masterOf(`{${home}}`)).stop();
    for (const each of [home, other]) {
      const allowed = await through(each, processes);
      expect(allowed).toBeGreaterThan(0);
      // What was counted in Redis at most, and then what each process counts by itself.
      expect(allowed).toBeLessThanOrEqual(2 * caller.points);
    }
    expect(await through(home, processes)).toBeLessThanOrEqual(caller.points);
  });
});
