import type { Address, TaxNumber } from '@rappit/domain';
import { writtenLines } from '../wire/check.js';

const taxCodes: Readonly<Record<TaxNumber['kind'], string>> = { vat: 'VAT', eori: 'EOR', ioss: 'SDT', ein: 'EIN' };

/** DHL wants a postal code also where a country has none; then it is an empty text, which no other field may be. */
export const postalAddress = (address: Address) => {
  const [addressLine1 = '', addressLine2, addressLine3] = writtenLines(address);
  const { postalCode, city, countryCode, region } = address;
  const province = region?.trim() ?? '';
  return {
    postalCode: postalCode?.trim() ?? '',
    cityName: city.trim(),
    countryCode,
    addressLine1,
    ...(addressLine2 !== undefined && { addressLine2 }),
    ...(addressLine3 !== undefined && { addressLine3 }),
    ...(province.length >= 2 && province.length <= 35 && { provinceCode: province }),
  };
};

/** A private person is their own company. */
const contactInformation = ({ name, company, phone, email }: Address) => ({
  fullName: name.trim(),
  companyName: company?.trim() || name.trim(),
  phone: phone?.trim() ?? '',
  ...(email !== null && email.trim().length > 0 && email.trim().length <= 70 && { email: email.trim() }),
});

/** Whoever sends or receives, with the numbers under which customs knows them. */
export const partyOf = (address: Address, taxNumbers: readonly TaxNumber[] = []) => ({
  postalAddress: postalAddress(address),
  contactInformation: contactInformation(address),
  ...(taxNumbers.length > 0 && {
    registrationNumbers: taxNumbers.map(({ kind, number, countryCode }) => ({
      typeCode: taxCodes[kind],
      number,
      issuerCountryCode: countryCode,
    })),
  }),
});
