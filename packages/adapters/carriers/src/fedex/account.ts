import type { Consignment, DocumentFormat } from '@rappit/domain';
import type { AdapterOptions } from '../wire/options.js';

/** A key of FedEx's developer portal. */
export type FedexKey = { readonly clientId: string; readonly clientSecret: string };

/** How parcels come to FedEx. */
export const pickupTypes = ['USE_SCHEDULED_PICKUP', 'CONTACT_FEDEX_TO_SCHEDULE', 'DROPOFF_AT_FEDEX_LOCATION'] as const;

/** An account at FedEx. */
export type FedexAccount = FedexKey & {
  /** `https://apis.fedex.com`, or `https://apis-sandbox.fedex.com`. */
  readonly baseUrl: string;
  readonly accountNumber: string;
  /** Many accounts track with a key of its own; null where one does for all. */
  readonly trackKey: FedexKey | null;
  /** The clock on the walls where parcels are handed over, such as `Europe/Berlin`. */
  readonly timeZone: string;
  readonly pickupType: (typeof pickupTypes)[number];
  readonly labelFormat: DocumentFormat | null;
};

export type FedexOptions = AdapterOptions<FedexAccount>;

/** Something goes from one country to another, or has to be declared within one: FedEx carries it as international, and is told what it is. */
export const isInternational = ({ from, to, customs }: Pick<Consignment, 'from' | 'to' | 'customs'>): boolean =>
  customs !== null || from.countryCode !== to.countryCode;

/** FedEx's service by the lane, where nobody has chosen one. */
export const usualService = (consignment: Pick<Consignment, 'from' | 'to' | 'customs'>): string => {
  if (isInternational(consignment)) return 'FEDEX_INTERNATIONAL_PRIORITY';
  return consignment.from.countryCode === 'US' ? 'FEDEX_GROUND' : 'FEDEX_PRIORITY';
};

const groundServices: readonly string[] = ['FEDEX_GROUND', 'GROUND_HOME_DELIVERY'];

/** Which of FedEx's companies carries it. */
export const companyOf = (service: string | null): 'FDXE' | 'FDXG' =>
  service !== null && groundServices.includes(service) ? 'FDXG' : 'FDXE';
