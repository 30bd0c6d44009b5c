import type { Address as DomainAddress } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { anyText, anyTextOrNull, closed, component, countryCode, listOf, text, textOrNull } from './vocabulary.schemas.js';

export const AddressInput = component(
  'AddressInput',
  Type.Object(
    {
      name: text(200),
      company: Type.Optional(textOrNull(200)),
      lines: listOf(text(200), { minItems: 1, maxItems: 4, description: 'Street and house number first.' }),
      city: text(200),
      region: Type.Optional(textOrNull(200)),
      postalCode: Type.Optional(textOrNull(20, { description: 'Left out where the country has none.' })),
      countryCode,
      phone: Type.Optional(textOrNull(50)),
      email: Type.Optional(textOrNull(254)),
    },
    {
      ...closed,
      examples: [
        {
          name: 'Amira Haddad',
          lines: ['Hauptstraße 5'],
          city: 'Berlin',
          postalCode: '10115',
          countryCode: 'DE',
          phone: '+49 30 123456',
        },
      ],
    },
  ),
);

export const Address = component(
  'Address',
  Type.Object(
    {
      name: anyText,
      company: anyTextOrNull,
      lines: listOf(anyText),
      city: anyText,
      region: anyTextOrNull,
      postalCode: anyTextOrNull,
      countryCode: anyText,
      phone: anyTextOrNull,
      email: anyTextOrNull,
    },
    closed,
  ),
);

/** What was left out is unknown, and stands as null. */
export const addressOf = (input: Static<typeof AddressInput.ref>): DomainAddress => ({
  name: input.name,
  company: input.company ?? null,
  lines: input.lines,
  city: input.city,
  region: input.region ?? null,
  postalCode: input.postalCode ?? null,
  countryCode: input.countryCode,
  phone: input.phone ?? null,
  email: input.email ?? null,
});
