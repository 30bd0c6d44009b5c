import { type Gate, missing, unfilled } from './gate.js';

const secrets = ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'] as const;
const prices = ['STRIPE_PRICE_STARTER', 'STRIPE_PRICE_GROWTH', 'STRIPE_PRICE_SCALE'] as const;

/** GATE-006: organizations are sold to by the real Stripe. */
export const subscriptionsGate: Gate = {
  id: 'GATE-006',
  title: 'Subscriptions',
  rule: [
    'STRIPE_SECRET_KEY is a live key, STRIPE_WEBHOOK_SECRET is not empty, each plan has its price, and STRIPE_URL is not set.',
    'Whoever is kept from writing is counted in `subscription_blocks_total` and logged as a warning.',
  ],
  owns: (variable) => variable.startsWith('STRIPE_'),
  reasons: ({ given }) => [...missing(given, [...secrets, ...prices]), ...unfilled(given, [...secrets, ...prices])],
};
