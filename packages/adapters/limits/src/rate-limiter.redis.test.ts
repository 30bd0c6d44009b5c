import { Redis } from 'ioredis';
import { startRedis, type TestRedis } from '../../../../test/redis.js';
import { type RedisRateLimiter, redisRateLimiter } from './rate-limiter.js';

/** Longer than any pause of a busy machine: whoever is given up is counted in the process instead. */
const PATIENT_MS = 60_000;

let redis: TestRedis;
let client: Redis;
const open: RedisRateLimiter[] = [];
beforeAll(async () => {
  redis = await startRedis();
  client = new Redis(redis.url);
});
beforeEach(() => client.flushall());
afterEach(async () => {
  for (const limiter of open.splice(0)) await limiter.close();
});
afterAll(async () => {
  client.disconnect();
  await redis.stop();
});

/** The limits as one process sees them. */
const aProcess = async (url = redis.url, replicas = 1) => {
  const reported: unknown[] = [];
  let hear = (): void => undefined;
  /** Resolves when it was heard that Redis is away, which may be after the first requests were counted here. */
  const away = new Promise<void>((resolve) => {
    hear = resolve;
  });
  const report = (error: unknown): void => {
    reported.push(error);
    hear();
  };
  const limiter = redisRateLimiter({ place: url, answerMs: PATIENT_MS, replicas, report });
  open.push(limiter);
  await limiter.connected();
  return { limiter, reported, away };
};

const ten = { name: 'api_user', points: 10, seconds: 3_600 } as const;
const key = { home: 'org', of: 'user' };
const LIST = 'rl:{org}:api_user:user';
const times = <Value>(count: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, index) => make(index));
const now = async (): Promise<number> => {
  const [seconds, micros] = await client.time();
  return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
};

describe('limits of several processes', () => {
  it('let through exactly what they allow of five times as many at once, and say what is left', async () => {
    const [one, other] = [await aProcess(), await aProcess()];
    const all = await Promise.all(times(50, (index) => (index % 2 ? one : other).limiter.charge(ten, key)));
    const left = all.filter(({ allowed }) => allowed).map(({ remaining }) => remaining);
    expect(left.sort((a, b) => b - a)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(all.filter(({ allowed }) => !allowed).map(({ remaining }) => remaining)).toEqual(times(40, () => 0));
    expect(await client.llen(LIST)).toBe(10);
  });

  it('slide: what is a window old is free again, one after the other, and what is younger is not', async () => {
    const { limiter } = await aProcess();
    const at = await now();
    const ages = [7_200_000, 3_600_000, 3_000_000, 1_800_000];
    await client.rpush(LIST, ...ages.map((age) => at - age), ...times(6, () => at));
    const standing = await limiter.charge(ten, key);
    expect([standing.allowed, standing.remaining]).toEqual([true, 1]);
    expect(Math.abs(standing.againMs - 600_000)).toBeLessThan(120_000);
    await limiter.charge(ten, key);
    const refused = await limiter.charge(ten, key, 2);
    expect([refused.allowed, refused.remaining]).toEqual([false, 0]);
    // Two have to leave before two more fit: the second oldest is half an hour old.
    expect(Math.abs(refused.againMs - 1_800_000)).toBeLessThan(120_000);
  });

  it('charge nobody who is turned away, and forget a key with the window of its last point', async () => {
    const { limiter } = await aProcess();
    await limiter.charge(ten, key, 9);
    expect((await limiter.charge(ten, key, 2)).allowed).toBe(false);
    expect((await limiter.charge(ten, key)).allowed).toBe(true);
    const ttl = await client.pttl(LIST);
    expect([ttl > 3_400_000, ttl <= 3_600_000]).toEqual([true, true]);
  });

  it('take nothing by a look, and leave no key behind for it', async () => {
    const { limiter } = await aProcess();
    expect(await limiter.look(ten, key)).toMatchObject({ allowed: true, remaining: 10 });
    expect(await client.keys('*')).toEqual([]);
    await limiter.charge(ten, key, 10);
    expect(await limiter.look(ten, key)).toMatchObject({ allowed: false, remaining: 0 });
  });

  it('keep organizations, users and names apart, and put all of one organization into one slot of a Cluster', async () => {
    const { limiter } = await aProcess();
    const one = { ...ten, points: 1 };
    const keys = [{ home: 'a' }, { home: 'b' }, { home: 'a', of: 'x' }];
    for (const each of keys) expect((await limiter.charge(one, each)).allowed).toBe(true);
    expect((await limiter.charge({ ...one, name: 'api_org' }, { home: 'a' })).allowed).toBe(true);
    for (const each of keys) expect((await limiter.charge(one, each)).allowed).toBe(false);
    const homes = (await client.keys('*')).map((name) => /\{(.*?)\}/.exec(name)?.[1]);
    expect(homes.sort()).toEqual(['a', 'a', 'a', 'b']);
  });

  it('are asked for together when many are charged at once, a hundred in one step, and answered each by itself', async () => {
    const { limiter } = await aProcess();
    await limiter.charge(ten, key);
    await client.config('RESETSTAT');
    const keys = times(150, (index) => ({ home: 'org', of: `user ${index % 15}` }));
    const all = await Promise.all(keys.map((each) => limiter.charge({ ...ten, points: 9 }, each)));
    expect((await client.info('commandstats')).match(/cmdstat_evalsha:calls=(\d+)/)?.[1]).toBe('2');
    const left = (user: number) => all.filter((_, index) => index % 15 === user).map(({ remaining }) => remaining);
    for (const user of times(15, (index) => index)) expect(left(user)).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0, 0]);
    expect(all.map(({ allowed }) => allowed)).toEqual(times(150, (index) => index < 135));
  });

  it('go on in each process while Redis is away, each with its share, and together when it is back', async () => {
    const first = await startRedis();
    const [one, other] = [await aProcess(first.url, 2), await aProcess(first.url, 2)];
    await Promise.all(times(10, () => one.limiter.charge(ten, key)));
    await first.stop();
    const away = await Promise.all(times(40, (index) => (index % 2 ? one : other).limiter.charge(ten, key)));
    expect(away.filter(({ allowed }) => allowed).length).toBe(10);
    await Promise.all([one.away, other.away]);
    expect([one.reported.length, other.reported.length]).toEqual([1, 1]);
    const again = await startRedis(first.port);
    await Promise.all([one, other].map(({ limiter }) => limiter.connected()));
    const fresh = { ...key, of: 'somebody else' };
    const back = await Promise.all(times(30, (index) => (index % 2 ? one : other).limiter.charge(ten, fresh)));
    expect(back.filter(({ allowed }) => allowed).length).toBe(10);
    expect([one.reported.length, other.reported.length]).toEqual([1, 1]);
    await again.stop();
  });
});
