import {
  decidePlacements,
  err,
  fewestLocations,
  OrganizationId,
  ok,
  openCheckout,
  type PlanId,
  refreshSubscription,
  system,
} from '@rappit/domain';
import { fakeBilling, fakeClock, fakeIds, memoryPersistence } from '../fakes/index.js';

const scene = async () => {
  const [ids, clock, billing] = [fakeIds(), fakeClock(), fakeBilling()];
  const { provider } = billing;
  const { unitOfWork } = memoryPersistence({ now: clock.now, decide: decidePlacements({ ids, policy: fewestLocations }) });
  const organizationId = OrganizationId(ids.next());
  await unitOfWork.run(organizationId, async ({ organization, now }) =>
    ok(await organization.open({ id: organizationId, name: 'Teahouse', createdAt: now })),
  );
  const refresh = refreshSubscription({ unitOfWork, provider, ids });
  const open = openCheckout({ unitOfWork, provider, refresh });
  const urls = { successUrl: 'https://app.example.com/paid', cancelUrl: 'https://app.example.com/plans' };
  const wish = (plan: PlanId) =>
    open({ organizationId, actor: system('test') }, { plan, name: 'Teahouse', email: null, ...urls });
  const pageFor = async (plan: PlanId): Promise<string> => {
    const page = await wish(plan);
    return page.ok ? page.value.url : page.error.code;
  };
  const kept = () => unitOfWork.read(organizationId, ({ subscriptions }) => subscriptions.find());
  const customer = async (): Promise<string> => (await kept()).customerId ?? '';
  return { billing, refresh: () => refresh(organizationId, 'test'), wish, pageFor, kept, customer };
};

const exists = err({ code: 'subscription.exists' });

it('sells nothing beside what was paid for and not told yet', async () => {
  const { billing, wish, pageFor, kept } = await scene();
  billing.pay(await pageFor('growth'));
  expect((await kept()).billed).toBeNull();
  expect(await wish('growth')).toEqual(exists);
  expect(await kept()).toMatchObject({ billed: { status: 'active', plan: 'growth' } });
});

it('sells nothing while nobody knows what there is', async () => {
  const { billing, wish, pageFor } = await scene();
  const page = await pageFor('growth');
  billing.breakDown();
  expect(await wish('growth')).toEqual(err({ code: 'billing.unavailable' }));
  billing.mend();
  expect(await wish('growth')).toEqual(ok({ url: page }));
});

it('sells nothing beside a purchase whose first payment is under way, and anew when that never came', async () => {
  const { billing, wish, pageFor, customer } = await scene();
  await pageFor('growth');
  billing.step(await customer(), { kind: 'card', works: false });
  billing.step(await customer(), { kind: 'buy', plan: 'growth', trialEndsAt: null });
  expect(await wish('starter')).toEqual(exists);
  billing.step(await customer(), { kind: 'expireUnpaidPurchase' });
  expect(await wish('starter')).toMatchObject({ ok: true });
});

it('sells anew to whoever stopped paying, has only what is paid for then, and never a second trial', async () => {
  const { billing, refresh, wish, pageFor, kept, customer } = await scene();
  billing.pay(await pageFor('growth'));
  billing.step(await customer(), { kind: 'giveUp' });
  const page = await pageFor('starter');
  expect(await kept()).toMatchObject({ billed: { status: 'unpaid' } });
  billing.pay(page);
  await refresh();
  expect(await kept()).toMatchObject({ billed: { status: 'active', plan: 'starter', trialEndsAt: null } });
  const all = await billing.provider.subscriptionsOf(await customer());
  expect(all.ok && all.value.map(({ status }) => status)).toEqual(['canceled', 'active']);
  expect(await wish('growth')).toEqual(exists);
});

it.each(['giveUp', 'cancelNow'] as const)('sells nothing beside a payment under way, after %s', async (end) => {
  const { billing, wish, pageFor, customer } = await scene();
  billing.pay(await pageFor('growth'));
  billing.step(await customer(), { kind: end });
  billing.step(await customer(), { kind: 'card', works: false });
  billing.step(await customer(), { kind: 'buy', plan: 'growth', trialEndsAt: null });
  expect(await wish('starter')).toEqual(exists);
});
