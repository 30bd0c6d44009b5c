import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type DhlSimulator, startDhlSimulator } from '@rappit/simulators/dhl';
import { type FedexSimulator, startFedexSimulator } from '@rappit/simulators/fedex';
import { type StripeSimulator, startStripeSimulator } from '@rappit/simulators/stripe';
import pg from 'pg';
import { type Declared, declaredMetrics } from '../../packages/adapters/metrics/src/declared-metrics.js';
import { freshDatabase, type TestDatabase } from '../database.js';
import { SECRET } from '../markers.js';
import { startPrometheus, type TestPrometheus } from '../prometheus.js';
import { type ApiClient, insist, registered } from './api-client.js';
import { type AppProcess, startProcess } from './app-process.js';
import { keepScreenshots } from './screenshots.js';
import { dhlKeys, environmentOf, fedexKeys, openShop } from './shipping-shop.js';
import { shownPanels } from './shown-panels.js';

const token = randomBytes(16).toString('hex');
const prices = { starter: 'price_starter', growth: 'price_growth', scale: 'price_scale' };
/** Of one caller within a quarter of an hour: more than any but the one who asks too often needs. */
const PATIENCE = 400;

/** Everything that dashboards show has happened at a server that a real Prometheus scrapes. */
describe('what dashboards show', () => {
  let dhl: DhlSimulator;
  let fedex: FedexSimulator;
  let stripe: StripeSimulator;
  let database: TestDatabase;
  let admin: pg.Client;
  let app: AppProcess;
  let prometheus: TestPrometheus;
  beforeAll(async () => {
    [dhl, fedex] = await Promise.all([startDhlSimulator(dhlKeys), startFedexSimulator(fedexKeys)]);
    stripe = await startStripeSimulator({ webhookSecret: `whsec_${SECRET}`, prices: Object.values(prices) });
    database = await freshDatabase();
    admin = new pg.Client(database.superuserUrl);
    await admin.connect();
    app = await startProcess({
      ...environmentOf({ database, dhl, fedex }),
      METRICS_TOKEN: token,
      // Once left alone, a carrier stays so.
      CARRIER_COOL_DOWN_MS: '3600000',
      RATE_LIMIT_API_USER: `${PATIENCE}/900`,
      STRIPE_SECRET_KEY: `sk_test_${SECRET}`,
      STRIPE_WEBHOOK_SECRET: `whsec_${SECRET}`,
      STRIPE_PRICE_STARTER: prices.starter,
      STRIPE_PRICE_GROWTH: prices.growth,
      STRIPE_PRICE_SCALE: prices.scale,
      STRIPE_URL: `http://127.0.0.1:${stripe.server.port}`,
    });
    prometheus = await startPrometheus(new URL(app.apiUrl).host, token);
  });
  afterAll(async () => {
    await prometheus.stop();
    await app.kill('SIGTERM');
    await admin.end();
    await Promise.all([dhl.close(), fedex.close(), stripe.close()]);
  });

  /** Until it holds, which it does some scrapes later; one that a busy machine didn't answer in time is made up for by the next. */
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    for (let attempt = 0; attempt < 1_000; attempt += 1) {
      if (await holds()) return;
      await delay(100);
    }
    throw new Error('it never held');
  };
  const scrapes = async (): Promise<number> => (await prometheus.ask('sum_over_time(up{job="rappit"}[1h])'))[0]?.value ?? 0;
  /** Resolves when Prometheus has read the page twice more, so that whatever is there has moved or stands. */
  const scrapedAgain = async (): Promise<void> => {
    const before = await scrapes();
    await until(async () => (await scrapes()) >= before + 2);
  };

  const withoutData = async (): Promise<readonly string[]> => {
    const empty: string[] = [];
    for (const { dashboard, panel, query } of shownPanels()) {
      const lines = await prometheus.ask(query);
      if (!lines.some(({ value }) => Number.isFinite(value))) empty.push(`${dashboard} / ${panel}: ${query}`);
    }
    return empty;
  };

  it('comes with data in every line of every panel, and every metric of the design with its labels', async () => {
    const shop = await openShop(app);
    const unpaid = await suspended();
    const impatient = await registered(app);
    await happen({ shop, unpaid, impatient });
    await scrapedAgain();
    await happen({ shop, unpaid, impatient });
    await scrapedAgain();
    let empty: readonly string[] = ['nothing was asked'];
    for (let attempt = 0; attempt < 100 && empty.length > 0; attempt += 1) {
      empty = await withoutData();
      if (empty.length > 0) await delay(200);
    }
    expect(empty).toEqual([]);
    const folder = process.env['RAPPIT_SCREENSHOTS'];
    if (folder) {
      for (let round = 0; round < 5; round += 1) await happen({ shop, unpaid, impatient }).then(scrapedAgain);
      await keepScreenshots(prometheus.url, folder);
    }

    for (const [name, { kind, labels }] of Object.entries<Declared>(declaredMetrics)) {
      if (name === 'channel_fulfilments_total') continue; // No shop of this test is told of parcels.
      const [line] = await prometheus.ask(`last_over_time(${name}${kind === 'histogram' ? '_count' : ''}[1h])`);
      const own = Object.keys(line?.metric ?? {}).filter((label) => !['__name__', 'instance', 'job'].includes(label));
      expect([name, own.toSorted()]).toEqual([name, [...labels].toSorted()]);
    }
  });

  const sumOf = async (series: string): Promise<number | undefined> =>
    (await prometheus.ask(`sum(last_over_time(${series}[1h]))`))[0]?.value;

  it('shows what happened as it was: who was turned away, what carriers did', async () => {
    expect(await sumOf('http_requests_total{status_code="429"}')).toBe(await sumOf('rate_limit_blocks_total'));
    expect(await sumOf('http_requests_total{status_code="402"}')).toBe(await sumOf('subscription_blocks_total'));
    expect(await sumOf('carrier_breaker_state{carrier="dhl"}')).toBe(2);
    expect(await sumOf('carrier_breaker_state{carrier="fedex"}')).toBe(0);
  });

  it('shows that the books hold once they were reconciled, and by how much they differ when somebody has changed them (I10)', async () => {
    const shown = async () => {
      await admin.query('DELETE FROM reconciliations');
      await admin.query(`SELECT graphile_worker.add_job('reconcile')`);
      const missing = `SELECT FROM organizations WHERE id NOT IN (SELECT organization_id FROM reconciliations)`;
      await until(async () => (await admin.query(missing)).rowCount === 0);
      await scrapedAgain();
      return Promise.all(
        ['inventory_oversold_units', 'inventory_ledger_drift_units', 'inventory_orphaned_reservations'].map(sumOf),
      );
    };
    expect(await shown()).toEqual([0, 0, 0]);
    await admin.query('UPDATE stock_levels SET on_hand = on_hand + 4');
    expect(await shown()).toEqual([0, 4, 0]);
    await admin.query('UPDATE stock_levels SET on_hand = on_hand - 4');
    expect(await shown()).toEqual([0, 0, 0]);
  });

  it('is shown to nobody without the token', async () => {
    for (const headers of [{}, { authorization: `Bearer ${token}x` }])
      expect((await fetch(new URL('/metrics', app.apiUrl), { headers })).status).toBe(401);
  });

  type Scene = { readonly shop: Awaited<ReturnType<typeof openShop>>; readonly unpaid: ApiClient; readonly impatient: ApiClient };

  /** A bit of everything, so that each counter moves each time. */
  const happen = async ({ shop, unpaid, impatient }: Scene): Promise<void> => {
    const { client } = shop;
    const [location] = (await client.get<{ data: readonly { id: string }[] }>('/locations')).data;
    await insist(client, '/inventory/adjustments', { sku: 'MUG', locationId: location?.id, delta: -1, reason: 'damage' });
    await insist(client, '/orders', { currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1_000_000 }] });

    // FedEx fails once among others. DHL fails until nobody asks it any more.
    await buyOf(shop, 'fedex', 2);
    await whileAway(fedex, () => buyOf(shop, 'fedex', 1));
    await buyOf(shop, 'dhl', 2);
    await whileAway(dhl, () => buyOf(shop, 'dhl', 5));
    expect((await unpaid.post('/items', { sku: 'MUG', name: 'Mug' }, randomUUID())).status).toBe(402);
    for (let asked = 0; ; asked += 1) {
      const { status } = await impatient.send('GET', '/items');
      if (status === 429) break;
      expect([status, asked < PATIENCE]).toEqual([200, true]);
    }
    await refused('/webhooks/stripe', { 'stripe-signature': 't=1,v1=x' });
    await refused('/webhooks/dhl', { 'x-webhook-token': 'x' });
    await refused('/webhooks/shopify', {
      'x-shopify-topic': 'orders/create',
      'x-shopify-shop-domain': 'nobody.myshopify.com',
      'x-shopify-webhook-id': randomUUID(),
      'x-shopify-hmac-sha256': 'x',
    });
    // A job about no organization fails whenever it is tried.
    await admin.query(`SELECT graphile_worker.add_job('inbox', '{"organizationId":"nobody"}', max_attempts := 1)`);
  };

  const buyOf = async ({ orders, ship }: Scene['shop'], carrier: string, labels: number): Promise<void> => {
    for (const orderId of await orders(labels)) await ship(orderId, carrier);
  };
  const whileAway = async (vendor: Pick<DhlSimulator, 'breakDown' | 'mend'>, act: () => Promise<void>): Promise<void> => {
    vendor.breakDown('unavailable');
    await act();
    vendor.mend();
  };

  const refused = async (path: string, headers: Readonly<Record<string, string>>): Promise<void> => {
    const answer = await fetch(`${app.apiUrl}${path}`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', ...headers },
    });
    await answer.arrayBuffer();
    expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
  };

  /** An organization whose trial is over; it may still be remembered as one that has access, for a second. */
  const suspended = async (): Promise<ApiClient> => {
    const shop = await registered(app);
    const { id } = await shop.get<{ id: string }>('/organization');
    await admin.query(
      `INSERT INTO subscriptions (organization_id, trial_ends_at) VALUES ($1, now() - interval '1 day')
       ON CONFLICT (organization_id) DO UPDATE SET trial_ends_at = excluded.trial_ends_at`,
      [id],
    );
    await admin.query(`UPDATE selling_since SET at = now() - interval '1000 hours'`);
    const listing = `INSERT INTO channels (organization_id, id, kind, name, shop_domain, status, created_at, access)
      VALUES ($1, $2, 'shopify', 'Shop', 'a-shop.myshopify.com', 'connected', now(), 'oauth')`;
    await admin.query(listing, [id, randomUUID()]);
    await until(async () => (await shop.post('/items', { sku: randomUUID(), name: 'Mug' }, randomUUID())).status === 402);
    return shop;
  };
});
