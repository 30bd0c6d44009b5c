import {
  type Announcements,
  bug,
  type EventSubscriber,
  hearing,
  type IdSource,
  type Moment,
  type OrganizationId,
  ok,
  type UnitOfWork,
} from '../kernel/index.js';
import { adminsOf, type Mailer, type TenancyStores } from '../tenancy/index.js';
import { BillingAuditId, billingFacts } from './billing-audit.js';
import { reminderDue, stillHolds } from './reminder.js';
import type { SubscriptionStores } from './stores.port.js';

type Reminding = Pick<SubscriptionStores, 'subscriptions' | 'billingAudit'> & { readonly outbox: Announcements };

/** An organization's admins are to be reminded. Its version is the reminder's number. */
export const SUBSCRIPTION_REMINDER = 'subscription.reminder';

/**
 * Reminds an organization of the end of its trial, or of its grace, when that is due. Answers whether it was.
 * - However often it is run, and by however many at once, each reminder is told once: it is noted with the event that tells of it.
 * - The billing audit log says which reminder it was.
 */
export const remindOfEnd =
  ({ unitOfWork, ids }: { readonly unitOfWork: UnitOfWork<Reminding>; readonly ids: IdSource }) =>
  async (organizationId: OrganizationId): Promise<boolean> => {
    const isDue = await unitOfWork.read(organizationId, async ({ subscriptions, now }) =>
      reminderDue(await subscriptions.find(), now),
    );
    if (!isDue) return false;
    const reminded = await unitOfWork.run<boolean, never>(organizationId, async (stores) =>
      ok(await remindOnce(stores, { organizationId, ids })),
    );
    return reminded.ok ? reminded.value : bug(`a reminder could not be kept: ${reminded.error.code}`);
  };

type Occasion = { readonly organizationId: OrganizationId; readonly ids: IdSource };

const remindOnce = async (
  { subscriptions, billingAudit, outbox, now }: Reminding & Moment,
  { organizationId, ids }: Occasion,
): Promise<boolean> => {
  const subscription = await subscriptions.lock();
  const reminder = reminderDue(subscription, now);
  if (!reminder) return false;
  await subscriptions.save({ ...subscription, reminded: reminder });
  const facts = billingFacts(subscription.billed);
  const cause = `reminder.${reminder.of}.${reminder.days}`;
  await billingAudit.append({ id: BillingAuditId(ids.next()), at: now, cause, from: facts, to: facts });
  await outbox.announce([
    {
      ...{ type: SUBSCRIPTION_REMINDER, aggregateId: organizationId, aggregateVersion: reminder.number, at: now },
      data: { of: reminder.of, days: reminder.days },
    },
  ]);
  return true;
};

type Mailing = {
  readonly unitOfWork: UnitOfWork<Pick<SubscriptionStores, 'subscriptions'> & Pick<TenancyStores, 'members'>>;
  readonly mailer: Mailer;
};

/** Tells every admin by mail, unless another reminder came since, or nothing is to be reminded of any more. */
export const mailReminder = ({ unitOfWork, mailer }: Mailing): EventSubscriber =>
  hearing([SUBSCRIPTION_REMINDER], async (organizationId, { aggregateVersion }) => {
    const { subscription, admins } = await unitOfWork.read(organizationId, async (stores) => ({
      subscription: await stores.subscriptions.find(),
      admins: await adminsOf(stores),
    }));
    const { reminded } = subscription;
    if (reminded?.number !== aggregateVersion || !stillHolds(subscription, reminded)) return;
    for (const { user, organization } of admins) {
      const sent = await mailer.send({
        id: `${organizationId}-reminder-${reminded.number}-${user.id}`,
        to: user.email,
        language: user.language,
        content: {
          kind: 'subscriptionEnding',
          name: user.name,
          organizationName: organization.name,
          of: reminded.of,
          days: reminded.days,
        },
      });
      if (!sent.ok && sent.error.code === 'mail.unavailable') throw new Error(sent.error.code);
    }
  });
