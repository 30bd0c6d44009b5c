import { createHmac } from 'node:crypto';
import { freeTerms, plans } from '@rappit/domain';
import { alwaysActive } from '../../remembered-standing.js';
import type { MakeBackend } from './backend.test-kit.js';
import { type Answer, read, refusalIn } from './client.test-kit.js';
import { type Acts, actsOf, type PageShape } from './scene.test-kit.js';
import { type Account, openWorld, PREFIX, WEBHOOK_SECRET, type World } from './world.test-kit.js';

let events = 0;

type Told = { readonly type?: string; readonly id?: string; readonly more?: object };

/** As Stripe tells that something became of a customer's subscription. */
export const eventOf = (customer: string, { type = 'customer.subscription.updated', id, more }: Told = {}): string => {
  events += 1;
  const object = { id: 'sub_1', object: 'subscription', customer };
  return JSON.stringify({ id: id ?? `evt_${events}`, object: 'event', type, livemode: false, data: { object }, ...more });
};

const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

export const signatureOf = (body: string, at = nowSeconds(), secret = WEBHOOK_SECRET): string =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;

/** What an organization pays for, from the first look to the end. */
export const billing = (make: MakeBackend): void => {
  describe('billing', () => {
    let world: World;
    let account: Account;
    let acts: Acts;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    beforeEach(async () => {
      account = await world.signUp();
      acts = actsOf(world, account);
    });
    afterAll(() => world.close());
    const tell = (body: string, signature = signatureOf(body)): Promise<Answer> =>
      world.send('POST', `${PREFIX}/webhooks/stripe`, { raw: body, headers: { 'stripe-signature': signature } });
    const workOff = () => world.useCases.workInbox(account.organizationId);
    const subscription = () => acts.get<Readonly<Record<string, unknown>>>('/billing/subscription');

    it('begins with a trial of fourteen days, in which there is what the middle plan includes', async () => {
      const { createdAt } = await acts.get<{ createdAt: string }>('/organization');
      const trialEndsAt = new Date(Date.parse(createdAt) + 14 * 86_400_000).toISOString();
      expect(await subscription()).toEqual({
        ...{ status: 'trialing', access: 'full', until: trialEndsAt, trialEndsAt, plan: null, limits: plans.growth },
        ...{ periodEndsAt: null, endsAt: null, unpaidSince: null },
      });
      expect(await acts.get('/billing/plans')).toEqual({
        data: (['starter', 'growth', 'scale'] as const).map((id) => ({ id, limits: plans[id] })),
      });
      expect(await acts.get('/billing/invoices')).toEqual({ data: [], nextCursor: null });
    });

    it('opens a page to buy a plan on, and has it when the provider has told so', async () => {
      const page = read<{ url: string }>(await acts.post('/billing/checkout', { plan: 'scale' }));
      world.billing.pay(page.url);
      expect(await subscription()).toMatchObject({ status: 'trialing', plan: null });
      expect((await tell(eventOf(`cus_${account.organizationId}`))).status).toBe(200);
      expect(world.woken().at(-1)).toBe(account.organizationId);
      expect(await workOff()).toBe(1);
      expect(await subscription()).toMatchObject({ access: 'full', plan: 'scale', limits: plans.scale });
      expect(await acts.get('/billing/audit')).toMatchObject({
        data: [{ cause: 'customer.subscription.updated', from: null, to: { plan: 'scale' } }],
        nextCursor: null,
      });
      expect((await acts.get<PageShape<object>>('/billing/invoices')).data).toHaveLength(1);
    });

    it('answers the same page to the same wish', async () => {
      const ask = (key?: string) => acts.post('/billing/checkout', { plan: 'growth' }, key);
      expect((await ask('k-1')).text).toBe((await ask('k-1')).text);
      expect((await ask('k-1')).text).not.toBe((await ask('k-2')).text);
    });

    it('sells no second subscription beside one that goes on', async () => {
      await world.buyPlan(account, 'starter');
      expect(refusalIn(await acts.post('/billing/checkout', { plan: 'scale' }))).toMatchObject({
        status: 409,
        code: 'subscription.exists',
      });
    });

    it('sells anew to whoever stopped paying, and ends what stopped', async () => {
      const customer = await world.buyPlan(account, 'growth');
      world.billing.step(customer, { kind: 'giveUp' });
      await world.useCases.refreshSubscription(account.organizationId, 'nightly');
      const add = () => acts.post('/items', { sku: 'MUG', name: 'Mug' });
      expect(refusalIn(await add())).toMatchObject({ status: 402, code: 'subscription.inactive' });
      const page = read<{ url: string }>(await acts.post('/billing/checkout', { plan: 'starter' }));
      world.billing.pay(page.url);
      expect((await tell(eventOf(customer))).status).toBe(200);
      await workOff();
      expect((await add()).status).toBe(201);
      const all = await world.billing.provider.subscriptionsOf(customer);
      expect(all.ok && all.value.map(({ status }) => status)).toEqual(['canceled', 'active']);
    });

    it('opens the provider’s own pages for whoever bought something', async () => {
      expect(refusalIn(await acts.post('/billing/portal'))).toMatchObject({ status: 409, code: 'subscription.not_bought' });
      await world.buyPlan(account, 'starter');
      expect(read<{ url: string }>(await acts.post('/billing/portal')).url).toMatch(/^https:/);
    });

    it('changes, cancels and resumes what goes on, and nothing else', async () => {
      const patch = (change: object) => acts.ask('PATCH', '/billing/subscription', change);
      expect(refusalIn(await patch({ plan: 'scale' }))).toMatchObject({ status: 409, code: 'subscription.not_bought' });
      await world.buyPlan(account, 'starter');
      expect(read(await patch({ plan: 'scale' }))).toMatchObject({ plan: 'scale', endsAt: null });
      const cancelled = read<{ periodEndsAt: string }>(await patch({ cancelAtPeriodEnd: true }));
      expect(cancelled).toMatchObject({ access: 'full', endsAt: cancelled.periodEndsAt });
      expect(read(await patch({ cancelAtPeriodEnd: false }))).toMatchObject({ plan: 'scale', endsAt: null });
      expect(refusalIn(await patch({}))).toMatchObject({ status: 400 });
      expect((await acts.get<PageShape<{ cause: string }>>('/billing/audit')).data).toHaveLength(4);
    });

    it('says when the provider is away, and changes nothing', async () => {
      world.billing.breakDown();
      const answer = await acts.post('/billing/checkout', { plan: 'growth' });
      world.billing.mend();
      expect(refusalIn(answer)).toMatchObject({ status: 503, code: 'billing.unavailable' });
      expect(answer.headers.get('retry-after')).toBe('30');
    });

    it('suspends nobody where nothing is sold, and says so', async () => {
      const free = await openWorld(make, { terms: freeTerms, standingOf: alwaysActive });
      const there = await free.signUp();
      await free.endTrial(there);
      const { get, post } = actsOf(free, there);
      expect(await get('/billing/subscription')).toMatchObject({ status: 'active', access: 'full', until: null });
      expect(await get('/organization/usage')).toMatchObject({ limits: plans.scale });
      expect((await post('/items', { sku: 'MUG', name: 'Mug' })).status).toBe(201);
      await free.close();
    });

    describe('events', () => {
      let customer: string;
      beforeEach(async () => {
        customer = await world.buyPlan(account, 'growth');
      });
      const counted = (outcome: string): number => world.meter.total('webhook_deliveries_total', { source: 'stripe', outcome });
      const day = 86_400;

      it('are kept once, however often they come', async () => {
        const body = eventOf(customer);
        for (const _ of [1, 2, 3]) expect((await tell(body)).status).toBe(200);
        expect(await workOff()).toBe(1);
      });

      it('that can’t be kept now are answered so, and kept when they come again', async () => {
        const body = eventOf(customer);
        world.gate.failNext(new Error('the disk is full'));
        expect((await tell(body)).status).toBe(500);
        expect(await workOff()).toBe(0);
        expect((await tell(body)).status).toBe(200);
        expect(await workOff()).toBe(1);
      });

      it.each<readonly [string, (body: string) => readonly [string, string], string]>([
        ['unsigned', (body) => [body, ''], 'signature'],
        ['signed with nothing', (body) => [body, signatureOf(body, nowSeconds(), '')], 'signature'],
        ['signed by somebody else', (body) => [body, signatureOf(body, nowSeconds(), 'another wombat')], 'signature'],
        ['signed over other bytes', (body) => [body, signatureOf(`${body} `)], 'signature'],
        ['of yesterday', (body) => [body, signatureOf(body, nowSeconds() - day)], 'age'],
        ['of tomorrow', (body) => [body, signatureOf(body, nowSeconds() + day)], 'age'],
      ])('that are %s are refused, and nothing is kept but a count', async (_, forge, reason) => {
        const outcome = `billing_event.refused.${reason}`;
        const before = counted(outcome);
        expect(refusalIn(await tell(...forge(eventOf(customer))))).toMatchObject({ status: 400, code: 'billing_event.refused' });
        expect([counted(outcome) - before, await workOff()]).toEqual([1, 0]);
      });

      it.each([
        ['another account', { account: 'acct_1' }, 'account'],
        ['where money is real', { livemode: true }, 'account'],
        ['nothing that has a name', { type: '' }, 'unreadable'],
      ])('of %s are refused, and nothing is kept but a count', async (_, more, reason) => {
        const outcome = `billing_event.refused.${reason}`;
        const before = counted(outcome);
        expect(refusalIn(await tell(eventOf(customer, { more })))).toMatchObject({ status: 400, code: 'billing_event.refused' });
        expect([counted(outcome) - before, await workOff()]).toEqual([1, 0]);
      });

      it('of nobody’s customer are taken, and nothing is kept', async () => {
        expect((await tell(eventOf('cus_nobody'))).status).toBe(200);
        expect(await workOff()).toBe(0);
      });

      it('are counted by their types as far as we know them', async () => {
        await tell(eventOf(customer, { type: 'invoice.paid' }));
        await tell(eventOf(customer, { type: `made.up.${events}` }));
        const topics = world.meter.measured().flatMap(({ labels }) => (labels['source'] === 'stripe' ? [labels['topic']] : []));
        expect(topics).toContain('invoice.paid');
        expect(topics.filter((topic) => topic?.startsWith('made'))).toEqual([]);
      });
    });
  });
};
