import {
  type BillingEventReader,
  decidePlacements,
  err,
  fewestLocations,
  OrganizationId,
  ok,
  refreshSubscription,
  takeBillingEvent,
  understandBillingEvent,
} from '@rappit/domain';
import { fakeBilling, fakeClock, fakeIds, memoryPersistence } from '../fakes/index.js';

/** Believes whatever is signed with "good": the body is the customer's id, a blank and the event's. */
const read: BillingEventReader = ({ body, signature }) => {
  if (signature !== 'good') return err({ code: 'billing_event.refused', reason: 'signature' });
  const [customerId = '', id = ''] = new TextDecoder().decode(body).split(' ');
  return ok({ id, type: 'customer.subscription.updated', customerId: customerId === 'null' ? null : customerId });
};

const scene = async () => {
  const [ids, clock, billing] = [fakeIds(), fakeClock(), fakeBilling()];
  const memory = memoryPersistence({ now: clock.now, decide: decidePlacements({ ids, policy: fewestLocations }) });
  const { unitOfWork, door } = memory;
  const organizationId = OrganizationId(ids.next());
  const customer = await billing.provider.customerOf({ organizationId, name: 'Teahouse', email: null });
  if (!customer.ok) throw new Error(customer.error.code);
  const customerId = customer.value;
  await unitOfWork.run(organizationId, async ({ organization, subscriptions, now }) => {
    await organization.open({ id: organizationId, name: 'Teahouse', createdAt: now });
    return ok(await subscriptions.save({ ...(await subscriptions.lock()), customerId }));
  });
  const take = takeBillingEvent({ unitOfWork, door, read, ids });
  const tell = (text: string, signature = 'good') =>
    take({ body: new TextEncoder().encode(text), signature, receivedAt: clock.now() });
  const inbox = () => memory.stateOf(organizationId).inbox.map(({ delivery }) => delivery);
  const understand = understandBillingEvent(refreshSubscription({ unitOfWork, provider: billing.provider, ids }));
  const claim = async () => {
    const claimed = await unitOfWork.run(organizationId, async (stores) => ok(await stores.inbox.claim(10, 3_600)));
    return claimed.ok ? claimed.value : [];
  };
  const giveUp = async () => {
    const due = await claim();
    await unitOfWork.run(organizationId, async (stores) => {
      for (const { id } of due) await stores.inbox.failed(id, 'delivery.failed', null);
      return ok(null);
    });
  };
  const dueAgain = async () => (await claim()).map(({ deliveryId, attempts }) => [deliveryId, attempts]);
  return { billing, organizationId, customerId, tell, inbox, understand, giveUp, dueAgain };
};

it('keeps an event once, however often it comes, and nothing of what it says', async () => {
  const { organizationId, customerId, tell, inbox } = await scene();
  for (const id of ['evt_1', 'evt_1', 'evt_2'])
    expect(await tell(`${customerId} ${id}`)).toEqual(
      ok({ type: 'customer.subscription.updated', organizationIds: [organizationId] }),
    );
  expect(inbox().map(({ deliveryId, body }) => [deliveryId, body])).toEqual([
    ['evt_1', '{}'],
    ['evt_2', '{}'],
  ]);
});

it('works off an event again that was given up, when it is sent anew', async () => {
  const { organizationId, customerId, tell, dueAgain, giveUp } = await scene();
  await tell(`${customerId} evt_1`);
  await giveUp();
  expect(await dueAgain()).toEqual([]);
  for (const _ of ['once', 'again'])
    expect(await tell(`${customerId} evt_1`)).toMatchObject({ value: { organizationIds: [organizationId] } });
  expect(await dueAgain()).toEqual([['evt_1', 1]]);
});

const nobodys = ok({ type: 'customer.subscription.updated', organizationIds: [] });

it.each([
  ['somebody else signed', 'somebody', 'bad', err({ code: 'billing_event.refused', reason: 'signature' })],
  ['is of nobody’s customer', 'cus_nobody evt_1', 'good', nobodys],
  ['is of no customer', 'null evt_1', 'good', nobodys],
])('keeps nothing of what %s', async (_, text, signature, answer) => {
  const { tell, inbox } = await scene();
  expect(await tell(text, signature)).toEqual(answer);
  expect(inbox()).toEqual([]);
});

it('asks the provider for each event, and says so when it has to be asked again', async () => {
  const { billing, organizationId, customerId, understand } = await scene();
  billing.step(customerId, { kind: 'buy', plan: 'growth', trialEndsAt: null });
  billing.breakDown();
  const delivery = { topic: 'customer.subscription.created' };
  expect(await understand(organizationId, delivery)).toEqual(err({ code: 'billing.unavailable' }));
  billing.mend();
  expect(await understand(organizationId, delivery)).toEqual(ok('changed'));
  expect(await understand(organizationId, delivery)).toEqual(ok('same'));
});
