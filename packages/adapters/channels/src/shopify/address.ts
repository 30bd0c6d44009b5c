import { type Address, ok } from '@rappit/domain';
import { fullName } from '../wire/names.js';
import { object, type Reader } from '../wire/reading.js';
import { filled } from '../wire/scalars.js';

/** An address as Shopify knows it, in either of its languages. */
export type ShopAddress = { readonly [Name in keyof typeof told]: string | null };

const told = {
  name: filled('name'),
  firstName: filled('first_name'),
  lastName: filled('last_name'),
  company: filled('company'),
  line1: filled('address1'),
  line2: filled('address2'),
  city: filled('city'),
  province: filled('province'),
  provinceCode: filled('province_code'),
  zip: filled('zip'),
  countryCode: filled('country_code'),
  phone: filled('phone'),
};

const shopAddress = object<ShopAddress>(told);

export const address: Reader<Address | null> = (value, path) => {
  const read = shopAddress(value, path);
  return read.ok ? ok(addressOf(read.value)) : read;
};

/** Null when nobody could be found by it: a country code and a street line or a city are the least. Nothing is made up. */
export const addressOf = (from: ShopAddress): Address | null => {
  const countryCode = from.countryCode?.trim().toUpperCase() ?? '';
  const lines = [from.line1, from.line2].flatMap((line) => line ?? []);
  if (!/^[A-Z]{2}$/.test(countryCode) || (lines.length === 0 && from.city === null)) return null;
  return {
    name: from.name ?? fullName(from.firstName, from.lastName) ?? '',
    company: from.company,
    lines,
    city: from.city ?? '',
    region: from.provinceCode ?? from.province,
    postalCode: from.zip,
    countryCode,
    phone: from.phone,
    email: null,
  };
};
