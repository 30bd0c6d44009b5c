import {
  type BillingAuditEntry,
  type Invoice as DomainInvoice,
  type Subscription as DomainSubscription,
  type LimitKind,
  type Limits,
  limitKinds,
  planIds,
  plans,
  subscriptionStatuses,
  type Terms,
} from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { pageOf } from '../pages.js';
import {
  anyInteger,
  anyText,
  anyTextOrNull,
  closed,
  component,
  listOf,
  moment,
  momentOrNull,
  oneOf,
  orNull,
  uuid,
} from '../vocabulary.schemas.js';

const count = Type.Unsafe<number | null>({ type: ['integer', 'null'], description: 'Null: as much as one likes.' });
const limits = Type.Object(
  Object.fromEntries(limitKinds.map((kind) => [kind, count])) as { readonly [Kind in keyof Limits]: typeof count },
  closed,
);
const plan = oneOf(planIds);

export const Plans = component(
  'Plans',
  Type.Object(
    { data: listOf(Type.Object({ id: plan, limits }, closed), { description: 'From the smallest to the largest.' }) },
    closed,
  ),
);

export const plansView = (): Static<typeof Plans.ref> => ({ data: planIds.map((id) => ({ id, limits: plans[id] })) });

export const Subscription = component(
  'Subscription',
  Type.Object(
    {
      status: oneOf(subscriptionStatuses),
      access: oneOf(['full', 'readOnly'], {
        description: 'With `readOnly`, reading, exporting, signing in and paying go on, and nothing else is written.',
      }),
      until: Type.Unsafe<Date | null>({
        type: ['string', 'null'],
        format: 'date-time',
        description: 'When full access ends if nothing else happens. Null when it has ended.',
      }),
      plan: orNull(plan),
      limits,
      trialEndsAt: moment,
      periodEndsAt: momentOrNull,
      endsAt: Type.Unsafe<Date | null>({
        type: ['string', 'null'],
        format: 'date-time',
        description: 'When it ends because somebody cancelled it. Until then it can be resumed.',
      }),
      unpaidSince: momentOrNull,
    },
    closed,
  ),
);

export const subscriptionView =
  (terms: Terms, now: Date) =>
  (subscription: DomainSubscription): Static<typeof Subscription.ref> => {
    const { status, access, until } = terms.standingOf(subscription, now);
    const { billed, trialEndsAt } = subscription;
    return {
      ...{ status, access, until, trialEndsAt, plan: billed?.plan ?? null, limits: terms.limitsOf(subscription) },
      periodEndsAt: billed?.periodEndsAt ?? null,
      endsAt: billed?.endsAt ?? null,
      unpaidSince: billed?.unpaidSince ?? null,
    };
  };

const many = Type.Object(
  Object.fromEntries(limitKinds.map((kind) => [kind, anyInteger])) as { readonly [Kind in LimitKind]: typeof anyInteger },
  closed,
);
export const Usage = component('Usage', Type.Object({ limits, usage: many }, closed));

export const SubscriptionChange = component(
  'SubscriptionChange',
  Type.Object(
    {
      plan: Type.Optional(plan),
      cancelAtPeriodEnd: Type.Optional(
        Type.Boolean({ description: 'True: it ends with the period that is paid for. False: it goes on after all.' }),
      ),
    },
    { ...closed, minProperties: 1, examples: [{ plan: 'scale' }] },
  ),
);

export const Checkout = component('Checkout', Type.Object({ plan }, { ...closed, examples: [{ plan: 'growth' }] }));
export const BillingPage = component(
  'BillingPage',
  Type.Object({ url: Type.String({ description: 'To be opened in a browser, soon.' }) }, closed),
);

export const Invoice = component(
  'Invoice',
  Type.Object(
    {
      id: anyText,
      number: anyTextOrNull,
      status: Type.String({ description: "The billing provider's own word, such as `open` or `paid`." }),
      totalMinor: anyInteger,
      currency: anyText,
      createdAt: moment,
      pageUrl: anyTextOrNull,
      pdfUrl: anyTextOrNull,
    },
    closed,
  ),
);
export const InvoicePage = component('InvoicePage', pageOf(Invoice.ref));
export const invoiceView = (invoice: DomainInvoice): Static<typeof Invoice.ref> => invoice;

const facts = orNull(
  Type.Object({ id: anyText, status: anyText, plan: orNull(plan), periodEndsAt: anyText, endsAt: anyTextOrNull }, closed),
);
export const BillingAuditEntrySchema = component(
  'BillingAuditEntry',
  Type.Object(
    {
      id: uuid,
      at: moment,
      cause: Type.String({ description: "Why it was looked at: a word of ours, or the type of the provider's event." }),
      from: facts,
      to: facts,
    },
    closed,
  ),
);
export const BillingAuditPage = component('BillingAuditPage', pageOf(BillingAuditEntrySchema.ref));
export const billingAuditView = (entry: BillingAuditEntry): Static<typeof BillingAuditEntrySchema.ref> => entry;

export const billingComponents = [
  Plans,
  Subscription,
  Usage,
  SubscriptionChange,
  Checkout,
  BillingPage,
  Invoice,
  InvoicePage,
  BillingAuditEntrySchema,
  BillingAuditPage,
];
