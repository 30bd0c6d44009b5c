import {
  accessOf,
  type BilledSubscription,
  type BillingProvider,
  countingOf,
  type IdSource,
  OrganizationId,
  type Purchase,
  trialFrom,
} from '@rappit/domain';
import { daysLater } from '../fakes/billing/billing-books.js';
import type { ContractCase } from './contract.js';
import { expectEqual, expectOk, expectRefused, expectThat } from './expecting.js';
import { allPages } from './paging.js';

export type BillingWorld = {
  readonly provider: BillingProvider;
  readonly ids: IdSource;
  /** By the provider's clock. */
  readonly now: () => Promise<Date>;
  /** Somebody opens the page of a checkout and pays, with a card that works. Doing it again does nothing. */
  readonly pay: (url: string) => Promise<void>;
  /** The payments of a subscription failed as often as they were tried, and it stopped. */
  readonly giveUp: (customerId: string) => Promise<void>;
  /** Nothing is done and nothing answered until it is mended. */
  readonly breakDown: () => Promise<void>;
  readonly mend: () => Promise<void>;
};

const newCustomer = async ({ provider, ids }: BillingWorld) => {
  const organizationId = OrganizationId(ids.next());
  const payer = { organizationId, name: 'Teahouse', email: null };
  return { payer, organizationId, customerId: expectOk(await provider.customerOf(payer), 'becoming a customer') };
};

type Customer = Awaited<ReturnType<typeof newCustomer>>;

const purchase = ({ ids }: BillingWorld, { customerId, organizationId }: Customer, facts: Partial<Purchase> = {}): Purchase => ({
  customerId,
  organizationId,
  plan: 'growth',
  trialEndsAt: null,
  successUrl: 'https://app.example.com/paid',
  cancelUrl: 'https://app.example.com/plans',
  key: ids.next(),
  ...facts,
});

const buy = async (world: BillingWorld, customer: Customer, facts: Partial<Purchase> = {}): Promise<BilledSubscription> => {
  const page = expectOk(await world.provider.checkout(purchase(world, customer, facts)), 'a page to pay on');
  await world.pay(page.url);
  const bought = countingOf(await billedTo(world, customer));
  expectThat(bought !== null, 'something was bought');
  return bought;
};

const billedTo = async ({ provider }: BillingWorld, { customerId }: Customer): Promise<readonly BilledSubscription[]> =>
  expectOk(await provider.subscriptionsOf(customerId), 'what a customer has');

export const billingContract: readonly ContractCase<BillingWorld>[] = [
  {
    promise: 'makes an organization one customer, however often and however many at once ask for it',
    keeps: async (world) => {
      const [ours, theirs] = [await newCustomer(world), await newCustomer(world)];
      expectThat(ours.customerId !== theirs.customerId, 'two organizations are two customers');
      const payer = { organizationId: OrganizationId(world.ids.next()), name: 'Teahouse', email: null };
      const asked = await Promise.all([1, 2, 3].map(() => world.provider.customerOf(payer)));
      const ids = asked.map((one) => expectOk(one, 'becoming a customer'));
      expectEqual(new Set(ids).size, 1, 'different customers of one organization');
      expectEqual(await billedTo(world, ours), [], 'what a new customer has');
    },
  },
  {
    promise: 'sells on its page and not before, what was asked for, and once',
    keeps: async (world) => {
      const customer = await newCustomer(world);
      const wanted = purchase(world, customer, { plan: 'scale' });
      const pages = [await world.provider.checkout(wanted), await world.provider.checkout(wanted)].map((one) =>
        expectOk(one, 'a page'),
      );
      expectEqual(pages[0], pages[1], 'the page, asked for twice under one key');
      expectEqual(await billedTo(world, customer), [], 'what is billed before somebody pays');
      for (const { url } of pages) await world.pay(url);
      const billed = await billedTo(world, customer);
      const now = await world.now();
      expectEqual(
        billed.map(({ status, plan, endsAt }) => [status, plan, endsAt]),
        [['active', 'scale', null]],
        'what was bought',
      );
      expectThat(
        billed.every(({ periodStartsAt, periodEndsAt }) => periodStartsAt <= now && now < periodEndsAt),
        'the period is now',
      );
      const standing = { ...trialFrom(daysLater(now, -100)), billed: countingOf(billed) };
      expectEqual(accessOf(standing, now), 'full', 'what whoever paid may do');
    },
  },
  {
    promise: 'sells on the page that was asked for last alone, and opens one again that was closed by another',
    keeps: async (world) => {
      const customer = await newCustomer(world);
      const [growth, starter] = [purchase(world, customer), purchase(world, customer, { plan: 'starter' })];
      const pageOf = async (wanted: Purchase) => expectOk(await world.provider.checkout(wanted), 'a page').url;
      const [first, second] = [await pageOf(growth), await pageOf(starter)];
      await world.pay(first);
      expectEqual(await billedTo(world, customer), [], 'what is billed when the first page is paid on');
      const again = await pageOf(growth);
      for (const page of [second, again, second]) await world.pay(page);
      expectEqual(
        (await billedTo(world, customer)).map(({ plan }) => plan),
        ['growth'],
        'what is billed when all are paid on',
      );
    },
  },
  {
    promise: 'leaves what is left of a trial unpaid',
    keeps: async (world) => {
      const customer = await newCustomer(world);
      const trialEndsAt = daysLater(await world.now(), 5);
      trialEndsAt.setMilliseconds(0);
      const bought = await buy(world, customer, { trialEndsAt });
      expectEqual([bought.status, bought.trialEndsAt], ['trialing', trialEndsAt], 'what was bought');
    },
  },
  {
    promise: 'changes the plan, ends with the period what is not wanted any more, and takes that back',
    keeps: async (world) => {
      const customer = await newCustomer(world);
      const { provider } = world;
      const bought = await buy(world, customer);
      expectEqual(expectOk(await provider.changePlan(bought.id, 'starter'), 'a smaller plan').plan, 'starter', 'the plan');
      for (const _ of ['once', 'again']) {
        const ending = expectOk(await provider.cancelAtPeriodEnd(bought.id), 'ending it');
        expectEqual([ending.status, ending.endsAt], ['active', bought.periodEndsAt], 'what it is until then');
      }
      expectEqual(
        await billedTo(world, customer),
        [{ ...bought, plan: 'starter', endsAt: bought.periodEndsAt }],
        'what is billed',
      );
      expectEqual(expectOk(await provider.resume(bought.id), 'going on').endsAt, null, 'the end');
      expectEqual(await billedTo(world, customer), [{ ...bought, plan: 'starter' }], 'what is billed in the end');
    },
  },
  {
    promise: 'ends what has stopped, and leaves what goes on and what is over',
    keeps: async (world) => {
      const customer = await newCustomer(world);
      const { provider } = world;
      const bought = await buy(world, customer);
      expectOk(await provider.endStopped(bought.id), 'ending what goes on');
      expectEqual(await billedTo(world, customer), [bought], 'what goes on');
      await world.giveUp(customer.customerId);
      const stopped = { ...bought, status: 'unpaid' };
      expectEqual(await billedTo(world, customer), [stopped], 'what stopped');
      for (const _ of ['once', 'again']) expectOk(await provider.endStopped(bought.id), 'ending what stopped');
      expectEqual(await billedTo(world, customer), [{ ...stopped, status: 'canceled' }], 'what is over');
    },
  },
  {
    promise: 'lists what was invoiced to a customer, newest first, page by page, and a page to see more on',
    keeps: async (world) => {
      const [customer, other] = [await newCustomer(world), await newCustomer(world)];
      for (let count = 0; count < 3; count += 1) await buy(world, customer);
      const invoices = await allPages(2, async (page) =>
        expectOk(await world.provider.invoicesOf(customer.customerId, page), 'a page of invoices'),
      );
      expectEqual(new Set(invoices.map(({ id }) => id)).size, 3, 'different invoices');
      const times = invoices.map(({ createdAt }) => createdAt.getTime());
      expectEqual(
        times,
        [...times].sort((one, other) => other - one),
        'their order',
      );
      expectThat(
        invoices.every(({ totalMinor, currency }) => totalMinor > 0 && /^[A-Z]{3}$/.test(currency)),
        'each is an amount',
      );
      expectEqual(
        await world.provider.invoicesOf(other.customerId, { limit: 5 }),
        { ok: true, value: { data: [], nextCursor: null } },
        "another's",
      );
      const portal = expectOk(
        await world.provider.portal(customer.customerId, 'https://app.example.com'),
        'a page to change cards on',
      );
      expectThat(URL.canParse(portal.url), 'it has an address');
    },
  },
  {
    promise: 'refuses what concerns nobody',
    keeps: async (world) => {
      const nobody = { ...(await newCustomer(world)), customerId: 'cus_nobody' };
      const answers = [
        await world.provider.subscriptionsOf('cus_nobody'),
        await world.provider.checkout(purchase(world, nobody)),
        await world.provider.portal('cus_nobody', 'https://app.example.com'),
        await world.provider.changePlan('sub_nobody', 'growth'),
        await world.provider.cancelAtPeriodEnd('sub_nobody'),
        await world.provider.resume('sub_nobody'),
        await world.provider.endStopped('sub_nobody'),
        await world.provider.invoicesOf('cus_nobody', { limit: 5 }),
      ];
      for (const answer of answers) expectRefused(answer, 'billing.refused', 'asking for what is not there');
    },
  },
  {
    promise: 'answers an outage, and afterwards what there was before',
    keeps: async (world) => {
      const customer = await newCustomer(world);
      const bought = await buy(world, customer);
      await world.breakDown();
      const answers = [
        await world.provider.customerOf(customer.payer),
        await world.provider.subscriptionsOf(customer.customerId),
        await world.provider.cancelAtPeriodEnd(bought.id),
      ];
      for (const answer of answers) expectRefused(answer, 'billing.unavailable', 'asking during an outage');
      await world.mend();
      expectEqual(await billedTo(world, customer), [bought], 'what is billed');
    },
  },
];
