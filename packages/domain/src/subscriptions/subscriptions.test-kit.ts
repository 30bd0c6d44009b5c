import type { BilledSubscription, Subscription } from './subscription.js';
import { trialFrom } from './subscription.js';

/** Noon, so many days after the organization was opened. */
export const day = (days: number): Date => new Date(Date.parse('2026-03-01T12:00:00Z') + days * 86_400_000);

/** Opened on day 0, with a trial of its own until day 14; bought on day 2, with a trial until day 14 and a period until day 44. */
export const billedAs = (status: string, facts: Partial<BilledSubscription> = {}): Subscription => ({
  ...trialFrom(day(0)),
  customerId: 'cus_1',
  billed: billed(status, facts),
});

export const billed = (status: string, facts: Partial<BilledSubscription> = {}): BilledSubscription => ({
  id: 'sub_1',
  status,
  plan: 'growth',
  startedAt: day(2),
  periodStartsAt: day(14),
  periodEndsAt: day(44),
  trialEndsAt: day(14),
  unpaidSince: null,
  endsAt: null,
  ...facts,
});
