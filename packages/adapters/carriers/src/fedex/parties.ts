import { type Address, type CarrierRefused, ok, type Result, type TaxNumber } from '@rappit/domain';
import { refused } from '../wire/answers.js';
import { writtenLines } from '../wire/check.js';

const taxTypes: Readonly<Record<TaxNumber['kind'], string>> = {
  vat: 'BUSINESS_UNION',
  eori: 'BUSINESS_UNION',
  ioss: 'BUSINESS_UNION',
  ein: 'BUSINESS_NATIONAL',
};

/** Where FedEx wants a state, by its two letters. Elsewhere there is none to be told. */
const statesOf: readonly string[] = ['US', 'CA', 'PR'];

/** A state that FedEx can't do without, by our own field. */
export const checkState = ({ countryCode, region }: Address, party: string): Result<null, CarrierRefused> =>
  !statesOf.includes(countryCode) || /^[A-Z]{2}$/i.test(region?.trim() ?? '')
    ? ok(null)
    : refused(`${countryCode} needs a state or province of two letters.`, `${party}.region`);

/** Without empty fields, which FedEx doesn't like. */
export const addressOf = (address: Address) => {
  const { city, countryCode, region, postalCode, company } = address;
  const state = region?.trim().toUpperCase() ?? '';
  return {
    streetLines: writtenLines(address),
    city: city.trim(),
    countryCode,
    ...(statesOf.includes(countryCode) && state !== '' && { stateOrProvinceCode: state }),
    ...(postalCode !== null && postalCode.trim() !== '' && { postalCode: postalCode.trim().slice(0, 10) }),
    residential: company === null,
  };
};

export const contactOf = ({ name, company, phone, email }: Address) => ({
  personName: name.trim(),
  ...(company !== null && company.trim() !== '' && { companyName: company.trim() }),
  phoneNumber: (phone ?? '').replace(/\D/g, '').slice(0, 15),
  ...(email !== null && email.trim() !== '' && email.trim().length <= 80 && { emailAddress: email.trim() }),
});

/** Whoever sends or receives, with the numbers under which customs knows them. */
export const partyOf = (address: Address, taxNumbers: readonly TaxNumber[]) => ({
  address: addressOf(address),
  contact: contactOf(address),
  ...(taxNumbers.length > 0 && { tins: taxNumbers.map(({ kind, number }) => ({ number, tinType: taxTypes[kind] })) }),
});
