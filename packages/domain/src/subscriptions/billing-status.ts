/** What the billing provider's word for a subscription lets a merchant do, and for how long. */
export type Holding =
  /** Nothing was ever paid: what is left of our own trial goes on. */
  'ownTrial' | 'trial' | 'paid' | 'owing' | 'stopped' | 'ended';

type Said = { readonly holds: Holding; readonly final: boolean; readonly means: string };

/**
 * Every status that Stripe gives a subscription (facts/channels §3.2), and what it holds. The list is open on their side: a word that isn't
 * here is `stopped`, which reads and doesn't write. A final one never changes again.
 */
export const billingStatuses = {
  incomplete: { holds: 'ownTrial', final: false, means: 'The first payment has not come yet.' },
  incomplete_expired: { holds: 'ownTrial', final: true, means: 'The first payment never came.' },
  trialing: { holds: 'trial', final: false, means: 'A trial that the provider watches over, with a way to pay on file.' },
  active: { holds: 'paid', final: false, means: 'Paid for the period, also when it is cancelled at its end.' },
  past_due: { holds: 'owing', final: false, means: 'A payment failed and is tried again.' },
  unpaid: { holds: 'stopped', final: false, means: 'A payment failed as often as it was tried.' },
  paused: { holds: 'stopped', final: false, means: 'A trial ended without a way to pay, or somebody paused it at the provider.' },
  canceled: { holds: 'ended', final: true, means: 'It is over; another one has to be bought.' },
} as const satisfies Readonly<Record<string, Said>>;

export type BillingStatus = keyof typeof billingStatuses;

export const isBillingStatus = (word: string): word is BillingStatus => Object.hasOwn(billingStatuses, word);

/** It is over for good. Of a word that we don't know nobody can say. */
export const isFinal = (word: string): boolean => isBillingStatus(word) && billingStatuses[word].final;

/** It stopped for want of a payment, and may be replaced. What a word that we don't know may still charge nobody can say. */
export const hasStopped = (word: string): boolean => isBillingStatus(word) && billingStatuses[word].holds === 'stopped';

export const holdingOf = (word: string): Holding => (isBillingStatus(word) ? billingStatuses[word].holds : 'stopped');
