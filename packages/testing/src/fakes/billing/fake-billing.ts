import {
  type BilledSubscription,
  type BillingFault,
  type BillingProvider,
  err,
  type Invoice,
  ok,
  type PlanId,
  type Result,
} from '@rappit/domain';
import { pageOf } from '../page-of.js';
import { type BillingBooks, type BillingStep, billingStep, newBooks } from './billing-books.js';

type Offer = {
  readonly customerId: string;
  readonly plan: PlanId;
  readonly trialEndsAt: Date | null;
  readonly status: 'open' | 'closed' | 'bought';
};

export type FakeBilling = {
  readonly provider: BillingProvider;
  /** Something happens to a customer at the provider. */
  readonly step: (customerId: string, step: BillingStep) => void;
  /** Whoever opened the page pays. A page that is paid for already, or closed by a later one, sells nothing. */
  readonly pay: (url: string) => void;
  /** From now on, until `mend`, nothing is done and nothing answered. */
  readonly breakDown: () => void;
  readonly mend: () => void;
};

const unavailable = err({ code: 'billing.unavailable' as const });
const refused = (message: string) => err({ code: 'billing.refused' as const, message });

/** A provider in memory that takes whatever card there is, and knows each customer's books (`billingStep`). */
export const fakeBilling = (now: () => Date = () => new Date('2026-03-01T12:00:00Z')): FakeBilling => {
  const customers = new Map<string, string>();
  const booksOf = new Map<string, BillingBooks>();
  const offers = new Map<string, Offer>();
  let away = false;

  const step = (customerId: string, one: BillingStep): void => {
    booksOf.set(customerId, billingStep(booksOf.get(customerId) ?? newBooks(now()), one));
  };
  const known = async <Value>(
    customerId: string,
    answer: (books: BillingBooks) => Value,
  ): Promise<Result<Value, BillingFault>> => {
    if (away) return unavailable;
    const books = booksOf.get(customerId);
    return books ? ok(answer(books)) : refused('There is no such customer.');
  };
  const customerWith = (subscriptionId: string): string | undefined =>
    [...booksOf].find(([, { subscriptions }]) => subscriptions.some(({ id }) => id === subscriptionId))?.[0];
  const changed = async (subscriptionId: string, change: BillingStep): Promise<Result<BilledSubscription, BillingFault>> => {
    if (away) return unavailable;
    const customerId = customerWith(subscriptionId);
    if (customerId === undefined) return refused('There is no such subscription.');
    step(customerId, change);
    const after = booksOf.get(customerId)?.subscriptions.find(({ id }) => id === subscriptionId);
    return after && after.status !== 'canceled' ? ok(after) : refused('It is over.');
  };

  return {
    provider: {
      customerOf: async ({ organizationId }) => {
        if (away) return unavailable;
        const customerId = customers.get(organizationId) ?? `cus_${organizationId}`;
        customers.set(organizationId, customerId);
        if (!booksOf.has(customerId)) booksOf.set(customerId, { ...newBooks(now()), prefix: customerId });
        return ok(customerId);
      },
      subscriptionsOf: (customerId) => known(customerId, ({ subscriptions }) => subscriptions),
      checkout: ({ customerId, plan, trialEndsAt, key }) =>
        known(customerId, () => {
          const url = `https://pay.example/${encodeURIComponent(key)}`;
          for (const [other, offer] of offers)
            if (offer.customerId === customerId && offer.status === 'open') offers.set(other, { ...offer, status: 'closed' });
          if (offers.get(url)?.status !== 'bought') offers.set(url, { customerId, plan, trialEndsAt, status: 'open' });
          return { url };
        }),
      portal: (customerId) => known(customerId, () => ({ url: `https://pay.example/portal/${customerId}` })),
      changePlan: (id, plan) => changed(id, { kind: 'changePlan', plan }),
      cancelAtPeriodEnd: (id) => changed(id, { kind: 'cancelAtPeriodEnd' }),
      resume: (id) => changed(id, { kind: 'resume' }),
      endStopped: async (id) => {
        if (away) return unavailable;
        const customerId = customerWith(id);
        if (customerId === undefined) return refused('There is no such subscription.');
        step(customerId, { kind: 'endStopped' });
        return ok(undefined);
      },
      invoicesOf: (customerId, page) =>
        known(customerId, ({ grants }) =>
          pageOf(
            grants.map(({ at }, place) => invoice(customerId, place, at)),
            page,
            newestInvoice,
          ),
        ),
    },
    step,
    pay: (url) => {
      const offer = offers.get(url);
      if (offer?.status !== 'open') return;
      offers.set(url, { ...offer, status: 'bought' });
      step(offer.customerId, { kind: 'buy', plan: offer.plan, trialEndsAt: offer.trialEndsAt });
    },
    breakDown: () => {
      away = true;
    },
    mend: () => {
      away = false;
    },
  };
};

const newestInvoice = { placeOf: ({ id }: Invoice) => id, newestFirst: true };

const invoice = (customerId: string, place: number, createdAt: Date): Invoice => {
  const number = String(place + 1).padStart(4, '0');
  return {
    id: `in_${customerId}_${number}`,
    number,
    status: 'paid',
    totalMinor: 4_900,
    currency: 'EUR',
    createdAt,
    subscriptionId: null,
    pageUrl: `https://pay.example/invoices/${number}`,
    pdfUrl: null,
  };
};
