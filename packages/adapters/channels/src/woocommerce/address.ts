import type { Address } from '@rappit/domain';
import { fullName } from '../wire/names.js';
import { object, type Reader } from '../wire/reading.js';
import { filled } from '../wire/scalars.js';

export type WooContact = { readonly [Name in keyof typeof told]: string | null };

const told = {
  firstName: filled('first_name'),
  lastName: filled('last_name'),
  company: filled('company'),
  line1: filled('address_1'),
  line2: filled('address_2'),
  city: filled('city'),
  state: filled('state'),
  postcode: filled('postcode'),
  country: filled('country'),
  email: filled('email'),
  phone: filled('phone'),
};

/** `billing` and `shipping` of an order: both are always there, and full of empty texts when nothing was typed in. */
export const contact: Reader<WooContact> = object<WooContact>(told);

export const nameOf = ({ firstName, lastName }: WooContact): string | null => fullName(firstName, lastName);

/** Null when nobody could be found by it: a country code and a street line or a city are the least. Nothing is made up. */
export const addressOf = (from: WooContact): Address | null => {
  const countryCode = from.country?.trim().toUpperCase() ?? '';
  const lines = [from.line1, from.line2].flatMap((line) => line ?? []);
  if (!/^[A-Z]{2}$/.test(countryCode) || (lines.length === 0 && from.city === null)) return null;
  return {
    name: nameOf(from) ?? '',
    company: from.company,
    lines,
    city: from.city ?? '',
    region: from.state,
    postalCode: from.postcode,
    countryCode,
    phone: from.phone,
    email: null,
  };
};
