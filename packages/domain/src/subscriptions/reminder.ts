import { holdingOf } from './billing-status.js';
import { type Deadline, type Reminder, reminderDays } from './deadline.js';
import { leaseOf, type Subscription } from './subscription.js';

const DAY_MS = 86_400_000;
/** Nobody is told of what ended longer ago: they know, or the installation was away for days. */
const TOO_LATE_MS = 3 * DAY_MS;

/**
 * The deadline that a subscription runs towards or has passed. None where it is paid for, ends by a wish, or stopped; nor in a trial that
 * the provider watches over, which has a way to pay on file and goes on by itself.
 */
export const deadlineOf = ({ billed, trialEndsAt }: Subscription): Deadline | null => {
  const holding = billed === null ? 'ownTrial' : holdingOf(billed.status);
  if (holding === 'ownTrial') return { of: 'trial', endsAt: trialEndsAt };
  const graceEnds = billed !== null && billed.endsAt === null && holding === 'owing' ? leaseOf(billed)?.until : null;
  return graceEnds ? { of: 'grace', endsAt: graceEnds } : null;
};

/**
 * The reminder that is due, if one is: of several that are, the last alone. Each is due once for each deadline; one that was moved is
 * another deadline.
 */
export const reminderDue = (subscription: Subscription, now: Date): Reminder | null => {
  const deadline = deadlineOf(subscription);
  if (!deadline || now.getTime() - deadline.endsAt.getTime() > TOO_LATE_MS) return null;
  const left = deadline.endsAt.getTime() - now.getTime();
  const days = reminderDays.filter((some) => left <= some * DAY_MS).at(-1);
  const last = subscription.reminded;
  if (days === undefined || (last && isSame(last, deadline) && last.days <= days)) return null;
  return { ...deadline, days, number: (last?.number ?? 0) + 1 };
};

/** Whether a reminder is still of what is so: nobody paid meanwhile, and no other deadline took its place. */
export const stillHolds = (subscription: Subscription, reminder: Reminder): boolean => {
  const deadline = deadlineOf(subscription);
  return deadline !== null && isSame(reminder, deadline);
};

const isSame = (one: Deadline, other: Deadline): boolean =>
  one.of === other.of && one.endsAt.getTime() === other.endsAt.getTime();
