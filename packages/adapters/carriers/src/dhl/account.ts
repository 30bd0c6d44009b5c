import { type Consignment, customsTerritoryOf, type DocumentFormat } from '@rappit/domain';
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

/**
 * DHL's product by the lane, where nobody has chosen one: `P` for what is declared, also within a country; else `N` within one, and `U` from
 * one to another within the customs territory of the European Union. Countries that are one for customs elsewhere get `P`.
 */
export const usualProduct = ({ from, to, customs }: Pick<Consignment, 'from' | 'to' | 'customs'>): string => {
  if (customs) return 'P';
  if (from.countryCode === to.countryCode) return 'N';
  return [from, to].every((address) => customsTerritoryOf(address) === 'EU') ? 'U' : 'P';
};
