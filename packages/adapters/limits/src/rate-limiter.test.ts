import { inProcessRateLimiter } from './rate-limiter.js';

const five = { name: 'auth_ip', points: 5, seconds: 900 } as const;

describe('limits of one process', () => {
  it('let through exactly what they allow, and say what is left', async () => {
    const limiter = inProcessRateLimiter();
    const all = await Promise.all(Array.from({ length: 25 }, () => limiter.charge(five, { home: '192.0.2.1' })));
    expect(all.filter(({ allowed }) => allowed).map(({ remaining }) => remaining)).toEqual([4, 3, 2, 1, 0]);
    for (const { againMs } of all) expect([againMs > 0, againMs <= 900_000]).toEqual([true, true]);
  });

  it('keep homes, names and whose they are apart', async () => {
    const limiter = inProcessRateLimiter();
    const one = { ...five, points: 1 };
    expect((await limiter.charge(one, { home: 'a' })).allowed).toBe(true);
    expect((await limiter.charge(one, { home: 'a' })).allowed).toBe(false);
    expect((await limiter.charge(one, { home: 'b' })).allowed).toBe(true);
    expect((await limiter.charge(one, { home: 'a', of: 'x' })).allowed).toBe(true);
    expect((await limiter.charge({ ...one, name: 'api_org' }, { home: 'a' })).allowed).toBe(true);
  });

  it('take nothing by a look', async () => {
    const limiter = inProcessRateLimiter();
    const look = async () => (await limiter.look(five, { home: 'a' })).remaining;
    expect([await look(), await look()]).toEqual([5, 5]);
    await limiter.charge(five, { home: 'a' }, 5);
    expect(await limiter.look(five, { home: 'a' })).toMatchObject({ allowed: false, remaining: 0 });
  });

  it('take a cost beyond the limit for all of it', async () => {
    const limiter = inProcessRateLimiter();
    expect(await limiter.charge(five, { home: 'a' }, 100)).toMatchObject({ allowed: true, remaining: 0 });
    expect((await limiter.charge(five, { home: 'a' })).allowed).toBe(false);
  });
});
