import { type Address, type CarrierRefused, type Consignment, err, ok, type Result } from '@rappit/domain';
import { isCurrency } from './reading.js';

/** What a carrier takes; lengths in characters. */
export type Limits = {
  readonly lines: number;
  readonly lineLength: number;
  readonly cityLength: number;
  readonly nameLength: number;
  readonly parcels: number;
  /** Fewer digits than this are no phone number; null where none is needed. */
  readonly phoneDigits: number | null;
};

type Fault = { readonly path: string; readonly message: string };

/**
 * What can be said against a consignment before anybody is asked, by our own field. Carriers say the same, in their words, for the
 * whole request at once, and not always of which field.
 */
export const checkConsignment = (consignment: Consignment, limits: Limits): Result<null, CarrierRefused> => {
  const { from, to, parcels, goods, customs, extras } = consignment;
  const faults = [
    ...faultsOfAddress(from, 'from', limits),
    ...faultsOfAddress(to, 'to', limits),
    ...(parcels.length === 0 ? [{ path: 'parcels', message: 'There is no parcel.' }] : []),
    ...(parcels.length > limits.parcels ? [{ path: 'parcels', message: `There may be ${limits.parcels} parcels at most.` }] : []),
    ...parcels.flatMap((parcel, index) =>
      (['weightGrams', 'lengthMm', 'widthMm', 'heightMm'] as const).flatMap((field) =>
        parcel[field] > 0 ? [] : [{ path: `parcels[${index}].${field}`, message: 'It must be more than nothing.' }],
      ),
    ),
    ...faultsOfCurrency((customs ?? goods)?.currency, 'customs.currency'),
    ...faultsOfCurrency(extras.insuredFor?.currency, 'extras.insuredFor.currency'),
    ...(customs && customs.lines.length === 0 ? [{ path: 'customs.lines', message: 'Customs is told of nothing.' }] : []),
    ...(customs?.lines ?? []).flatMap(({ description, quantity }, index) => [
      ...(description.trim() === '' ? [{ path: `customs.lines[${index}].description`, message: 'It must say what it is.' }] : []),
      ...(quantity > 0 ? [] : [{ path: `customs.lines[${index}].quantity`, message: 'It must be more than nothing.' }]),
    ]),
  ];
  return firstOf(faults);
};

const faultsOfCurrency = (currency: string | undefined, path: string): readonly Fault[] =>
  currency === undefined || isCurrency(currency) ? [] : [{ path, message: `${currency} is no currency that carriers know.` }];

/** The address alone. */
export const checkAddress = (address: Address, path: string, limits: Limits): Result<null, CarrierRefused> =>
  firstOf(faultsOfAddress(address, path, limits));

const firstOf = ([fault]: readonly Fault[]): Result<null, CarrierRefused> =>
  fault ? err({ code: 'carrier.refused', ...fault }) : ok(null);

const faultsOfAddress = (address: Address, party: string, limits: Limits): readonly Fault[] => {
  const { name, company, city, countryCode, phone } = address;
  const lines = writtenLines(address);
  const tooLong = (text: string, length: number) => text.trim().length > length;
  const at = (field: string, message: string, wrong: boolean): readonly Fault[] =>
    wrong ? [{ path: `${party}.${field}`, message }] : [];
  return [
    ...at('name', 'A name is needed.', name.trim() === ''),
    ...at('name', `It may have ${limits.nameLength} characters at most.`, tooLong(name, limits.nameLength)),
    ...at('company', `It may have ${limits.nameLength} characters at most.`, tooLong(company ?? '', limits.nameLength)),
    ...at('lines', 'A street is needed.', lines.length === 0),
    ...at('lines', `There may be ${limits.lines} lines at most.`, lines.length > limits.lines),
    ...address.lines.flatMap((line, index) =>
      at(`lines[${index}]`, `It may have ${limits.lineLength} characters at most.`, tooLong(line, limits.lineLength)),
    ),
    ...at('city', 'A city is needed.', city.trim() === ''),
    ...at('city', `It may have ${limits.cityLength} characters at most.`, tooLong(city, limits.cityLength)),
    ...at('countryCode', 'It must be a country code of two letters.', !/^[A-Z]{2}$/.test(countryCode)),
    ...at(
      'phone',
      'The carrier needs a phone number.',
      limits.phoneDigits !== null && (phone ?? '').replace(/\D/g, '').length < limits.phoneDigits,
    ),
  ];
};

/** The lines that aren't blank, as carriers want them. */
export const writtenLines = ({ lines }: Address): readonly string[] =>
  lines.map((line) => line.trim()).filter((line) => line !== '');
