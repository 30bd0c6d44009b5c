import type { SealingKeys } from '@rappit/identity';
import type { BillingConfig } from '../billing-config.js';
import type { Config } from '../config.js';
import type { Database } from '../database.js';

/** What is known before anything is wired: configuration with nothing missing, and a database that is ready. */
export type Settings = {
  readonly config: Config;
  readonly database: Database;
  /** The first signs access tokens, all of them verify. */
  readonly jwtSecrets: readonly string[];
  readonly credentialKeys: SealingKeys;
  /** Where subscriptions are sold; null where they aren't, and nothing is limited. */
  readonly billing: BillingConfig | null;
  /** Where the simulated carrier listens; null where there is none, as in production. */
  readonly simulatedCarrier: { readonly baseUrl: string; readonly apiKey: string } | null;
};
