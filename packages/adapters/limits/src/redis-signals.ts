import { randomUUID } from 'node:crypto';
import { inProcessSignals, type Signal, type Signals } from '@rappit/domain';
import { connectionTo, type RedisPlace } from './redis-place.js';
import { reportedOnce } from './reported-once.js';

export type RedisSignals = Signals & {
  /** Resolves when other processes can be told, and heard. */
  readonly connected: () => Promise<void>;
  /** Answers when Redis does, and fails within a few seconds otherwise. */
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type Told = Signal & { readonly from: string };

/** Redis keeps no channels apart by the number of a database. Installations that share a server hear each other, which costs them a look-up. */
const CHANNEL = 'rappit:signals';
/** What can't be said at once isn't kept for later: what it is about will have been forgotten by then. */
const COMMAND_MS = 2_000;

/**
 * Signals for several processes, over publish and subscribe of Redis. While Redis is away they work within this process, and nobody waits.
 * `report` hears what a listener has thrown, and once each time that Redis goes away.
 */
export const redisSignals = (place: RedisPlace, report: (error: unknown) => void): RedisSignals => {
  const here = inProcessSignals(report);
  const own = randomUUID();
  // A connection that subscribes can do nothing else.
  const [teller, hearer] = [connectionTo(place, COMMAND_MS), connectionTo(place, COMMAND_MS, { autoResubscribe: false })];
  const outages = reportedOnce(report, [teller, hearer]);
  let listening = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    listening = resolve;
  });
  hearer.on('ready', () => hearer.subscribe(CHANNEL).then(listening, outages.began));
  hearer.on('message', (_channel, text) => {
    const told = toldIn(text);
    if (told && told.from !== own) here.publish({ topic: told.topic, key: told.key });
  });
  return {
    subscribe: here.subscribe,
    publish: (signal) => {
      here.publish(signal);
      const told: Told = { ...signal, from: own };
      teller.publish(CHANNEL, JSON.stringify(told)).catch(outages.began);
    },
    connected: async () => {
      if (teller.status !== 'ready') await new Promise((resolve) => teller.once('ready', resolve));
      await ready;
    },
    ping: async () => {
      await teller.ping();
    },
    close: async () => {
      outages.expected();
      for (const connection of [teller, hearer]) {
        if (connection.status === 'ready') await connection.quit().catch(() => undefined);
        connection.disconnect();
      }
    },
  };
};

/** Undefined for what none of us has said. */
const toldIn = (text: string): Told | undefined => {
  try {
    const said = JSON.parse(text) as Partial<Record<keyof Told, unknown>> | null;
    const { topic, key, from } = said ?? {};
    return typeof topic === 'string' && typeof key === 'string' && typeof from === 'string' ? { topic, key, from } : undefined;
  } catch {
    return undefined;
  }
};
