import {
  accessOf,
  bug,
  decidePlacements,
  fewestLocations,
  OrganizationId,
  ok,
  openCheckout,
  refreshSubscription,
  system,
  takeBillingEvent,
  understandBillingEvent,
  workInbox,
} from '@rappit/domain';
import { type SignedEvent, type StripeSimulator, startStripeSimulator } from '@rappit/simulators/stripe';
import { fakeIds, memoryPersistence } from '@rappit/testing/fakes';
import Stripe from 'stripe';
import { seed } from '../../../../test/seed.js';
import { grantedUntil, type Happening, type History, hasAccess, histories } from './histories.test-kit.js';
import { stripeBilling, stripeEventReader } from './index.js';
import { prices } from './stripe.test-kit.js';

const runs = Number(process.env['RUNS'] ?? 500);
process.stdout.write(`stripe histories: RUNS=${runs} SEED=${seed}\n`);
jest.setTimeout(300_000 + runs * 2_000);

const webhookSecret = 'whsec_SECRET';
const secretKey = 'sk_test_SECRET';
const ids = fakeIds();
let simulator: StripeSimulator;
beforeAll(async () => {
  simulator = await startStripeSimulator({ webhookSecret, prices: Object.values(prices) });
});
afterAll(() => simulator.close());

const noShop = async () => bug('there is no shop');

/** An organization that nothing was sold to yet, beside Stripe: its own library over the loopback, and its events as it signs them. */
const openScene = async () => {
  const [{ now }, organizationId] = [simulator, OrganizationId(ids.next())];
  const { unitOfWork, door } = memoryPersistence({ now, decide: decidePlacements({ ids, policy: fewestLocations }) });
  await unitOfWork.run(organizationId, async ({ organization }) =>
    ok(await organization.open({ id: organizationId, name: 'Teahouse', createdAt: now() })),
  );
  const provider = stripeBilling({ secretKey, prices, server: simulator.server });
  const refresh = refreshSubscription({ unitOfWork, provider, ids });
  const read = stripeEventReader({ webhookSecrets: [webhookSecret], livemode: false });
  const take = takeBillingEvent({ unitOfWork, door, read, ids });
  const work = workInbox({
    ...{ unitOfWork, readers: {}, importOrder: noShop, readOrderAgain: noShop, hearFarewell: noShop },
    ...{ eraseShop: noShop, beginShowing: noShop },
    others: { billing: understandBillingEvent(refresh) },
  });
  const open = openCheckout({ unitOfWork, provider, refresh });
  const kept = () => unitOfWork.read(organizationId, ({ subscriptions }) => subscriptions.find());
  return {
    provider,
    kept,
    truth: async () => simulator.truthOf((await kept()).customerId ?? 'nobody'),
    reconcile: () => refresh(organizationId, 'nightly'),
    tell: async (event: SignedEvent): Promise<void> => {
      const receivedAt = now();
      const { body, signature } = simulator.again(event);
      expect(await take({ body: Buffer.from(body), signature, receivedAt })).toMatchObject({ ok: true });
      await work(organizationId);
    },
    page: (plan: keyof typeof prices) => {
      const urls = { successUrl: 'https://app.example.com/paid', cancelUrl: 'https://app.example.com/plans' };
      return open({ organizationId, actor: system('test') }, { plan, name: 'Teahouse', email: null, ...urls });
    },
  };
};

type Scene = Awaited<ReturnType<typeof openScene>>;

const stripe = (): Stripe => new Stripe(secretKey, { ...simulator.server, telemetry: false });
const goesOn = new Set(['active', 'trialing', 'past_due']);

/** Somebody does something at Stripe, of which nobody tells us but its events. */
const happen = async (scene: Scene, happening: Happening): Promise<void> => {
  if (happening.kind === 'pass') return simulator.passDays(happening.days);
  if (happening.kind === 'card') return simulator.setCard(happening.works);
  if (happening.kind === 'buy') {
    const page = await scene.page(happening.plan);
    return page.ok ? simulator.pay(page.value.url) : expect(page.error.code).toBe('subscription.exists');
  }
  const { sold } = await scene.truth();
  for (const { id, status, customer } of sold) {
    if (!goesOn.has(status)) continue;
    if (happening.kind === 'change') await scene.provider.changePlan(id, happening.plan);
    else if (happening.kind === 'end') await scene.provider.cancelAtPeriodEnd(id);
    else if (happening.kind === 'resume') await scene.provider.resume(id);
    else if (happening.kind === 'cancel') await stripe().subscriptions.cancel(id);
    else simulator.giveUp(customer);
  }
};

/** Never more than was ever granted and the grace, whatever we missed. A second is what the simulator's clock is rounded by. */
const expectNoMoreThanGranted = async (scene: Scene): Promise<void> => {
  const [now, kept] = [simulator.now(), await scene.kept()];
  if (accessOf(kept, now) === 'full') expect(now.getTime()).toBeLessThan(grantedUntil(await scene.truth(), kept) + 60_000);
};

const expectTheTruth = async (scene: Scene): Promise<void> => {
  const [now, kept, truth] = [simulator.now(), await scene.kept(), await scene.truth()];
  expect(accessOf(kept, now)).toBe(hasAccess(truth, kept, now) ? 'full' : 'readOnly');
  const facts = truth.sold.map(({ id, status, price, end }) => [id, status, price, end * 1_000]);
  const { billed } = kept;
  if (billed) expect(facts).toContainEqual([billed.id, billed.status, `price_${billed.plan}`, billed.periodEndsAt.getTime()]);
  else expect(facts).toEqual([]);
};

const live = async (history: History): Promise<void> => {
  const scene = await openScene();
  const waiting: SignedEvent[] = [];
  simulator.setCard(true);
  simulator.events();
  for (const { happening, posts, late } of history) {
    await happen(scene, happening);
    for (const [place, event] of simulator.events().entries()) {
      const post = posts[place % posts.length];
      if (post === 'late') waiting.splice(late % (waiting.length + 1), 0, event);
      for (let times = { now: 1, twice: 2, late: 0, never: 0 }[post ?? 'never']; times > 0; times -= 1) await scene.tell(event);
    }
    const [overdue] = waiting.splice(late % 3, 1);
    if (overdue) await scene.tell(overdue);
    await expectNoMoreThanGranted(scene);
  }
  await scene.reconcile();
  await scene.reconcile();
  await expectTheTruth(scene);
  for (const event of waiting) await scene.tell(event);
  await expectTheTruth(scene);
  const { customerId } = await scene.kept();
  if (customerId !== null) simulator.giveUp(customerId);
};

it('ends with what is true at Stripe, whatever came twice, late, in another order or never, and had no more before', async () => {
  for (const [place, history] of histories(runs, seed).entries())
    await live(history).catch((error: unknown) => {
      throw new Error(`history ${place} of SEED=${seed}: ${JSON.stringify(history)}`, { cause: error });
    });
});
