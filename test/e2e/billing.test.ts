import { type SignedEvent, type StripeSimulator, startStripeSimulator } from '@rappit/simulators/stripe';
import pg from 'pg';
import { freshDatabase } from '../database.js';
import { SECRET } from '../markers.js';
import { type Answer, type ApiClient, insist, registered } from './api-client.js';
import { type AppProcess, startProcess } from './app-process.js';

const prices = { starter: 'price_starter', growth: 'price_growth', scale: 'price_scale' };
const webhookSecret = `whsec_${SECRET}`;

/** A merchant whose trial is over, with Stripe on the loopback and its own library talking to it. */
describe('paying for it', () => {
  let stripe: StripeSimulator;
  let admin: pg.Client;
  let app: AppProcess;
  let environment: Readonly<Record<string, string>>;
  beforeAll(async () => {
    stripe = await startStripeSimulator({ webhookSecret, prices: Object.values(prices) });
    const { appUrl, doorUrl, superuserUrl } = await freshDatabase();
    admin = new pg.Client(superuserUrl);
    await admin.connect();
    environment = {
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      DATABASE_URL: appUrl,
      DATABASE_DOOR_URL: doorUrl,
      JWT_SECRET: `${SECRET} `.repeat(8),
      CREDENTIAL_KEY: Buffer.alloc(32, 7).toString('base64'),
      STRIPE_SECRET_KEY: `sk_test_${SECRET}`,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      STRIPE_PRICE_STARTER: prices.starter,
      STRIPE_PRICE_GROWTH: prices.growth,
      STRIPE_PRICE_SCALE: prices.scale,
      STRIPE_URL: `http://127.0.0.1:${stripe.server.port}`,
    };
    app = await startProcess(environment);
  });
  afterAll(async () => {
    await app.kill('SIGTERM');
    await admin.end();
    await stripe.close();
  });

  /** An organization that may still be remembered as one that has access, for a second. */
  const suspended = async (): Promise<ApiClient> => {
    const shop = await registered(app);
    const { id } = await shop.get<{ id: string }>('/organization');
    await admin.query(
      `INSERT INTO subscriptions (organization_id, trial_ends_at) VALUES ($1, now() - interval '1 day')
       ON CONFLICT (organization_id) DO UPDATE SET trial_ends_at = excluded.trial_ends_at`,
      [id],
    );
    // As if it had been sold here for long.
    await admin.query(`UPDATE selling_since SET at = now() - interval '1000 hours'`);
    await untilStatus(402, () => write(shop));
    return shop;
  };
  let count = 0;
  const write = (shop: ApiClient): Promise<Answer> => {
    count += 1;
    return insist(shop, '/items', { sku: `SKU-${count}`, name: 'Mug' });
  };
  const buy = async (shop: ApiClient): Promise<readonly SignedEvent[]> => {
    const page = await insist(shop, '/billing/checkout', { plan: 'growth' });
    const paid = await fetch(String(page.body['url']), { method: 'POST', redirect: 'manual' });
    expect([page.status, paid.status, paid.headers.get('location')]).toEqual([200, 303, expect.stringContaining('?bought=cs_')]);
    return stripe.events();
  };
  /** Whether it has its orders and its goods as files. */
  const exported = (shop: ApiClient): Promise<readonly number[]> =>
    Promise.all(
      ['/orders', '/items'].map(async (path) => {
        const headers = { authorization: `Bearer ${shop.token}`, accept: 'text/csv' };
        return (await fetch(`${app.apiUrl}${path}`, { headers })).status;
      }),
    );
  const tell = async ({ body, signature }: SignedEvent): Promise<number> => {
    const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
    return (await fetch(`${app.apiUrl}/webhooks/stripe`, { method: 'POST', body, headers })).status;
  };

  it('lets whoever is suspended sign in, read, pay, and write again within one webhook', async () => {
    const shop = await suspended();
    expect((await write(shop)).body).toMatchObject({
      code: 'subscription.inactive',
      subscriptionStatus: 'suspended',
      billingUrl: expect.stringMatching(/\/billing$/),
    });
    const { user } = await shop.get<{ user: { email: string } }>('/auth/me');
    const signIn = { email: user.email, password: 'a long enough wombat' };
    expect((await insist(shop, '/auth/login', signIn)).status).toBe(200);
    await shop.get('/orders');
    await shop.get('/items');
    expect(await exported(shop)).toEqual([200, 200]);
    const [event] = await buy(shop);
    expect((await write(shop)).status).toBe(402);
    expect(event && (await tell(event))).toBe(200);
    await untilStatus(201, () => write(shop));
    expect(await shop.get('/billing/subscription')).toMatchObject({ status: 'active', access: 'full', plan: 'growth' });
    expect(await shop.get('/billing/invoices')).toMatchObject({ data: [{ status: 'paid' }] });
    expect(await shop.get('/billing/audit')).toMatchObject({ data: [{ from: null, to: { status: 'active', plan: 'growth' } }] });
    expect((await insist(shop, '/billing/portal', undefined)).status).toBe(200);
  });

  it('loses no event that was answered, when it is killed before it could ask', async () => {
    const shop = await suspended();
    const [event] = await buy(shop);
    stripe.breakDown();
    expect(event && (await tell(event))).toBe(200);
    await app.kill('SIGKILL');
    stripe.mend();
    app = await startProcess(environment);
    // As if the time had passed for which somebody else might be at it, or after which it is tried again.
    await admin.query(`UPDATE inbox SET due_at = now() WHERE source_id LIKE 'billing:%' AND status = 'due'`);
    // Nothing is sent again: the sweep finds it, which is only spared the rest of its minute here.
    await admin.query(`SELECT graphile_worker.add_job('sweep_inbox')`);
    await untilStatus(201, () => write(shop.at(app)));
    const { rows } = await admin.query(`SELECT count(*)::integer AS kept FROM inbox WHERE source_id LIKE 'billing:%'`);
    expect(rows).toEqual([{ kept: 2 }]);
  });
});

const untilStatus = async (status: number, ask: () => Promise<Answer>): Promise<void> => {
  while ((await ask()).status !== status);
};
