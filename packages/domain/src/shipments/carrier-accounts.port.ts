import type { Page, PageRequest } from '../kernel/index.js';
import type { CarrierAccount } from './carrier-account.js';
import type { CarrierAccountId } from './carrier-account-id.js';

/**
 * Accounts of one organization. Credentials go in and out sealed.
 * - `save` is conditional on the version before, and throws when somebody else has changed the account meanwhile, or when another one of
 *   its carrier is the default.
 * - None is ever deleted: a removed one is found, and listed among those of its carrier.
 */
export type CarrierAccountStore = {
  readonly find: (id: CarrierAccountId) => Promise<CarrierAccount | undefined>;
  readonly sealedOf: (id: CarrierAccountId) => Promise<string | undefined>;
  /** With `sealed`, also what the credentials are from now on. */
  readonly save: (account: CarrierAccount, sealed?: string) => Promise<void>;
  /** Newest first, without the removed ones. */
  readonly list: (page: PageRequest) => Promise<Page<CarrierAccount>>;
  /** All that there ever were, oldest first. */
  readonly ofCarrier: (carrier: string) => Promise<readonly CarrierAccount[]>;
};

export type CarrierAccountStores = { readonly carrierAccounts: CarrierAccountStore };
