import { type BillingProvider, OrganizationId } from '@rappit/domain';
import { billingContract, runContract } from '@rappit/testing/contracts';
import { fakeBilling, fakeIds } from '@rappit/testing/fakes';
import { billingBehindBreaker } from './billing-breaker.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const ids = fakeIds();
const opened: { readonly close: () => void }[] = [];
afterAll(() => {
  for (const { close } of opened) close();
});

const guarded = (provider: BillingProvider, limits = {}) => {
  const breaker = billingBehindBreaker(provider, { limits });
  opened.push(breaker);
  return breaker;
};

runContract({ describe, it }, 'fakeBilling behind its breaker', {
  cases: billingContract,
  make: () => {
    const { provider, pay, step, breakDown, mend } = fakeBilling(() => NOW);
    return {
      provider: guarded(provider).provider,
      ids,
      now: async () => NOW,
      pay: async (url) => pay(url),
      giveUp: async (customerId) => step(customerId, { kind: 'giveUp' }),
      breakDown: async () => breakDown(),
      mend: async () => mend(),
    };
  },
});

it('leaves a provider alone that failed five times, and says that it is away', async () => {
  const { provider, breakDown, mend } = fakeBilling(() => NOW);
  const breaker = guarded(provider, { coolDownMs: 3_600_000 });
  const customer = { organizationId: OrganizationId(ids.next()), name: 'Teahouse', email: null };
  const known = await breaker.provider.customerOf(customer);
  breakDown();
  const away = { ok: false, error: { code: 'billing.unavailable' } };
  for (const _ of [1, 2, 3, 4, 5]) expect(await breaker.provider.customerOf(customer)).toEqual(away);
  expect(breaker.state()).toBe('open');
  mend();
  expect(await breaker.provider.customerOf(customer)).toEqual(away);
  expect(await provider.customerOf(customer)).toEqual(known);
});

it('goes on asking one that refuses', async () => {
  const { provider } = fakeBilling(() => NOW);
  const breaker = guarded(provider);
  for (let asked = 0; asked < 10; asked += 1)
    expect(await breaker.provider.subscriptionsOf('cus_nobody')).toMatchObject({ error: { code: 'billing.refused' } });
  expect(breaker.state()).toBe('closed');
});
