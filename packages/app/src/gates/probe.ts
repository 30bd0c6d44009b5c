import type { Carrier } from '@rappit/domain';
import { redisSignals } from '@rappit/limits';
import { guardedFetch } from '@rappit/outbound/guarded';
import { inspect } from '@rappit/persistence';
import { examine } from '../config.js';
import { connectorsTo } from '../container/carrier-connections.js';
import type { CarrierProbe, DatabaseProbe, Given, Probes } from './gate.js';

/** Whatever doesn't answer in this time counts as away. Milliseconds. */
const PATIENCE = 10_000;

/** The database of a configuration; undefined where none is configured. */
export const probeDatabase = async (given: Given): Promise<DatabaseProbe | undefined> => {
  const { databaseUrl: appUrl, doorUrl } = examine(given).config;
  if (appUrl === null || doorUrl === null) return undefined;
  return inTime<DatabaseProbe>(inspect({ appUrl, doorUrl }), 'away');
};

/** Everything that the configuration leads to, asked at the same time. Nothing is changed by it, and nothing bought. */
export const probeAll = async (given: Given): Promise<Probes> => {
  const [database, redis, carriers] = await Promise.all([probeDatabase(given), probeRedis(given), probeCarriers(given)]);
  return { ...(database && { database }), ...(redis && { redis }), carriers };
};

const probeRedis = async (given: Given): Promise<Probes['redis']> => {
  const { redis } = examine(given).config;
  if (redis === null) return undefined;
  const signals = redisSignals(redis, () => undefined);
  const answer = await inTime<'up' | 'away'>(
    signals.connected().then(() => 'up' as const),
    'away',
  );
  await signals.close();
  return answer;
};

const probeCarriers = async (given: Given): Promise<NonNullable<Probes['carriers']>> => {
  const { carriers } = examine(given).config;
  const { send } = guardedFetch();
  const urls = { dhl: carriers.dhl.baseUrl, fedex: carriers.fedex.baseUrl };
  const connectors = connectorsTo({ send, now: () => new Date(), urls });
  const asked = connectors.map(async ({ form, connect }) => {
    const own = Object.entries(carriers).find(([code]) => code === form.carrier)?.[1].own;
    return own
      ? [[form.carrier, await inTime<CarrierProbe>(ask(connect({ ...own, labelFormat: null })), 'unavailable')] as const]
      : [];
  });
  return Object.fromEntries((await Promise.all(asked)).flat());
};

/** Whether there is such an address, which costs nothing and needs the credentials. */
const ask = async (carrier: Carrier): Promise<CarrierProbe> => {
  const answer = await carrier.validateAddress(somewhere);
  if (answer.ok) return 'authorized';
  if (answer.error.code === 'carrier.unauthorized') return 'unauthorized';
  return answer.error.code === 'carrier.unavailable' ? 'unavailable' : 'authorized';
};

/** Known to every carrier, and nobody's home. */
const somewhere = {
  name: 'Rappit',
  company: null,
  lines: ['Platz der Republik 1'],
  city: 'Berlin',
  region: null,
  postalCode: '11011',
  countryCode: 'DE',
  phone: null,
  email: null,
} as const;

const inTime = async <Value>(work: Promise<Value>, otherwise: Value): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Value>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE);
  });
  try {
    return await Promise.race([work.catch(() => otherwise), late]);
  } finally {
    clearTimeout(timer);
  }
};
