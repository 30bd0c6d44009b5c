import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { type GatheredCharges, gatheredCharges } from './gathered-charges.js';
import { connectionTo, type RedisPlace } from './redis-place.js';
import { reportedOnce } from './reported-once.js';

/** So many points in so many seconds. */
export type RateLimit = { readonly name: string; readonly points: number; readonly seconds: number };

/** Whose limit: within a Cluster, all keys of one `home` (an organization, an address) lie on one node. */
export type LimitKey = { readonly home: string; readonly of?: string };

/** How a key stands after it was charged. `againMs`: until what was turned away would fit, else until the first point is free again. */
export type Standing = {
  readonly limit: RateLimit;
  readonly allowed: boolean;
  readonly remaining: number;
  readonly againMs: number;
};

export type RateLimiter = {
  /** Takes points off what is left, unless it isn't enough. A cost beyond the limit itself counts as all of it. */
  readonly charge: (limit: RateLimit, key: LimitKey, cost?: number) => Promise<Standing>;
  /** Looks, and takes nothing: `allowed` is whether anything is left. */
  readonly look: (limit: RateLimit, key: LimitKey) => Promise<Standing>;
  readonly close: () => Promise<void>;
};

export type RedisRateLimiter = RateLimiter & {
  /** Resolves when the limits are those of all processes. */
  readonly connected: () => Promise<void>;
};

/** `replicas`: how many processes share the work. While Redis is away each keeps its share of a limit by itself. */
export type RedisLimits = {
  readonly place: RedisPlace;
  readonly answerMs: number;
  readonly replicas: number;
  /** Hears once each time that Redis goes away. */
  readonly report: (error: unknown) => void;
};

type Engine = RateLimiterMemory | RateLimiterRedis;

/** Limits of this process alone. A window begins with the first request in it. */
export const inProcessRateLimiter = (): RateLimiter => {
  const engines = remembered((limit) => memoryOf(limit, 1));
  return {
    charge: charging(engines),
    look: async (limit, key) => {
      const known = await engines(limit).get(textOf(limit, key));
      return looked(known === null ? untouched(limit) : standingOf(limit, known, true));
    },
    close: async () => undefined,
  };
};

/**
 * Limits that several processes keep together, exactly: no window of that length ever holds more, wherever it begins.
 * While Redis is away each process keeps its share by itself, from zero; nobody is refused for it, and nobody waits longer than `answerMs`.
 */
export const redisRateLimiter = ({ place, answerMs, replicas, report }: RedisLimits): RedisRateLimiter => {
  const connection = connectionTo(place, answerMs);
  const outages = reportedOnce(report, [connection]);
  const together = gatheredCharges(connection);
  const engines = remembered((limit) => sharedOf(together, limit, replicas));
  const charge = charging(engines);
  return {
    charge,
    look: async (limit, key) => looked(await chargedOf(engines(limit), limit, key, 0)),
    connected: async () => {
      if (connection.status !== 'ready') await new Promise((resolve) => connection.once('ready', resolve));
    },
    close: async () => {
      outages.expected();
      if (connection.status === 'ready') await connection.quit().catch(() => undefined);
      connection.disconnect();
    },
  };
};

const sharedOf = (storeClient: GatheredCharges, limit: RateLimit, replicas: number): RateLimiterRedis =>
  new RateLimiterRedis({
    storeClient,
    keyPrefix: '',
    points: limit.points,
    duration: limit.seconds,
    rejectIfRedisNotReady: true,
    insuranceLimiter: memoryOf(limit, replicas),
  });

const memoryOf = ({ points, seconds }: RateLimit, replicas: number): RateLimiterMemory =>
  new RateLimiterMemory({ keyPrefix: '', points: Math.max(1, Math.floor(points / replicas)), duration: seconds });

/** One engine for each limit that was ever asked for: there are as many as the configuration and the plans name. */
const remembered = <Kind extends Engine>(make: (limit: RateLimit) => Kind): ((limit: RateLimit) => Kind) => {
  const known = new Map<string, Kind>();
  return (limit) => {
    const name = `${limit.name} ${limit.points} ${limit.seconds}`;
    const engine = known.get(name) ?? make(limit);
    known.set(name, engine);
    return engine;
  };
};

/** Beyond the braces, which say where in a Cluster a key lies, nothing may look like them. */
const textOf = ({ name }: RateLimit, { home, of = '' }: LimitKey): string => `rl:{${home.replaceAll('}', '')}}:${name}:${of}`;

const charging =
  (engines: (limit: RateLimit) => Engine): RateLimiter['charge'] =>
  (limit, key, cost = 1) =>
    chargedOf(engines(limit), limit, key, Math.min(cost, limit.points));

const chargedOf = async (engine: Engine, limit: RateLimit, key: LimitKey, cost: number): Promise<Standing> => {
  try {
    return standingOf(limit, await engine.consume(textOf(limit, key), cost), true);
  } catch (turnedAway) {
    // The library throws what it answers.
    if (turnedAway instanceof RateLimiterRes) return standingOf(limit, turnedAway, false);
    throw turnedAway;
  }
};

const standingOf = (limit: RateLimit, { remainingPoints, msBeforeNext }: RateLimiterRes, allowed: boolean): Standing => ({
  limit,
  allowed,
  remaining: allowed ? remainingPoints : 0,
  againMs: Math.max(0, msBeforeNext),
});

const untouched = (limit: RateLimit): Standing => ({ limit, allowed: true, remaining: limit.points, againMs: 0 });
const looked = (standing: Standing): Standing => ({ ...standing, allowed: standing.remaining > 0 });
