import type { AccountRequest, AccountRequestId } from './account-request.js';

export type DueRequest = { readonly request: AccountRequest; readonly attempts: number };

/**
 * Requests for addresses, before it is known whether anybody has the address: like the outbox, but of no organization.
 * - `claim` leases each to one worker; what was neither settled nor failed becomes due again when the lease ends.
 */
export type AccountRequests = {
  /** It expires after so many minutes, by the store's clock. */
  readonly make: (request: AccountRequest, minutes: number) => Promise<void>;
  readonly claim: (limit: number, leaseSeconds: number) => Promise<readonly DueRequest[]>;
  /** From now on it is found by the token with this digest. */
  readonly giveToken: (id: AccountRequestId, tokenHash: string) => Promise<void>;
  /** The mail is on its way: it is due no more, and waits for its link to be used. */
  readonly settled: (id: AccountRequestId) => Promise<void>;
  /** Due again at `retryAt`, or never when that is null. `reason` holds nothing secret. */
  readonly failed: (id: AccountRequestId, reason: string, retryAt: Date | null) => Promise<void>;
  /** By the digest of its token, unless it has expired. */
  readonly byToken: (tokenHash: string) => Promise<AccountRequest | undefined>;
  /** Nothing is left of it. */
  readonly drop: (id: AccountRequestId) => Promise<void>;
  /** Drops up to `limit` that have expired; answers how many. */
  readonly dropExpired: (limit: number) => Promise<number>;
  /** When the next one is due, however far away. */
  readonly nextDue: () => Promise<Date | null>;
};

/** The same requests inside a unit of work. */
export type AccountRequestStore = {
  /** Answers true once, and nothing is left of the request; false when its link was used, or has expired. */
  readonly use: (id: AccountRequestId) => Promise<boolean>;
  /** Links for setting a new password of this e-mail's user are good for nothing any more. */
  readonly dropResets: (email: string) => Promise<void>;
};
