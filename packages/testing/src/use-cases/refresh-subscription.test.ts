import {
  type BillingProvider,
  decidePlacements,
  err,
  fewestLocations,
  OrganizationId,
  ok,
  refreshSubscription,
} from '@rappit/domain';
import { type FakeBilling, fakeBilling, fakeClock, fakeIds, memoryPersistence } from '../fakes/index.js';

const scene = async () => {
  const [ids, clock, billing] = [fakeIds(), fakeClock(), fakeBilling()];
  const { unitOfWork } = memoryPersistence({ now: clock.now, decide: decidePlacements({ ids, policy: fewestLocations }) });
  const organizationId = OrganizationId(ids.next());
  await unitOfWork.run(organizationId, async ({ organization, now }) =>
    ok(await organization.open({ id: organizationId, name: 'Teahouse', createdAt: now })),
  );
  const refresh = refreshSubscription({ unitOfWork, provider: billing.provider, ids });
  const read = () => unitOfWork.read(organizationId, ({ subscriptions }) => subscriptions.find());
  const told = () => unitOfWork.read(organizationId, async ({ billingAudit }) => (await billingAudit.list({ limit: 50 })).data);
  const becomeCustomer = async (): Promise<string> => {
    const customer = await billing.provider.customerOf({ organizationId, name: 'Teahouse', email: null });
    if (!customer.ok) throw new Error(customer.error.code);
    await unitOfWork.run(organizationId, async ({ subscriptions }) =>
      ok(await subscriptions.save({ ...(await subscriptions.lock()), customerId: customer.value })),
    );
    return customer.value;
  };
  return { ids, billing, unitOfWork, organizationId, refresh, read, told, becomeCustomer };
};

const buys = { kind: 'buy', plan: 'growth', trialEndsAt: null } as const;

it('asks nobody about an organization that never wanted to pay', async () => {
  const { refresh, organizationId, read } = await scene();
  expect(await refresh(organizationId, 'nightly')).toEqual(ok('unasked'));
  expect(await read()).toMatchObject({ asked: 0, customerId: null });
});

it('keeps what the provider has, and writes each change down once, with its cause', async () => {
  const { refresh, organizationId, billing, read, told, becomeCustomer } = await scene();
  const customerId = await becomeCustomer();
  billing.step(customerId, buys);
  expect(await refresh(organizationId, 'customer.subscription.created')).toEqual(ok('changed'));
  expect(await refresh(organizationId, 'invoice.paid')).toEqual(ok('same'));
  billing.step(customerId, { kind: 'cancelNow' });
  expect(await refresh(organizationId, 'nightly')).toEqual(ok('changed'));
  expect(await read()).toMatchObject({ asked: 3, heard: 3, billed: { status: 'canceled' } });
  expect((await told()).map(({ cause, from, to }) => [cause, from?.status, to?.status])).toEqual([
    ['nightly', 'active', 'canceled'],
    ['customer.subscription.created', undefined, 'active'],
  ]);
});

it('keeps the answer to the later of two questions, though it came first', async () => {
  const { ids, unitOfWork, organizationId, billing, read, told, becomeCustomer } = await scene();
  const customerId = await becomeCustomer();
  billing.step(customerId, buys);
  const slow = answeringLater(billing);
  const first = refreshSubscription({ unitOfWork, ids, provider: slow })(organizationId, 'slow');
  await slow.asked;
  billing.step(customerId, { kind: 'cancelNow' });
  expect(await refreshSubscription({ unitOfWork, ids, provider: billing.provider })(organizationId, 'quick')).toEqual(
    ok('changed'),
  );
  slow.answer();
  expect(await first).toEqual(ok('outdated'));
  expect(await read()).toMatchObject({ asked: 2, heard: 2, billed: { status: 'canceled' } });
  expect(await told()).toHaveLength(1);
});

it('keeps what it knew while the provider is away', async () => {
  const { refresh, organizationId, billing, read, becomeCustomer } = await scene();
  billing.step(await becomeCustomer(), buys);
  await refresh(organizationId, 'customer.subscription.created');
  billing.breakDown();
  expect(await refresh(organizationId, 'nightly')).toEqual(err({ code: 'billing.unavailable' }));
  expect(await read()).toMatchObject({ asked: 2, heard: 1, billed: { status: 'active' } });
  billing.mend();
  expect(await refresh(organizationId, 'nightly')).toEqual(ok('same'));
});

it('ends what stopped beside what is paid for, and tries that again while it could not be done', async () => {
  const { ids, unitOfWork, refresh, organizationId, billing, read, becomeCustomer } = await scene();
  const customerId = await becomeCustomer();
  const statuses = async () => {
    const all = await billing.provider.subscriptionsOf(customerId);
    return all.ok ? all.value.map(({ status }) => status) : [];
  };
  billing.step(customerId, buys);
  billing.step(customerId, { kind: 'giveUp' });
  expect(await refresh(organizationId, 'nightly')).toEqual(ok('changed'));
  expect(await statuses()).toEqual(['unpaid']);
  billing.step(customerId, buys);
  const endStopped = async () => err({ code: 'billing.unavailable' as const });
  const spoiled = refreshSubscription({ unitOfWork, ids, provider: { ...billing.provider, endStopped } });
  expect(await spoiled(organizationId, 'invoice.paid')).toEqual(err({ code: 'billing.unavailable' }));
  expect(await read()).toMatchObject({ billed: { status: 'active' } });
  expect(await refresh(organizationId, 'invoice.paid')).toEqual(ok('same'));
  expect(await statuses()).toEqual(['canceled', 'active']);
});

/** Looks at once, and answers what it saw when it is told to. */
const answeringLater = ({ provider }: FakeBilling) => {
  let answer = (): void => undefined;
  let wasAsked = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    wasAsked = resolve;
  });
  const mayAnswer = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const subscriptionsOf: BillingProvider['subscriptionsOf'] = async (customerId) => {
    const seen = await provider.subscriptionsOf(customerId);
    wasAsked();
    await mayAnswer;
    return seen;
  };
  return { ...provider, subscriptionsOf, asked, answer: () => answer() };
};

it('hands a conflict on, so that whoever asked may ask again, and takes none for a fault of ours', async () => {
  const { ids, unitOfWork, organizationId, billing, becomeCustomer } = await scene();
  await becomeCustomer();
  const conflict = err({ code: 'store.conflict' as const });
  for (const meets of [1, 2]) {
    let runs = 0;
    const busy: typeof unitOfWork = {
      read: unitOfWork.read,
      run: (...work) => {
        runs += 1;
        return runs === meets ? Promise.resolve(conflict) : unitOfWork.run(...work);
      },
    };
    const refresh = refreshSubscription({ unitOfWork: busy, provider: billing.provider, ids });
    expect(await refresh(organizationId, 'changed')).toEqual(conflict);
    expect(await refresh(organizationId, 'changed')).toMatchObject({ ok: true });
  }
});
