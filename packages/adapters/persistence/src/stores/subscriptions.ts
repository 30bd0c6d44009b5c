import {
  type BilledSubscription,
  type BillingAuditEntry,
  type BillingAuditStore,
  bug,
  type Reminder,
  type Subscription,
  type SubscriptionStore,
  TRIAL_DAYS,
} from '@rappit/domain';
import { rowsOf, type Scope, touching } from '../scope.js';
import { pageOf } from './page.js';

/** Moments as JSON keeps them. */
type BilledJson = {
  readonly [Fact in keyof BilledSubscription]: Date extends BilledSubscription[Fact] ? string : BilledSubscription[Fact];
} & {
  readonly trialEndsAt: string | null;
  readonly unpaidSince: string | null;
  readonly endsAt: string | null;
};

type ReminderJson = Omit<Reminder, 'endsAt'> & { readonly endsAt: string };

type SubscriptionRow = {
  readonly trial_ends_at: Date;
  readonly customer_id: string | null;
  readonly billed: BilledJson | null;
  readonly asked: number;
  readonly heard: number;
  readonly reminded: ReminderJson | null;
};

const momentOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

const toBilled = (json: BilledJson): BilledSubscription => ({
  id: json.id,
  status: json.status,
  plan: json.plan,
  startedAt: new Date(json.startedAt),
  periodStartsAt: new Date(json.periodStartsAt),
  periodEndsAt: new Date(json.periodEndsAt),
  trialEndsAt: momentOf(json.trialEndsAt),
  unpaidSince: momentOf(json.unpaidSince),
  endsAt: momentOf(json.endsAt),
});

const toSubscription = ({ trial_ends_at, customer_id, billed, asked, heard, reminded }: SubscriptionRow): Subscription => ({
  trialEndsAt: trial_ends_at,
  customerId: customer_id,
  billed: billed && toBilled(billed),
  asked,
  heard,
  reminded: reminded && { of: reminded.of, endsAt: new Date(reminded.endsAt), days: reminded.days, number: reminded.number },
});

/** Days of 24 hours, as the domain counts them, whatever the session's time zone does to a day of the calendar. */
const TRIAL = `${TRIAL_DAYS} * interval '24 hours'`;
/** A trial begins when the organization was opened, and not before anything was sold here (ADR 0053). */
const TRIAL_ENDS = `greatest(coalesce(s.trial_ends_at, o.created_at + ${TRIAL}), (SELECT at FROM selling_since) + ${TRIAL}) AS trial_ends_at`;
/** An organization of which nothing was kept yet is found all the same. */
const FIND = `
  SELECT ${TRIAL_ENDS}, s.customer_id, s.billed, coalesce(s.asked, 0) AS asked, coalesce(s.heard, 0) AS heard, s.reminded
  FROM organizations o LEFT JOIN subscriptions s ON s.organization_id = o.id WHERE o.id = ?`;
const BEGIN = `
  INSERT INTO subscriptions (organization_id, trial_ends_at) SELECT id, created_at + ${TRIAL} FROM organizations WHERE id = ?
  ON CONFLICT (organization_id) DO NOTHING`;
const LOCK = `
  SELECT ${TRIAL_ENDS}, s.customer_id, s.billed, s.asked, s.heard, s.reminded
  FROM subscriptions s JOIN organizations o ON o.id = s.organization_id WHERE s.organization_id = ? FOR NO KEY UPDATE OF s`;
const SAVE = `UPDATE subscriptions SET trial_ends_at = ?, customer_id = ?, billed = ?, asked = ?, heard = ?, reminded = ? WHERE organization_id = ?`;

export const subscriptionStore = (scope: Scope): SubscriptionStore => {
  const { organizationId } = scope;
  const one = (rows: readonly SubscriptionRow[]): Subscription =>
    toSubscription(rows[0] ?? bug('only what is open has a subscription'));
  return {
    find: async () => one(await rowsOf<SubscriptionRow>(scope, FIND, [organizationId])),
    lock: async () => {
      await rowsOf(scope, BEGIN, [organizationId]);
      return one(await rowsOf<SubscriptionRow>(scope, LOCK, [organizationId]));
    },
    save: async ({ trialEndsAt, customerId, billed, asked, heard, reminded }) => {
      const [json, last] = [billed, reminded].map((facts) => facts && JSON.stringify(facts));
      await touching(scope, 1, SAVE, [trialEndsAt, customerId, json, asked, heard, last, organizationId]);
    },
  };
};

type AuditRow = Pick<BillingAuditEntry, 'id' | 'at' | 'cause'> & {
  readonly before: BillingAuditEntry['from'];
  readonly after: BillingAuditEntry['to'];
};

const factsOf = (facts: BillingAuditEntry['from']) =>
  facts && { id: facts.id, status: facts.status, plan: facts.plan, periodEndsAt: facts.periodEndsAt, endsAt: facts.endsAt };

export const billingAuditStore = ({ trx, organizationId }: Scope): BillingAuditStore => ({
  append: async ({ id, at, cause, from, to }) => {
    await trx('billing_audit').insert({ organization_id: organizationId, id, at, cause, before: from, after: to });
  },
  list: async ({ limit, cursor }) => {
    const query = trx('billing_audit')
      .where({ organization_id: organizationId })
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (cursor !== undefined) void query.where('id', '<', cursor);
    const rows = (await query.select<AuditRow[]>('*')).map(
      ({ id, at, cause, before, after }): BillingAuditEntry => ({ id, at, cause, from: factsOf(before), to: factsOf(after) }),
    );
    return pageOf(rows, limit, ({ id }) => id);
  },
});
