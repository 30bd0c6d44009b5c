import type { Address, DocumentFormat } from '@rappit/domain';
import type { AdapterOptions } from '../wire/options.js';

/** An account at DHL Express, and what its parcels have in common. */
export type DhlAccount = {
  /** `https://express.api.dhl.com/mydhlapi`, or the same with `/test`. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly accountNumber: string;
  /** The account that duties are billed to when the sender pays them; null is the same one. */
  readonly dutiesAccountNumber: string | null;
  /** The clock on the walls where parcels are handed over, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** What is in the parcels, in English, where no customs declaration says it. */
  readonly goods: string;
  readonly labelFormat: DocumentFormat | null;
};

export type DhlOptions = AdapterOptions<DhlAccount>;

/** DHL's product by the lane, where nobody has chosen one: within a country, without customs in between, or with it. */
export const usualProduct = (from: Address, to: Address, declared: boolean): string => {
  if (from.countryCode === to.countryCode) return 'N';
  return declared ? 'P' : 'U';
};
