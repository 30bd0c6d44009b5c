import { leavingOr, type ReadinessDeps, readiness } from './readiness.js';

const never = (): Promise<never> => new Promise(() => undefined);
const failing = (): Promise<never> => Promise.reject(new Error('postgresql://rappit:wombat@db: gone'));

type Change = {
  readonly ping?: () => Promise<void>;
  readonly lacking?: () => Promise<readonly string[]>;
  readonly jobQueue?: ReadinessDeps['persistence']['doors']['jobQueue'];
  readonly redis?: ReadinessDeps['redis'];
};

const queue = { due: 3, later: 1, failed: 2 };

const lookingAt = (change: Change, now = () => 0) => {
  const { ping = async () => undefined, lacking = async () => [], jobQueue = async () => queue } = change;
  return readiness({
    persistence: { ping, lacking, doors: { jobQueue } },
    breakers: { states: () => new Map([['dhl', 'open']]) },
    billing: { state: () => 'halfOpen' },
    redis: change.redis === undefined ? async () => undefined : change.redis,
    now,
    patienceMs: 5,
  });
};

const up = { database: 'up', migrations: 'applied', redis: 'up', 'carrier.dhl': 'open', billing: 'halfOpen' };

describe('whether a process is ready', () => {
  it('says how everything stands that it needs, how long each took to say so, and how many jobs wait', async () => {
    let moment = 0;
    const now = (): number => {
      moment += 7;
      return moment;
    };
    const answer = await lookingAt({}, now)();
    expect(answer).toEqual({
      ready: true,
      checks: up,
      tookMs: Object.fromEntries(['database', 'migrations', 'queue', 'redis'].map((name) => [name, expect.any(Number)])),
      queue,
    });
    expect(Object.values(answer.tookMs).every((ms) => ms > 0)).toBe(true);
  });

  it.each([
    ['a Redis that fails', { redis: failing }, { ...up, redis: 'degraded' }],
    ['a Redis that says nothing', { redis: never }, { ...up, redis: 'degraded' }],
    ['a queue that cannot be counted', { jobQueue: failing }, up],
    ['migrations that nobody can tell', { lacking: never }, { ...up, migrations: 'unknown' }],
  ])('is not hindered by %s', async (_what, change, checks) => {
    expect(await lookingAt(change)()).toMatchObject({ ready: true, checks });
  });

  it.each([
    ['a database that fails', { ping: failing }, { ...up, database: 'down' }],
    ['a database that says nothing', { ping: never }, { ...up, database: 'down' }],
    ['a schema that lacks something', { lacking: async () => ['0066-later'] }, { ...up, migrations: 'pending' }],
  ])('is not so with %s', async (_what, change, checks) => {
    expect(await lookingAt(change)()).toMatchObject({ ready: false, checks });
  });

  it('says nothing of a Redis that nobody configured', async () => {
    const { checks, tookMs } = await lookingAt({ redis: null })();
    expect([Object.keys(checks), Object.keys(tookMs)]).toEqual([
      ['database', 'migrations', 'carrier.dhl', 'billing'],
      ['database', 'migrations', 'queue'],
    ]);
  });

  it('is looked at once a second, however many ask', async () => {
    let [looks, moment] = [0, 0];
    const ping = async (): Promise<void> => {
      looks += 1;
    };
    const ask = lookingAt({ ping }, () => moment);
    await Promise.all(Array.from({ length: 100 }, ask));
    moment = 999;
    await ask();
    expect(looks).toBe(1);
    moment = 1_000;
    await ask();
    expect(looks).toBe(2);
  });

  it('is not so from the moment on in which it was told to stop, whatever is remembered', async () => {
    const departure = { told: false };
    const ask = leavingOr(departure, lookingAt({}));
    expect((await ask()).ready).toBe(true);
    departure.told = true;
    expect(await ask()).toEqual({ ready: false, checks: { process: 'leaving' }, tookMs: {} });
  });
});
