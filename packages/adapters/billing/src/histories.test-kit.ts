import { GRACE_DAYS, type PlanId, planIds, type Subscription } from '@rappit/domain';
import type { StripeTruth } from '@rappit/simulators/stripe';
import fc from 'fast-check';

const DAY_MS = 86_400_000;
const GRACE_MS = GRACE_DAYS * DAY_MS;
const ms = (seconds: number): number => seconds * 1_000;

/** What happens to a customer at Stripe. What makes no sense then does nothing. */
export type Happening =
  | { readonly kind: 'pass'; readonly days: number }
  | { readonly kind: 'card'; readonly works: boolean }
  | { readonly kind: 'buy' | 'change'; readonly plan: PlanId }
  | { readonly kind: 'end' | 'resume' | 'cancel' | 'giveUp' };

/** How each event that a happening brings comes: at once, twice, later in whatever order, or never. */
export type Post = 'now' | 'twice' | 'late' | 'never';

export type History = readonly { readonly happening: Happening; readonly posts: readonly Post[]; readonly late: number }[];

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('pass'), days: fc.constantFrom(1, 2, 6, 15, 31) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('buy'), plan: fc.constantFrom(...planIds) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('card'), works: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('change'), plan: fc.constantFrom(...planIds) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('end', 'resume', 'cancel', 'giveUp') }) },
);
const posts = fc.array(fc.constantFrom<Post[]>('now', 'twice', 'late', 'never'), { minLength: 1, maxLength: 4 });

export const histories = (runs: number, seed: number): readonly History[] =>
  fc.sample(fc.array(fc.record({ happening, posts, late: fc.nat() }), { minLength: 3, maxLength: 9, size: 'max' }), {
    numRuns: runs,
    seed,
  });

const paidUntil = ({ bills }: StripeTruth): readonly number[] => bills.flatMap(({ paid, until }) => (paid ? [ms(until)] : []));

/** The latest moment up to which anything that was ever paid or tried gives access, with the grace that follows it. */
export const grantedUntil = (truth: StripeTruth, { trialEndsAt }: Subscription): number => {
  const tried = truth.sold.flatMap(({ trialEnd }) => (trialEnd === null ? [] : [ms(trialEnd)]));
  return Math.max(trialEndsAt.getTime(), ...[...tried, ...paidUntil(truth)].map((end) => end + GRACE_MS));
};

const owedSince = ({ bills }: StripeTruth, id: string): number => {
  const own = bills.filter(({ subscription }) => subscription === id);
  const lastPaid = Math.max(0, ...own.flatMap(({ paid, created }) => (paid ? [created] : [])));
  return Math.min(...own.flatMap(({ paid, created }) => (!paid && created > lastPaid ? [created] : [])));
};

/** Whether what is true at Stripe gives access, told without any of our own rules but the grace. */
export const hasAccess = (truth: StripeTruth, { trialEndsAt }: Subscription, now: Date): boolean => {
  const begun = truth.sold.filter(({ status }) => !status.startsWith('incomplete'));
  if (begun.length === 0) return now < trialEndsAt;
  return begun.some(({ id, status }) => {
    if (status === 'past_due') return now.getTime() < ms(owedSince(truth, id)) + GRACE_MS;
    return status === 'active' || status === 'trialing';
  });
};
