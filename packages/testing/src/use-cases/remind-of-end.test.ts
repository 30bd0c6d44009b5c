import {
  decidePlacements,
  fewestLocations,
  mailReminder,
  OrganizationId,
  ok,
  refreshSubscription,
  relayOutbox,
  remindOfEnd,
  type UserId,
} from '@rappit/domain';
import { userIn } from '../contracts/tenant-stage.js';
import { fakeBilling, fakeClock, fakeIds, fakeMailer, memoryPersistence } from '../fakes/index.js';

const HOUR = 3_600_000;

/** An organization with two admins and somebody else, on the first day of its trial. */
const scene = async () => {
  const [ids, clock, mailer] = [fakeIds(), fakeClock(), fakeMailer()];
  const billing = fakeBilling(clock.now);
  const { unitOfWork } = memoryPersistence({ now: clock.now, decide: decidePlacements({ ids, policy: fewestLocations }) });
  const organizationId = OrganizationId(ids.next());
  const joined: UserId[] = [];
  await unitOfWork.run(organizationId, async ({ organization, users, members, now }) => {
    await organization.open({ id: organizationId, name: 'Teahouse', createdAt: now });
    for (const role of ['admin', 'admin', 'manager'] as const) {
      const user = userIn({ ids });
      await users.enrol(user, 'hash');
      await members.add(user.id, role);
      joined.push(user.id);
    }
    return ok(undefined);
  });
  const remind = remindOfEnd({ unitOfWork, ids });
  const relay = relayOutbox({ unitOfWork, subscribers: [mailReminder({ unitOfWork, mailer })] });
  const mails = async () => {
    while ((await relay(organizationId)) > 0);
    return mailer
      .sent()
      .map(({ content }) => (content.kind === 'subscriptionEnding' ? `${content.of} ${content.days}` : content.kind));
  };
  const audit = async () =>
    (await unitOfWork.read(organizationId, ({ billingAudit }) => billingAudit.list({ limit: 50 }))).data.map(
      ({ cause }) => cause,
    );
  const buy = async (): Promise<string> => {
    const customer = await billing.provider.customerOf({ organizationId, name: 'Teahouse', email: null });
    if (!customer.ok) throw new Error(customer.error.code);
    await unitOfWork.run(organizationId, async ({ subscriptions }) =>
      ok(await subscriptions.save({ ...(await subscriptions.lock()), customerId: customer.value })),
    );
    billing.step(customer.value, { kind: 'buy', plan: 'growth', trialEndsAt: null });
    return customer.value;
  };
  const hear = () => refreshSubscription({ unitOfWork, provider: billing.provider, ids })(organizationId, 'heard');
  return { organizationId, clock, mailer, billing, remind: () => remind(organizationId), mails, audit, buy, hear };
};

it('reminds every admin four times of a trial, once each however often it runs, and writes each down', async () => {
  const { clock, remind, mails, mailer, audit } = await scene();
  for (let hour = 0; hour <= 24 * 20; hour += 1) {
    await Promise.all([remind(), remind()]);
    clock.advance(HOUR);
    await mails();
  }
  expect(await mails()).toEqual([7, 3, 1, 0].flatMap((days) => [`trial ${days}`, `trial ${days}`]));
  expect(new Set(mailer.sent().map(({ to }) => to)).size).toBe(2);
  expect(new Set(mailer.sent().map(({ id }) => id)).size).toBe(8);
  expect(mailer.sent()[0]?.content).toMatchObject({ name: 'Mina Okafor', organizationName: 'Teahouse' });
  expect(await audit()).toEqual([0, 1, 3, 7].map((days) => `reminder.trial.${days}`));
});

it('reminds nobody who has bought, also of what was noted just before', async () => {
  const { clock, remind, mails, buy, hear } = await scene();
  clock.advance(24 * 8 * HOUR);
  expect(await remind()).toBe(true);
  await buy();
  await hear();
  expect(await mails()).toEqual([]);
  clock.advance(24 * 6 * HOUR);
  expect([await remind(), await mails()]).toEqual([false, []]);
});

it('reminds of the grace while a payment fails, until it is made', async () => {
  const { clock, remind, mails, audit, billing, buy, hear } = await scene();
  const customerId = await buy();
  billing.step(customerId, { kind: 'card', works: false });
  billing.step(customerId, { kind: 'pass', days: 30 });
  clock.advance(30 * 24 * HOUR);
  await hear();
  const days = [0, 1, 4, 5, 6].map((day) => day * 24 * HOUR);
  for (const [index, at] of days.entries()) {
    clock.advance(at - (days[index - 1] ?? 0));
    await remind();
  }
  expect(await audit()).toEqual(['reminder.grace.1', 'reminder.grace.3', 'reminder.grace.7', 'heard']);
  expect(await mails()).toEqual(['grace 1', 'grace 1']);
  billing.step(customerId, { kind: 'card', works: true });
  await hear();
  clock.advance(24 * HOUR);
  expect(await remind()).toBe(false);
});

it('mails again what the mail server did not take, and no reminder that another has followed', async () => {
  const { clock, remind, mails, mailer } = await scene();
  clock.advance(24 * 8 * HOUR);
  await remind();
  mailer.breakDown('mail.unavailable');
  expect(await mails()).toEqual([]);
  mailer.mend();
  clock.advance(24 * 4 * HOUR);
  await remind();
  expect(await mails()).toEqual(['trial 3', 'trial 3']);
});
