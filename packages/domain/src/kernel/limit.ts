/** What a plan includes so many of. */
export const limitKinds = ['members', 'locations', 'skus', 'ordersPerMonth', 'channels'] as const;
export type LimitKind = (typeof limitKinds)[number];

/** So much of a limit's kind is in use that no more is included. What is there already stays, also after a change to a smaller plan. */
export type LimitReached = {
  readonly code: 'subscription.limit_reached';
  readonly kind: LimitKind;
  readonly limit: number;
  readonly usage: number;
};
