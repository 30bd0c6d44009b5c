import { setTimeout as delay } from 'node:timers/promises';
import { SENTINEL_MASTER, startRedisSentinels, type TestSentinels } from '../../../../test/redis-sentinels.js';
import { redisRateLimiter } from './rate-limiter.js';

const PASSWORD = 'wombat SECRET';

let sentinels: TestSentinels;
beforeAll(async () => {
  sentinels = await startRedisSentinels(encodeURIComponent(PASSWORD));
});
afterAll(() => sentinels.stop());

const limit = { name: 'api_org', points: 10, seconds: 86_400 } as const;

it('finds the master by asking a Sentinel, and the next one when there is another', async () => {
  const place = {
    url: `redis://:${encodeURIComponent(encodeURIComponent(PASSWORD))}@redis`,
    sentinels: sentinels.sentinels,
    master: SENTINEL_MASTER,
  };
  const processes = [0, 1].map(() => redisRateLimiter({ place, answerMs: 60_000, replicas: 1, report: () => undefined }));
  for (const limiter of processes) await limiter.connected();
  const allowedOf = async (home: string): Promise<number> => {
    const asked = Array.from({ length: 25 }, (_, index) => processes[index % 2]?.charge(limit, { home }));
    return (await Promise.all(asked)).filter((standing) => standing?.allowed).length;
  };
  const [first, second] = sentinels.clients;
  expect(await allowedOf('before')).toBe(10);
  expect([await first.info('replication'), await first.keys('rl:*')]).toEqual([
    expect.stringContaining('role:master'),
    ['rl:{before}:api_org:'],
  ]);

  await sentinels.loseMaster();
  // Each has to notice first; until then it limits by itself, and refuses nobody for it.
  for (const [index, limiter] of processes.entries()) {
    const noticed = async (): Promise<boolean> => (await second.exists(`rl:{noticed ${index}}:api_org:`)) === 1;
    while (!(await noticed())) {
      await limiter.charge(limit, { home: `noticed ${index}` });
      await delay(20);
    }
  }
  expect(await allowedOf('after')).toBe(10);
  expect(await second.exists('rl:{after}:api_org:')).toBe(1);
  for (const limiter of processes) await limiter.close();
});
