import {
  changeSubscription,
  decidePlacements,
  err,
  fewestLocations,
  OrganizationId,
  ok,
  refreshSubscription,
} from '@rappit/domain';
import { fakeBilling, fakeClock, fakeIds, memoryPersistence } from '../fakes/index.js';

/** An organization that bought the plan `growth`, and has heard so. */
const scene = async () => {
  const [ids, clock, billing] = [fakeIds(), fakeClock(), fakeBilling()];
  const { provider } = billing;
  const { unitOfWork } = memoryPersistence({ now: clock.now, decide: decidePlacements({ ids, policy: fewestLocations }) });
  const organizationId = OrganizationId(ids.next());
  const customer = await provider.customerOf({ organizationId, name: 'Teahouse', email: null });
  if (!customer.ok) throw new Error(customer.error.code);
  await unitOfWork.run(organizationId, async ({ organization, subscriptions, now }) => {
    await organization.open({ id: organizationId, name: 'Teahouse', createdAt: now });
    return ok(await subscriptions.save({ ...(await subscriptions.lock()), customerId: customer.value }));
  });
  billing.step(customer.value, { kind: 'buy', plan: 'growth', trialEndsAt: null });
  const refresh = refreshSubscription({ unitOfWork, provider, ids });
  await refresh(organizationId, 'bought');
  const kept = () => unitOfWork.read(organizationId, ({ subscriptions }) => subscriptions.find());
  const caller = { organizationId, actor: { kind: 'user', id: 'mina', name: 'Mina' } } as const;
  const audit = async () => (await unitOfWork.read(organizationId, (stores) => stores.audit.list({ limit: 9 }, {}))).data;
  return { audit, billing, unitOfWork, refresh, ids, caller, customerId: customer.value, kept };
};

it('has the plan that was asked for although somebody chose another at the provider meanwhile', async () => {
  const { billing, unitOfWork, refresh, ids, caller, customerId } = await scene();
  billing.step(customerId, { kind: 'changePlan', plan: 'scale' });
  const change = changeSubscription({ unitOfWork, provider: billing.provider, refresh, ids });
  expect(await change(caller, { plan: 'growth' })).toMatchObject({ ok: true, value: { billed: { plan: 'growth' } } });
});

it('learns that it is over from a refusal', async () => {
  const { billing, unitOfWork, refresh, ids, caller, customerId, kept } = await scene();
  billing.step(customerId, { kind: 'cancelNow' });
  const change = changeSubscription({ unitOfWork, provider: billing.provider, refresh, ids });
  expect(await change(caller, { plan: 'scale' })).toMatchObject({ ok: false, error: { code: 'billing.refused' } });
  expect(await kept()).toMatchObject({ billed: { status: 'canceled' } });
  expect(await change(caller, { plan: 'scale' })).toEqual(err({ code: 'subscription.not_bought' }));
});

it('keeps what was done when the rest was not', async () => {
  const { billing, unitOfWork, refresh, ids, caller, kept } = await scene();
  const cancelAtPeriodEnd = async () => err({ code: 'billing.unavailable' as const });
  const change = changeSubscription({ unitOfWork, provider: { ...billing.provider, cancelAtPeriodEnd }, refresh, ids });
  const answer = await change(caller, { plan: 'scale', cancelAtPeriodEnd: true });
  expect(answer).toEqual(err({ code: 'billing.unavailable' }));
  expect(await kept()).toMatchObject({ billed: { plan: 'scale', endsAt: null } });
});

it('writes down who asked for what, and whether it was done', async () => {
  const { billing, unitOfWork, refresh, ids, caller, audit } = await scene();
  const change = changeSubscription({ unitOfWork, provider: billing.provider, refresh, ids });
  await change(caller, { plan: 'scale' });
  billing.breakDown();
  await change(caller, { cancelAtPeriodEnd: true });
  const told = { kind: 'subscription.changed', actor: { kind: 'user', id: 'mina' }, targetId: caller.organizationId };
  expect(await audit()).toMatchObject([
    { ...told, facts: { plan: null, cancelAtPeriodEnd: true, outcome: 'billing.unavailable' } },
    { ...told, facts: { plan: 'scale', cancelAtPeriodEnd: null, outcome: 'done' } },
  ]);
});
