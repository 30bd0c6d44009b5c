import { type Address, err, type OrganizationId, ok, type Result, type SealedFor } from '../kernel/index.js';
import type { CarrierAccountId } from './carrier-account-id.js';
import type { DocumentFormat } from './label.js';

/** Names and values as the carrier's own form of an account has them (`AccountForm`). */
export type AccountDetails = Readonly<Record<string, string>>;

/** An organization's account at a carrier. Its credentials are kept apart, sealed, and are part of no answer. */
export type CarrierAccount = {
  readonly id: CarrierAccountId;
  readonly carrier: string;
  readonly name: string;
  /** The last characters of its number, by which people tell accounts apart. */
  readonly numberEnding: string;
  /** What is particular to the carrier, and no secret. */
  readonly settings: AccountDetails;
  /** Where parcels come from whose location has no address. */
  readonly shipper: Address | null;
  readonly defaultService: string | null;
  readonly labelFormat: DocumentFormat | null;
  /** What is bought from the carrier is bought on it where no account is named. One of a carrier at most. */
  readonly isDefault: boolean;
  /** Nothing new is bought on one that isn't. */
  readonly active: boolean;
  readonly createdAt: Date;
  /** A removed one is kept for what was begun on it. */
  readonly removedAt: Date | null;
  /** Rises with every change, that of its credentials included. */
  readonly version: number;
};

/** The organization has no such account, or nothing new may be bought on it. */
export type CarrierAccountNotFound = { readonly code: 'carrier_account.not_found' };

/** The purpose that an account's credentials are sealed for. It is part of each seal, and so never changes. */
export const CARRIER_ACCOUNT_SECRET = 'carrier_account.secret';

/** What an account's credentials are sealed for. */
export const credentialsOf = (organizationId: OrganizationId, id: CarrierAccountId): SealedFor => ({
  organizationId,
  purpose: CARRIER_ACCOUNT_SECRET,
  ownerId: id,
});

/** Four characters, and never more than half of the number. */
export const endingOf = (accountNumber: string): string => {
  const shown = Math.min(4, Math.floor(accountNumber.length / 2));
  return shown === 0 ? '' : accountNumber.slice(-shown);
};

/**
 * On which of a carrier's accounts, all that the organization ever had, something new is bought: the one that is named, or the default.
 * Null is the installation's own, for whoever never had one; that somebody has given up theirs doesn't hand the bill to others.
 */
export const chooseAccount = (
  accounts: readonly CarrierAccount[],
  named: CarrierAccountId | null,
): Result<CarrierAccount | null, CarrierAccountNotFound> => {
  if (named === null && accounts.length === 0) return ok(null);
  const found = accounts.find(({ id, isDefault }) => (named === null ? isDefault : id === named));
  return found?.active && found.removedAt === null ? ok(found) : err({ code: 'carrier_account.not_found' });
};
