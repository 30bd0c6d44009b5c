import type { Address } from '@rappit/domain';
import fc from 'fast-check';

const anyText = (maxLength = 40): fc.Arbitrary<string> => fc.string({ unit: 'grapheme', minLength: 1, maxLength });

/** An address as somebody might have typed it. */
export const anyAddress = (): fc.Arbitrary<Address> =>
  fc.record({
    name: anyText(),
    company: fc.option(anyText()),
    lines: fc.array(anyText(), { minLength: 1, maxLength: 3 }),
    city: anyText(),
    region: fc.option(anyText(20)),
    postalCode: fc.option(fc.string({ unit: fc.constantFrom('0', '1', '9', 'A', 'Z', ' ', '-'), minLength: 3, maxLength: 10 })),
    countryCode: fc.constantFrom('DE', 'US', 'GB', 'CH', 'JP', 'IE', 'AE', 'BR'),
    phone: fc.option(fc.string({ unit: fc.constantFrom('0', '7', '+', ' '), minLength: 5, maxLength: 15 })),
    email: fc.option(fc.emailAddress()),
  });
