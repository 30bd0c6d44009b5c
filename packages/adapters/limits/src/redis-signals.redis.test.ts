import { once } from 'node:events';
import { createServer } from 'node:net';
import { runContract, signalsContract } from '@rappit/testing/contracts';
import { Redis } from 'ioredis';
import { startRedis, type TestRedis } from '../../../../test/redis.js';
import { type RedisSignals, redisSignals } from './redis-signals.js';

/** Nobody listens there. */
const NOWHERE = 'redis://127.0.0.1:1';

let redis: TestRedis;
const open: RedisSignals[] = [];
beforeAll(async () => {
  redis = await startRedis();
});
afterEach(async () => {
  for (const signals of open.splice(0)) await signals.close();
});
afterAll(() => redis.stop());

/** The signals of one process. */
const aProcess = (url = redis.url) => {
  const reported: unknown[] = [];
  const signals = redisSignals(url, (error) => reported.push(error));
  open.push(signals);
  return { signals, reported: () => reported };
};

/** Resolves with the keys of a topic when so many were heard. */
const hearing = (signals: RedisSignals, topic: string, count = 1): Promise<readonly string[]> =>
  new Promise((resolve) => {
    const heard: string[] = [];
    signals.subscribe(topic, (key) => {
      heard.push(key);
      if (heard.length === count) resolve(heard);
    });
  });

runContract({ describe, it }, 'redisSignals', {
  cases: signalsContract,
  make: async () => {
    const one = aProcess();
    await one.signals.connected();
    return one;
  },
});
runContract({ describe, it }, 'redisSignals while Redis is away, but for what it reports of that', {
  cases: signalsContract,
  make: () => {
    const { signals, reported } = aProcess(NOWHERE);
    return { signals, reported: () => reported().filter((error) => !/ECONNREFUSED|writeable/.test(String(error))) };
  },
});

describe('signals between processes', () => {
  it('are heard by the others, in the order in which they were published, and once by whoever published them', async () => {
    const [teller, hearer] = [aProcess().signals, aProcess().signals];
    await Promise.all([teller.connected(), hearer.connected()]);
    const own: string[] = [];
    teller.subscribe('access', (key) => own.push(key));
    const [heard, last] = [hearing(hearer, 'access', 3), hearing(teller, 'end')];
    for (const key of ['u1', 'u2', 'u3']) teller.publish({ topic: 'access', key });
    expect(await heard).toEqual(['u1', 'u2', 'u3']);
    hearer.publish({ topic: 'end', key: 'x' });
    await last;
    expect(own).toEqual(['u1', 'u2', 'u3']);
  });

  it('are heard again when Redis comes back, which was reported once', async () => {
    const first = await startRedis();
    const [teller, hearer] = [aProcess(first.url), aProcess(first.url)];
    await Promise.all([teller.signals.connected(), hearer.signals.connected()]);
    await first.stop();
    const own = hearing(teller.signals, 'access', 2);
    for (const key of ['u1', 'u2']) teller.signals.publish({ topic: 'access', key });
    expect(await own).toEqual(['u1', 'u2']);
    const again = await startRedis(first.port);
    const heard = hearing(hearer.signals, 'back');
    const telling = setInterval(() => teller.signals.publish({ topic: 'back', key: 'u3' }), 20);
    expect(await heard).toEqual(['u3']);
    clearInterval(telling);
    for (const { reported } of [teller, hearer]) expect(reported().length).toBe(1);
    await again.stop();
  });

  it('say whether Redis answers, within a few seconds in any case', async () => {
    const [near, far] = [aProcess().signals, aProcess(NOWHERE).signals];
    await near.connected();
    await expect(near.ping()).resolves.toBeUndefined();
    await expect(far.ping()).rejects.toThrow(/writeable|closed/);
  });

  it('are nothing that somebody else has said on the same channel', async () => {
    const { signals, reported } = aProcess();
    await signals.connected();
    const heard = hearing(signals, 'access');
    const stranger = new Redis(redis.url);
    for (const text of ['', 'null', '7', '{"topic":1,"key":"u0","from":"x"}', '{"topic":"access"}'])
      await stranger.publish('rappit:signals', text);
    await stranger.publish('rappit:signals', '{"topic":"access","key":"u1","from":"x"}');
    expect([await heard, reported()]).toEqual([['u1'], []]);
    stranger.disconnect();
  });

  it('keep nobody waiting for a Redis that takes connections and says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    if (address === null || typeof address === 'string') throw new Error('a port was given');
    const { signals } = aProcess(`redis://127.0.0.1:${address.port}`);
    const heard: string[] = [];
    signals.subscribe('access', (key) => heard.push(key));
    signals.publish({ topic: 'access', key: 'u1' });
    expect(heard).toEqual(['u1']);
    await signals.close();
    silent.close();
  });
});
