import type { Address, OrganizationId, Result } from '../kernel/index.js';
import type { Carrier } from './carrier.port.js';
import type { CarrierAccountNotFound } from './carrier-account.js';
import type { CarrierAccountId } from './carrier-account-id.js';
import type { DocumentFormat } from './label.js';

/** The installation has no carrier of that code, or the organization may not use it. */
export type CarrierUnknown = { readonly code: 'carrier.unknown' };

/** A carrier on one account. `accountId` is null for the installation's own account. */
export type AccountOfCarrier = { readonly carrier: string; readonly accountId: CarrierAccountId | null };

/** What the holder of an account has agreed on for everything that is bought on it; null leaves it open. */
export type CarrierTerms = {
  /** Where parcels come from whose location has no address. */
  readonly shipper: Address | null;
  readonly defaultService: string | null;
  readonly labelFormat: DocumentFormat | null;
};

/** Whom to buy from, on which account (null: the installation's own). */
export type ChosenCarrier = {
  readonly carrier: Carrier;
  readonly accountId: CarrierAccountId | null;
  readonly terms: CarrierTerms;
};

/**
 * The carriers that an organization may use, each on an account of its own or on the installation's. Never on another organization's.
 * - `choose` is for something new: the account that is named, else the organization's default account of that carrier, else the
 *   installation's own. That one only where the organization never had an account of the carrier: one that was removed or switched off
 *   is answered `carrier_account.not_found`, and nobody else pays.
 * - `find` is for what was begun (a look-up, tracking, a void): on the very account that it was begun on, also when that was removed since.
 */
export type Carriers = {
  /** Of every carrier that the installation knows, on whichever account; an organization may use some of them. */
  readonly codes: readonly string[];
  readonly choose: (
    organizationId: OrganizationId,
    wanted: AccountOfCarrier,
  ) => Promise<Result<ChosenCarrier, CarrierUnknown | CarrierAccountNotFound>>;
  readonly find: (organizationId: OrganizationId, begunOn: AccountOfCarrier) => Promise<Carrier | undefined>;
};

/** Of an account whose holder has agreed on nothing. */
export const noTerms: CarrierTerms = { shipper: null, defaultService: null, labelFormat: null };
