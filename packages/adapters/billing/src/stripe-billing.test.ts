import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OrganizationId, type Payer } from '@rappit/domain';
import { type StripeSimulator, startStripeSimulator } from '@rappit/simulators/stripe';
import Stripe from 'stripe';
import { type StripeFault, stripeBilling, stripeEventReader } from './index.js';
import { prices } from './stripe.test-kit.js';

const webhookSecret = 'whsec_SECRET';
const payer: Payer = { organizationId: OrganizationId('019b8d9d-0000-7000-8000-000000000001'), name: 'Teahouse', email: null };
let simulator: StripeSimulator;
beforeEach(async () => {
  simulator = await startStripeSimulator({ webhookSecret, prices: Object.values(prices) });
});
afterEach(() => simulator.close());

const bought = async () => {
  const provider = stripeBilling({ secretKey: 'sk_test_SECRET', prices, server: simulator.server });
  const customer = await provider.customerOf(payer);
  if (!customer.ok) throw new Error(customer.error.code);
  const page = await provider.checkout({
    customerId: customer.value,
    organizationId: payer.organizationId,
    plan: 'growth',
    trialEndsAt: null,
    successUrl: 'https://app.example.com/paid',
    cancelUrl: 'https://app.example.com/plans',
    key: 'checkout-1',
  });
  if (!page.ok) throw new Error(page.error.code);
  simulator.pay(page.value.url);
  return { provider, customerId: customer.value };
};

it('tells since when a subscription is unpaid by its oldest open invoice', async () => {
  const { provider, customerId } = await bought();
  simulator.setCard(false);
  simulator.passDays(30);
  const failedAt = simulator.now();
  simulator.passDays(5);
  const owing = await provider.subscriptionsOf(customerId);
  const unpaidSince = owing.ok ? owing.value[0]?.unpaidSince : null;
  expect(owing).toMatchObject({ ok: true, value: [{ status: 'past_due', plan: 'growth' }] });
  expect(Math.abs((unpaidSince?.getTime() ?? 0) - failedAt.getTime())).toBeLessThan(3_600_000);
  simulator.setCard(true);
  expect(await provider.subscriptionsOf(customerId)).toMatchObject({ value: [{ status: 'active', unpaidSince: null }] });
});

it('makes a customer of whoever has an e-mail address that Stripe does not take', async () => {
  const provider = stripeBilling({ secretKey: 'sk_test_SECRET', prices, server: simulator.server });
  const made = await provider.customerOf({ ...payer, email: 'mina@büro.example' });
  expect(made).toEqual({ ok: true, value: expect.stringMatching(/^cus_/) });
  expect(await provider.customerOf({ ...payer, email: 'mina@quokka.example' })).toEqual(made);
});

it('finds the customer of an organization again when Stripe has forgotten the key that it was made under', async () => {
  const provider = stripeBilling({ secretKey: 'sk_test_SECRET', prices, server: simulator.server });
  const made = await provider.customerOf(payer);
  simulator.forgetKeys();
  expect(await provider.customerOf(payer)).toEqual(made);
  const other = { ...payer, organizationId: OrganizationId('019b8d9d-0000-7000-8000-000000000002') };
  expect(await provider.customerOf(other)).not.toEqual(made);
});

it('makes a customer although Stripe failed once, and keeps the fault under the key for a day', async () => {
  const provider = stripeBilling({ secretKey: 'sk_test_SECRET', prices, server: simulator.server });
  simulator.spoilNext();
  const made = await provider.customerOf(payer);
  expect(made).toEqual({ ok: true, value: expect.stringMatching(/^cus_/) });
  expect(await provider.customerOf(payer)).toEqual(made);
});

it('opens a page under a key as long as any that we take', async () => {
  const { provider, customerId } = await bought();
  const wish = { customerId, organizationId: payer.organizationId, plan: 'growth', trialEndsAt: null } as const;
  const urls = { successUrl: 'https://app.example.com/paid', cancelUrl: 'https://app.example.com/plans' };
  const pageUnder = (key: string) => provider.checkout({ ...wish, ...urls, key });
  const long = 'k'.repeat(500);
  const page = await pageUnder(long);
  expect(page).toMatchObject({ ok: true });
  expect(await pageUnder(long)).toEqual(page);
  expect(await pageUnder(`${long}2`)).not.toEqual(page);
});

it('takes back an end that is a day of its own, as somebody wishes at Stripe', async () => {
  const { provider, customerId } = await bought();
  const before = await provider.subscriptionsOf(customerId);
  const id = (before.ok && before.value[0]?.id) || '';
  const stripe = new Stripe('sk_test_SECRET', { ...simulator.server, telemetry: false });
  const day = Math.floor(simulator.now().getTime() / 1_000) + 86_400;
  await stripe.subscriptions.update(id, { cancel_at: day });
  expect(await provider.subscriptionsOf(customerId)).toMatchObject({ value: [{ endsAt: new Date(day * 1_000) }] });
  for (const _ of ['once', 'again']) expect(await provider.resume(id)).toMatchObject({ ok: true, value: { endsAt: null } });
  expect(await provider.subscriptionsOf(customerId)).toEqual(before);
});

it('has it over when the end that was wanted has come', async () => {
  const { provider, customerId } = await bought();
  const before = await provider.subscriptionsOf(customerId);
  const id = before.ok ? before.value[0]?.id : undefined;
  await provider.cancelAtPeriodEnd(id ?? '');
  simulator.passDays(30);
  expect(await provider.subscriptionsOf(customerId)).toMatchObject({ value: [{ status: 'canceled' }] });
  expect(await provider.resume(id ?? '')).toMatchObject({ ok: false, error: { code: 'billing.refused' } });
});

it('is told of everything by events that it can read', async () => {
  const { customerId } = await bought();
  const read = stripeEventReader({ webhookSecrets: [webhookSecret], livemode: false });
  const events = simulator
    .events()
    .map(({ body, signature }) => read({ body: Buffer.from(body), signature, receivedAt: new Date() }));
  expect(events.length).toBeGreaterThan(0);
  for (const event of events) expect(event).toMatchObject({ ok: true, value: { customerId } });
  expect(simulator.events()).toEqual([]);
});

it('answers that Stripe is away when nobody listens there', async () => {
  const nowhere = { protocol: 'http', host: '127.0.0.1', port: simulator.server.port } as const;
  await simulator.close();
  const provider = stripeBilling({ secretKey: 'sk_test_SECRET', prices, server: nowhere, timeoutMs: 2_000 });
  expect(await provider.customerOf(payer)).toEqual({ ok: false, error: { code: 'billing.unavailable' } });
});

const idOf = (told: Awaited<ReturnType<ReturnType<typeof stripeBilling>['subscriptionsOf']>>): string =>
  (told.ok && told.value[0]?.id) || 'nothing was bought';

it('gives a larger plan when it is paid for, and a smaller one at once', async () => {
  const { provider, customerId } = await bought();
  const id = idOf(await provider.subscriptionsOf(customerId));
  const bills = async () => {
    const page = await provider.invoicesOf(customerId, { limit: 10 });
    return page.ok && page.value.data.map(({ status }) => status);
  };
  simulator.setCard(false);
  expect(await provider.changePlan(id, 'scale')).toMatchObject({ ok: true, value: { plan: 'growth', status: 'active' } });
  expect(await bills()).toEqual(['open', 'paid']);
  expect(await provider.changePlan(id, 'starter')).toMatchObject({ ok: true, value: { plan: 'starter' } });
  expect(await bills()).toEqual(['open', 'paid']);
  simulator.setCard(true);
  expect(await provider.changePlan(id, 'scale')).toMatchObject({ ok: true, value: { plan: 'scale' } });
});

it('reports calls that come to nothing for a reason of ours or of Stripe’s, and no refusal', async () => {
  const faults: StripeFault[] = [];
  const report = (fault: StripeFault) => void faults.push(fault);
  const provider = stripeBilling({ secretKey: 'sk_test_SECRET', prices, server: simulator.server, report });
  expect(await provider.portal('cus_nobody', 'https://app.example.com')).toMatchObject({ error: { code: 'billing.refused' } });
  expect(faults).toEqual([]);
  simulator.breakDown();
  expect(await provider.portal('cus_nobody', 'https://app.example.com')).toMatchObject({
    error: { code: 'billing.unavailable' },
  });
  expect(faults).toEqual([{ type: expect.stringMatching(/^Stripe/), code: null, status: expect.anything(), requestId: null }]);
});

it('gives an operation up whose answer trickles in without an end', async () => {
  const trickles: NodeJS.Timeout[] = [];
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    trickles.push(setInterval(() => response.write(' '), 10));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const faults: StripeFault[] = [];
  const provider = stripeBilling({
    secretKey: 'sk_test_SECRET',
    prices,
    server: { protocol: 'http', host: '127.0.0.1', port },
    timeoutMs: 1_000,
    report: (fault) => faults.push(fault),
  });
  expect(await provider.subscriptionsOf('cus_1')).toEqual({ ok: false, error: { code: 'billing.unavailable' } });
  expect(faults.map(({ type }) => type)).toEqual(['deadline']);
  for (const trickle of trickles) clearInterval(trickle);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
