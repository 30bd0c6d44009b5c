import type { Doors, Persistence } from '@rappit/persistence';
import type { BillingBreaker, CarrierBreakers } from '@rappit/resilience';
import type { Readiness } from './http/ready.js';
import { shortMemory } from './short-memory.js';

/** How long anything may take to answer before it counts as away. */
const PATIENCE_MS = 2_000;
/** Whoever asks oftener hears what was found before: anybody may ask, and asking costs the database something. */
const REMEMBERED_MS = 1_000;

export type ReadinessDeps = {
  readonly persistence: Pick<Persistence, 'ping' | 'lacking'> & { readonly doors: Pick<Doors, 'jobQueue'> };
  readonly breakers: Pick<CarrierBreakers, 'states'>;
  /** Null where nothing is sold. */
  readonly billing: Pick<BillingBreaker, 'state'> | null;
  /** Answers when Redis does; null where none is configured. */
  readonly redis: (() => Promise<void>) | null;
  /** Milliseconds, from wherever. */
  readonly now: () => number;
  readonly patienceMs?: number;
};

/**
 * Whether this process can do its work: the database answers, and lacks no migration. Everything else is told besides, since nobody is kept
 * from placing orders by it: without Redis limits are kept by each process, and a carrier that is left alone sells no labels.
 * Nothing is waited for longer than two seconds.
 */
export const readiness = (deps: ReadinessDeps): (() => Promise<Readiness>) => {
  const remembered = shortMemory<Readiness>({ forMs: REMEMBERED_MS, atMost: 1, now: deps.now });
  return () => remembered('', () => looked(deps));
};

const looked = async ({
  persistence,
  breakers,
  billing,
  redis,
  now,
  patienceMs = PATIENCE_MS,
}: ReadinessDeps): Promise<Readiness> => {
  const time = timing(now, patienceMs);
  const [database, migrations, queue, cache] = await Promise.all([
    time(persistence.ping),
    time(persistence.lacking),
    time(persistence.doors.jobQueue),
    redis && time(redis),
  ]);
  const schema = migrations.answer === undefined ? 'unknown' : migrations.answer.value.length > 0 ? 'pending' : 'applied';
  const carriers = [...breakers.states()].map(([code, state]) => [`carrier.${code}`, state] as const);
  return {
    ready: database.answer !== undefined && schema !== 'pending',
    checks: {
      database: database.answer ? 'up' : 'down',
      migrations: schema,
      ...(cache && { redis: cache.answer ? 'up' : 'degraded' }),
      ...Object.fromEntries(carriers),
      ...(billing && { billing: billing.state() }),
    },
    tookMs: {
      database: database.tookMs,
      migrations: migrations.tookMs,
      queue: queue.tookMs,
      ...(cache && { redis: cache.tookMs }),
    },
    ...(queue.answer && { queue: queue.answer.value }),
  };
};

/** Whoever is about to stop isn't ready for anything new, however well it is. */
export const leavingOr =
  (departure: { readonly told: boolean }, otherwise: () => Promise<Readiness>) => async (): Promise<Readiness> =>
    departure.told ? { ready: false, checks: { process: 'leaving' }, tookMs: {} } : otherwise();

type Timed<Value> = { readonly answer?: { readonly value: Value }; readonly tookMs: number };

/** No answer where it failed or didn't come in time. */
const timing =
  (now: () => number, patienceMs: number) =>
  async <Value>(ask: () => Promise<Value>): Promise<Timed<Value>> => {
    const began = now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), patienceMs);
    });
    const asked = ask().then(
      (value) => ({ value }),
      () => undefined,
    );
    const answer = await Promise.race([asked, late]);
    clearTimeout(timer);
    return { ...(answer && { answer }), tookMs: Math.round(now() - began) };
  };
