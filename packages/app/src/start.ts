import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { ACCESS_CHANGED, freeTerms, soldTerms } from '@rappit/domain';
import { sha256 } from '@rappit/identity';
import { startCarrierSimulator } from '@rappit/simulators/carrier';
import { startStripeSimulator } from '@rappit/simulators/stripe';
import { prefixOf } from './api-prefix.js';
import type { BillingConfig } from './billing-config.js';
import type { Config } from './config.js';
import { type Swap, type Wired, wire } from './container/container.js';
import { oauthAddress } from './container/shop-connections.js';
import { tokens } from './container/tokens.js';
import { sealingKeys } from './credential-keys.js';
import { type Database, openDatabase } from './database.js';
import { passRoutes } from './gates/production-gates.js';
import { buildOpsServer } from './http/ops-server.js';
import { loggable } from './http/problems/unavailable.js';
import { routeTable } from './http/route-table.js';
import { buildServer } from './http/server.js';
import { backgroundJobs } from './jobs/jobs.js';
import { pacedWakes } from './jobs/paced-wakes.js';
import { webhookCalls } from './jobs/webhook-calls.js';
import { localKeys } from './local-keys.js';
import { leavingOr, readiness } from './readiness.js';
import { recognisedKeys } from './recognised-keys.js';
import { rememberedMembership } from './remembered-membership.js';
import { alwaysActive, rememberedStanding, standingIn } from './remembered-standing.js';
import { measureStores } from './stored-measures.js';
import { keeperOf, subscribersOf } from './subscribers.js';

export type RunningApp = {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly database: Database;
  readonly wired: Wired;
  /** From now on it says that it isn't ready, and otherwise goes on as before. */
  readonly leave: () => void;
  /** Finishes what is under way, then closes everything. */
  readonly stop: () => Promise<void>;
};

type Closing = (() => Promise<unknown>)[];

/** Ports and use cases over a ready database, with nothing running yet: what a server and a command have in common. */
export const openWired = async (
  config: Config,
  swaps: readonly Swap[] = [],
): Promise<Omit<RunningApp, 'url' | 'leave'> & { readonly closing: Closing; readonly tellStripe: (url: string) => void }> => {
  const closing: Closing = [];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const database = await openDatabase(config);
    closing.push(database.stop);
    const carrier = config.simulatedCarrier ? await simulateCarrier(closing) : null;
    const shops = config.simulatedShops ? await simulateShops(config, closing) : null;
    const stripe = config.simulatedStripe ? await simulateStripe(closing) : null;
    const keys = config.jwtSecret !== null && config.credentialKeys !== null ? null : await localKeys(config.dataDir);
    const settings = {
      config,
      database,
      jwtSecrets: [config.jwtSecret ?? keys?.jwtSecret ?? '', ...(config.previousJwtSecret ? [config.previousJwtSecret] : [])],
      credentialKeys: sealingKeys(config.credentialKeys ?? [{ keyId: 'k1', key: keys?.credentialKey ?? '' }]),
      simulatedCarrier: carrier,
      simulatedShops: shops?.shops ?? null,
      shopifyApp: config.shopifyApp ?? shops?.app ?? null,
      billing: config.billing ?? stripe?.billing ?? null,
    };
    const wired = wire(settings, swaps);
    closing.push(wired.close);
    return { database, wired, stop, closing, tellStripe: stripe?.tell ?? (() => undefined) };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Beyond this much of its heap the process collects garbage more than it works. */
const HEAP_SHARE = 0.9;

/** A whole Rappit in this process: database, simulated carrier outside production, HTTP server, jobs. */
export const startApp = async (config: Config, swaps: readonly Swap[] = []): Promise<RunningApp> => {
  const { database, wired, stop, closing, tellStripe } = await openWired(config, swaps);
  try {
    const departure = { told: false };
    const url = await serve(config, wired, { closing, departure });
    tellStripe(`${url}${prefixOf(config.apiPrefix)}/webhooks/stripe`);
    const leave = (): void => {
      departure.told = true;
    };
    return { url, database, wired, leave, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** The background jobs without a server: any number of them may run beside servers, and each job still runs once. */
export const startWorker = async (config: Config): Promise<Pick<RunningApp, 'stop' | 'leave'>> => {
  const { wired, stop, closing } = await openWired(config);
  const departure = { told: false };
  const leave = (): void => {
    departure.told = true;
  };
  try {
    const parts = await partsOf(wired);
    if (parts.sold) await parts.persistence.startSelling();
    // It is asked until the end, while what is under way is finished.
    if (config.metricsPort !== null) await showWorker(config, parts, { closing, departure });
    wakeRelay(parts, closing);
    await startJobs(parts, closing);
    closing.push(async () => leave());
    parts.logger.info('working');
    parts.logger.flush();
    return { stop, leave };
  } catch (error) {
    await stop();
    throw error;
  }
};

const simulateCarrier = async (closing: Closing) => {
  const apiKey = randomBytes(16).toString('hex');
  const simulator = await startCarrierSimulator({ apiKey });
  closing.push(simulator.close);
  return { baseUrl: simulator.baseUrl, apiKey };
};

/** Only loaded where they are wanted. */
const simulateShops = async (config: Config, closing: Closing) => {
  const { madeUpApp, startSimulatedShops } = await import('./staging/simulated-shops.js');
  const app = config.shopifyApp ?? madeUpApp();
  const { publicUrl } = config;
  const { shops, close } = await startSimulatedShops({ app, publicUrl, redirectUri: oauthAddress(config, 'shopify') });
  closing.push(close);
  return { shops, app };
};

/** A Stripe that keeps nothing. Where its events go is told when it is known. */
const simulateStripe = async (closing: Closing) => {
  const [secretKey, webhookSecret] = [randomBytes(16), randomBytes(16)].map((bytes) => bytes.toString('hex'));
  const prices = { starter: 'price_starter', growth: 'price_growth', scale: 'price_scale' };
  let url: string | null = null;
  const simulator = await startStripeSimulator({
    webhookSecret: webhookSecret ?? '',
    prices: Object.values(prices),
    knowsEverybody: true,
    deliverTo: () => url,
  });
  closing.push(simulator.close);
  const billing: BillingConfig = {
    secretKey: `sk_test_${secretKey}`,
    webhookSecrets: [webhookSecret ?? ''],
    prices,
    server: simulator.server,
  };
  const tell = (to: string): void => {
    url = to;
  };
  return { billing, tell };
};

type Life = { readonly closing: Closing; readonly departure: { readonly told: boolean } };

const serve = async (config: Config, wired: Wired, life: Life): Promise<string> => {
  const { closing } = life;
  const parts = await partsOf(wired);
  if (parts.sold) await parts.persistence.startSelling();
  wakeRelay(parts, closing);
  const { url, close } = await listen(config, parts, life);
  // Only now: building a server keeps the process busy for so long that connections which are asked for meanwhile could be given up.
  await startJobs(parts, closing);
  // What is asked is finished first, and only then what works behind it.
  closing.push(close);
  return url;
};

const partsOf = async (wired: Wired) => {
  const [useCases, unitOfWork, persistence, metrics, logger, people, ids, limiter, settings] = await Promise.all([
    wired.get(tokens.useCases),
    wired.get(tokens.unitOfWork),
    wired.get(tokens.persistence),
    wired.get(tokens.metrics),
    wired.get(tokens.logger),
    wired.get(tokens.people),
    wired.get(tokens.ids),
    wired.get(tokens.limiter),
    wired.get(tokens.settings),
  ]);
  const [breakers, billing, { ping }] = await Promise.all([
    wired.get(tokens.breakers),
    wired.get(tokens.billingBreaker),
    wired.get(tokens.openSignals),
  ]);
  const sold = settings.billing !== null;
  const { simulatedShops } = settings;
  const ready = readiness({ persistence, breakers, billing, redis: ping, now: () => performance.now() });
  return { useCases, unitOfWork, persistence, metrics, logger, people, ids, limiter, sold, simulatedShops, ready };
};

type Parts = Awaited<ReturnType<typeof partsOf>>;

const losing =
  (logger: Parts['logger']) =>
  (error: unknown): void =>
    logger.warn({ err: loggable(error) }, 'a nudge was lost: the next sweep takes it up');

/** Whatever is committed with events, by whomever, is handed on at once, and what it does to stock is shown in the shops. */
const wakeRelay = ({ persistence, logger }: Parts, closing: Closing): void => {
  const waking = (job: string) => {
    const wakes = pacedWakes({
      wake: (organizationIds) => persistence.wake(job, organizationIds),
      after: (pauseMs, call) => void setTimeout(call, pauseMs).unref(),
      report: losing(logger),
    });
    closing.push(wakes.stop);
    return wakes.ask;
  };
  persistence.hearEvents(waking('outbox'));
  persistence.hearStock(waking('channel_stock'));
};

/** What is shown of a process to whoever looks after it. */
const shownOf = (config: Config, { persistence, metrics, logger, ready }: Parts, departure: Life['departure']) => ({
  readiness: leavingOr(departure, ready),
  expose: async () => {
    const report = (error: unknown): void =>
      logger.warn({ err: loggable(error) }, 'what is stored was not measured: its gauges have no value');
    await measureStores({ persistence, metrics, report });
    return metrics.expose();
  },
  metricsToken: config.metricsToken,
  meter: metrics.meter,
  logger,
  apiPrefix: config.apiPrefix,
  trustedProxies: config.trustedProxies,
});

const showWorker = async (config: Config, parts: Parts, { closing, departure }: Life): Promise<void> => {
  const server = await buildOpsServer(shownOf(config, parts, departure));
  closing.push(() => server.close());
  // biome-ignore lint/nursery/useAwaitThenable: listen() answers a promise when it is given no callback.
  await server.listen({ host: config.host, port: config.metricsPort ?? 0 });
};

const listen = async (
  config: Config,
  parts: Parts,
  { closing, departure }: Life,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const { useCases, unitOfWork, persistence, metrics, logger, people, limiter, sold, simulatedShops } = parts;
  const { signals } = people;
  const lostNudge = losing(logger);
  persistence.hearBatches((orders) => metrics.meter.observe('order_batch_size', {}, orders));
  const keys = recognisedKeys({
    recognise: useCases.recogniseApiKey,
    noteUse: useCases.noteKeyUse,
    digest: sha256,
    now: () => performance.now(),
    report: (error) => logger.warn({ err: loggable(error) }, "a key's use was not noted"),
  });
  // What a key may do hangs on its maker's role.
  signals.subscribe(ACCESS_CHANGED, () => keys.forget());
  const server = await buildServer({
    ...shownOf(config, parts, departure),
    useCases,
    read: unitOfWork.read,
    tokens: people.tokens,
    accounts: rememberedMembership(persistence.accounts, { signals, now: () => performance.now() }),
    recogniseKey: keys.recognise,
    forgetKeys: keys.forget,
    isLeaving: () => departure.told,
    wake: (job, organizationIds) => void persistence.wake(job, organizationIds).catch(lostNudge),
    nudge: (sweep) => void persistence.nudge(sweep).catch(lostNudge),
    signUp: config.signUp,
    standingOf: sold
      ? rememberedStanding(standingIn({ read: unitOfWork.read, meter: metrics.meter, terms: soldTerms }), {
          signals,
          now: () => performance.now(),
        })
      : alwaysActive,
    terms: sold ? soldTerms : freeTerms,
    billingUrl: `${config.appUrl}/billing`,
    appUrl: config.appUrl,
    now: () => new Date(),
    corsOrigins: config.corsOrigins,
    pressure: { eventLoopDelayMs: config.pressureDelayMs, heapBytes: getHeapStatistics().heap_size_limit * HEAP_SHARE },
    limits: { limiter, sizes: config.limits, pause: (milliseconds) => delay(milliseconds, undefined, { ref: false }) },
    ...(simulatedShops && { simulatedShops }),
    version: '0.1.0',
  });
  passRoutes(
    config.environment,
    routeTable(server).map(({ url }) => url),
  );
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= server.close().then(() => undefined);
    return closed;
  };
  closing.push(close);
  // biome-ignore lint/nursery/useAwaitThenable: listen() answers a promise when it is given no callback.
  const url = await server.listen({ host: config.host, port: config.port });
  // Whoever waits for the line that says so needn't wait for the block to fill.
  logger.flush();
  return { url, close };
};

const startJobs = async (
  { useCases, unitOfWork, persistence, metrics, logger, people, ids }: Parts,
  closing: Closing,
): Promise<void> => {
  const report = (job: string, error: unknown): void => {
    metrics.meter.count('job_failures_total', { job_name: job });
    logger.error({ job, err: loggable(error) }, 'a job failed');
  };
  const webhooks = webhookCalls({ useCases, wake: persistence.wake, report: (error) => report('webhooks', error) });
  closing.push(webhooks.stop);
  const { jobs, sweeps } = backgroundJobs({
    useCases,
    unitOfWork,
    doors: persistence.doors,
    organizations: persistence.organizations,
    wake: persistence.wake,
    nudge: persistence.nudge,
    now: Date.now,
    meter: metrics.meter,
    accountRequests: persistence.accountRequests,
    subscribers: subscribersOf({
      ...people,
      unitOfWork,
      ids,
      beginTelling: (organizationId) => persistence.wake('fulfilments', [organizationId]),
    }),
    keeper: keeperOf({ ids }),
    beginWebhooks: webhooks.begin,
  });
  const running = await persistence.runJobs(jobs, sweeps, ({ job, error }) => report(job, error));
  closing.push(running.stop);
};
