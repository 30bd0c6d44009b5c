import { randomBytes } from 'node:crypto';

const DAY = 86_400;
const PERIOD = 30 * DAY;

export type Sold = {
  readonly id: string;
  readonly customer: string;
  readonly status: string;
  readonly price: string;
  readonly created: number;
  readonly start: number;
  readonly end: number;
  readonly trialEnd: number | null;
  readonly cancelAt: number | null;
  /** Whether it ends with the period; a day of its own isn't taken back by taking back that. */
  readonly cancelAtEnd: boolean;
};

export type Session = {
  readonly id: string;
  readonly customer: string;
  readonly price: string;
  readonly trialEnd: number | null;
  readonly status: 'open' | 'complete' | 'expired';
  readonly successUrl: string;
};

export type Bill = {
  readonly id: string;
  readonly customer: string;
  readonly subscription: string;
  readonly created: number;
  readonly paid: boolean;
  /** When what it is for ends. */
  readonly until: number;
};

/** What may be known of a customer by whoever doubts what we have heard. */
export type StripeTruth = { readonly sold: readonly Sold[]; readonly bills: readonly Bill[] };

const isOver = ({ status }: Sold): boolean => ['canceled', 'incomplete_expired'].includes(status);

/** Everything that a simulated Stripe knows, changed in place. Moments are seconds. */
export const stripeBooks = (now: () => number, told: (type: string, sold: Sold) => void) => {
  const customers = new Map<string, Readonly<Record<string, string>>>();
  const sessions = new Map<string, Session>();
  const sold = new Map<string, Sold>();
  const bills: Bill[] = [];
  let cardWorks = true;
  // Ids of one run never meet those of another, beside a database that was kept.
  const run = randomBytes(4).toString('hex');
  let count = 0;
  const nextId = (prefix: string): string => {
    count += 1;
    return `${prefix}_sim${run}${String(count).padStart(6, '0')}`;
  };

  const keep = (one: Sold, type = 'customer.subscription.updated'): Sold => {
    sold.set(one.id, one);
    told(type, one);
    return one;
  };
  const charge = (one: Sold, from: number): Sold => {
    const until = from + PERIOD;
    bills.push({ id: nextId('in'), customer: one.customer, subscription: one.id, created: now(), paid: cardWorks, until });
    const owing = one.status === 'incomplete' ? 'incomplete' : 'past_due';
    return keep({ ...one, status: cardWorks ? 'active' : owing, start: from, end: until });
  };
  /** What became due of a subscription by now. */
  const renew = (one: Sold): void => {
    if (isOver(one)) return;
    if (one.status === 'incomplete' && one.created + DAY <= now()) keep({ ...one, status: 'incomplete_expired' });
    else if (one.cancelAt !== null && one.cancelAt <= now())
      keep({ ...one, status: 'canceled' }, 'customer.subscription.deleted');
    else if (one.end <= now() && ['active', 'trialing'].includes(one.status)) charge(one, one.end);
  };
  return {
    customers,
    sessions,
    sold,
    bills,
    nextId,
    keep,
    renewAll: () => {
      for (const one of [...sold.values()]) renew(one);
    },
    /** Whoever opened the page pays. Something is bought only the first time, and only while it is open. */
    pay: (sessionId: string): void => {
      const session = sessions.get(sessionId);
      if (session?.status !== 'open') return;
      sessions.set(sessionId, { ...session, status: 'complete' });
      const { customer, price, trialEnd } = session;
      const begun = {
        id: nextId('sub'),
        customer,
        price,
        created: now(),
        start: now(),
        trialEnd,
        cancelAt: null,
        cancelAtEnd: false,
      };
      if (trialEnd !== null) keep({ ...begun, status: 'trialing', end: trialEnd }, 'customer.subscription.created');
      else charge({ ...begun, status: 'incomplete', end: now() }, now());
    },
    truthOf: (customer: string): StripeTruth => ({
      sold: [...sold.values()].filter((one) => one.customer === customer),
      bills: bills.filter((bill) => bill.customer === customer),
    }),
    /** Bills for a larger plan at once. Answers whether it was paid. */
    chargeChange: (one: Sold): boolean => {
      bills.push({
        id: nextId('in'),
        customer: one.customer,
        subscription: one.id,
        created: now(),
        paid: cardWorks,
        until: one.end,
      });
      return cardWorks;
    },
    /** The payments of whatever a customer has failed as often as they were tried: from now on its invoices are drafts that nobody collects. */
    giveUp: (customer: string): void => {
      for (const one of sold.values()) if (one.customer === customer && !isOver(one)) keep({ ...one, status: 'unpaid' });
    },
    setCard: (works: boolean): void => {
      cardWorks = works;
      if (!works) return;
      for (const one of sold.values()) {
        if (!['past_due', 'incomplete'].includes(one.status)) continue;
        bills.forEach((bill, place) => {
          if (bill.subscription === one.id) bills[place] = { ...bill, paid: true };
        });
        keep({ ...one, status: 'active' });
      }
    },
  };
};

export type StripeBooks = ReturnType<typeof stripeBooks>;
