import type { SealingKeys } from '@rappit/identity';
import type { BillingConfig } from '../billing-config.js';
import type { Config } from '../config.js';
import type { Database } from '../database.js';
import type { ShopifyAppConfig } from '../shop-config.js';
import type { SimulatedShops } from '../staging/shop-window.js';

/** What is known before anything is wired: configuration with nothing missing, and a database that is ready. */
export type Settings = {
  readonly config: Config;
  readonly database: Database;
  /** The first signs access tokens, all of them verify. */
  readonly jwtSecrets: readonly string[];
  readonly credentialKeys: SealingKeys;
  /** Where subscriptions are sold; null where they aren't, and nothing is limited. */
  readonly billing: BillingConfig | null;
  /** A shop of each kind that isn't real; null where there is none, as in production. */
  readonly simulatedShops: SimulatedShops | null;
  /** Our app at Shopify, or one that was made up for a simulated shop; null where there is none. */
  readonly shopifyApp: ShopifyAppConfig | null;
  /** Where the simulated carrier listens; null where there is none, as in production. */
  readonly simulatedCarrier: { readonly baseUrl: string; readonly apiKey: string } | null;
};
