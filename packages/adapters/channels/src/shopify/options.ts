import type { GuardedFetch } from '@rappit/domain';

/** What the adapter is given of the world. */
export type ShopifyWorld = {
  readonly send: GuardedFetch['send'];
  /** Where a shop is reached; `https://` and its domain where it is left out. */
  readonly originOf?: (shopDomain: string) => string;
  /** How long one question may take, with every wait and repetition that it needs. */
  readonly deadlineMs?: number;
  /** A clock that is never put back, in milliseconds; the process's own where it is left out. */
  readonly monotonicMs?: () => number;
  readonly wait?: (milliseconds: number) => Promise<void>;
};

export const USUAL_DEADLINE_MS = 20_000;

export const usualOrigin = (shopDomain: string): string => `https://${shopDomain}`;
