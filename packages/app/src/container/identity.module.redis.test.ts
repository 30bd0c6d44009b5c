import type { Signals } from '@rappit/domain';
import { startRedis } from '../../../../test/redis.js';
import { readConfig } from '../config.js';
import { type Wired, wire } from './container.js';
import { tokens } from './tokens.js';

/** The container of one process. */
const wired = (environment: Readonly<Record<string, string>>): Wired =>
  wire({
    config: readConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', ...environment }),
    database: { appUrl: '', doorUrl: '', embedded: false, stop: async () => undefined },
    jwtSecrets: ['x'.repeat(32)],
    credentialKeys: { current: { keyId: 'k1', key: Buffer.alloc(32) } },
    billing: null,
    simulatedCarrier: null,
    simulatedShops: null,
    shopifyApp: null,
  });

/** Tells it again until it is heard: who listens already can't be seen from here. */
const hears = async (teller: Signals, hearer: Signals): Promise<string> => {
  const heard = new Promise<string>((resolve) => hearer.subscribe('access', resolve));
  const telling = setInterval(() => teller.publish({ topic: 'access', key: 'u1' }), 10);
  const key = await heard;
  clearInterval(telling);
  return key;
};

describe('signals of a process', () => {
  it.each<[string, (port: number) => Readonly<Record<string, string>>]>([
    ['REDIS_URL', (port) => ({ REDIS_URL: `redis://127.0.0.1:${port}` })],
    ['REDIS_HOST and REDIS_PORT', (port) => ({ REDIS_HOST: '127.0.0.1', REDIS_PORT: String(port) })],
  ])('reach another one by the Redis that %s name', async (_, environment) => {
    const redis = await startRedis();
    const [here, there] = [wired(environment(redis.port)), wired(environment(redis.port))];
    expect(await hears(await here.get(tokens.signals), await there.get(tokens.signals))).toBe('u1');
    await Promise.all([here.close(), there.close()]);
    await redis.stop();
  });

  it.each([{}, { REDIS_URL: 'redis://127.0.0.1:1' }])('reach this one with %p, where there is no Redis', async (environment) => {
    const alone = wired(environment);
    const signals = await alone.get(tokens.signals);
    expect(await hears(signals, signals)).toBe('u1');
    await alone.close();
  });
});
