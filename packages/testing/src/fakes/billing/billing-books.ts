import { type BilledSubscription, hasStopped, isFinal, type PlanId } from '@rappit/domain';

const DAY_MS = 86_400_000;
const PERIOD_DAYS = 30;
/** So long a payment that failed is tried again. */
const TRIED_DAYS = 21;

export const daysLater = (moment: Date, days: number): Date => new Date(moment.getTime() + days * DAY_MS);

/** What gives access: money for a period, or a trial of it. */
export type Grant = { readonly at: Date; readonly until: Date };

/** What the provider knows of one customer, and everything that was ever granted, oldest first. */
export type BillingBooks = {
  /** What the ids of subscriptions begin with. */
  readonly prefix: string;
  readonly now: Date;
  readonly cardWorks: boolean;
  readonly subscriptions: readonly BilledSubscription[];
  readonly grants: readonly Grant[];
};

export type BillingStep =
  | { readonly kind: 'pass'; readonly days: number }
  | { readonly kind: 'card'; readonly works: boolean }
  | { readonly kind: 'buy'; readonly plan: PlanId; readonly trialEndsAt: Date | null }
  | { readonly kind: 'expireUnpaidPurchase' }
  | { readonly kind: 'cancelAtPeriodEnd' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'cancelNow' }
  | { readonly kind: 'giveUp' }
  | { readonly kind: 'endStopped' }
  | { readonly kind: 'changePlan'; readonly plan: PlanId };

export const newBooks = (now: Date): BillingBooks => ({ prefix: 'sub', now, cardWorks: true, subscriptions: [], grants: [] });

const isOver = ({ status }: BilledSubscription): boolean => isFinal(status);
const isLiving = (one: BilledSubscription): boolean => !isOver(one);

const each = (books: BillingBooks, change: (one: BilledSubscription) => BilledSubscription): BillingBooks => ({
  ...books,
  subscriptions: books.subscriptions.map((one) => (isLiving(one) ? change(one) : one)),
});

/** Takes the money for a period that begins at a moment, or fails to. */
const charge = (books: BillingBooks, one: BilledSubscription, from: Date): BillingBooks => {
  const period = { periodStartsAt: from, periodEndsAt: daysLater(from, PERIOD_DAYS) };
  const paid: BilledSubscription = { ...one, ...period, status: 'active', unpaidSince: null };
  const owed: BilledSubscription = { ...one, ...period, status: 'past_due', unpaidSince: one.unpaidSince ?? from };
  const grants = books.cardWorks ? [...books.grants, { at: books.now, until: paid.periodEndsAt }] : books.grants;
  const after = books.cardWorks ? paid : owed;
  return { ...books, grants, subscriptions: books.subscriptions.map((other) => (other.id === one.id ? after : other)) };
};

/** What a card that works again pays for: the period that is owed, or one that begins now when that is over. */
const payDebts = (books: BillingBooks): BillingBooks =>
  books.subscriptions
    .filter(({ status }) => ['incomplete', 'past_due', 'unpaid', 'paused'].includes(status))
    .reduce((after, one) => charge(after, one, one.periodEndsAt > after.now ? one.periodStartsAt : after.now), books);

const put = (books: BillingBooks, one: BilledSubscription): BillingBooks => ({
  ...books,
  subscriptions: books.subscriptions.map((other) => (other.id === one.id ? one : other)),
});

/** What the next day brings a subscription. */
const dayPasses = (books: BillingBooks, { id }: BilledSubscription): BillingBooks => {
  const one = books.subscriptions.find((other) => other.id === id);
  if (!one || isOver(one)) return books;
  if (one.endsAt !== null && one.endsAt <= books.now) return put(books, { ...one, status: 'canceled' });
  if (one.status === 'trialing' && one.trialEndsAt !== null && one.trialEndsAt <= books.now)
    return charge(books, one, one.trialEndsAt);
  if (one.status === 'past_due' && one.unpaidSince !== null && daysLater(one.unpaidSince, TRIED_DAYS) <= books.now)
    return put(books, { ...one, status: 'unpaid' });
  if (one.status === 'active' && one.periodEndsAt <= books.now) return charge(books, one, one.periodEndsAt);
  return books;
};

const pass = (books: BillingBooks, days: number): BillingBooks =>
  Array.from({ length: days }).reduce<BillingBooks>((before) => {
    const next = { ...before, now: daysLater(before.now, 1) };
    return next.subscriptions.reduce(dayPasses, next);
  }, books);

const buy = (books: BillingBooks, plan: PlanId, trialEndsAt: Date | null): BillingBooks => {
  const trial = trialEndsAt !== null && trialEndsAt > books.now ? trialEndsAt : null;
  const bought: BilledSubscription = {
    id: `${books.prefix}_${books.subscriptions.length + 1}`,
    status: trial ? 'trialing' : 'incomplete',
    plan,
    startedAt: books.now,
    periodStartsAt: books.now,
    periodEndsAt: trial ?? books.now,
    trialEndsAt: trial,
    unpaidSince: null,
    endsAt: null,
  };
  const grants = trial ? [...books.grants, { at: books.now, until: trial }] : books.grants;
  const after = { ...books, grants, subscriptions: [...books.subscriptions, bought] };
  return trial || !books.cardWorks ? after : charge(after, bought, books.now);
};

const runs = ({ status }: BilledSubscription): boolean => ['active', 'trialing', 'past_due'].includes(status);

/** The books after a step: a small Stripe, as a pure function. A step that makes no sense then changes nothing. */
export const billingStep = (books: BillingBooks, step: BillingStep): BillingBooks => {
  switch (step.kind) {
    case 'pass':
      return pass(books, step.days);
    case 'card':
      return step.works ? payDebts({ ...books, cardWorks: true }) : { ...books, cardWorks: false };
    case 'buy':
      return buy(books, step.plan, step.trialEndsAt);
    case 'expireUnpaidPurchase':
      return each(books, (one) => (one.status === 'incomplete' ? { ...one, status: 'incomplete_expired' } : one));
    case 'cancelAtPeriodEnd':
      return each(books, (one) => (runs(one) ? { ...one, endsAt: one.periodEndsAt } : one));
    case 'resume':
      return each(books, (one) => ({ ...one, endsAt: null }));
    case 'cancelNow':
      return each(books, (one) => ({ ...one, status: 'canceled' }));
    case 'giveUp':
      return each(books, (one) => (runs(one) ? { ...one, status: 'unpaid' } : one));
    case 'endStopped':
      return each(books, (one) => (hasStopped(one.status) ? { ...one, status: 'canceled' } : one));
    case 'changePlan':
      return each(books, (one) => ({ ...one, plan: step.plan }));
  }
};
