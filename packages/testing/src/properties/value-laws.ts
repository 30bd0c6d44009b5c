import { type Digest, digestVectors, isQuantity, minorDigits, minorFromDecimal, parseSku } from '@rappit/domain';
import fc from 'fast-check';
import { anyNoQuantity, anyQuantity, anySkuText } from '../arbitraries/index.js';
import { expectEqual, expectThat } from '../contracts/expecting.js';
import { type Law, law } from './law.js';

const currencies = ['EUR', 'USD', 'JPY', 'KWD', 'CLF', 'XTS'];

/** Writes an amount as a decimal text, by the digits of its currency, without passing through a floating number. */
const decimalOf = (minor: number, currency: string): string => {
  const digits = minorDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return minor < 0 ? `-${whole}` : whole;
};

/** Up to the amounts that a text of fifteen digits before the point can name. */
export const moneySurvivesItsText: Law = law(
  'an amount is read back from its text exactly',
  fc.record({
    minor: fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }),
    currency: fc.constantFrom(...currencies),
    zeros: fc.nat({ max: 3 }),
  }),
  ({ minor, currency, zeros }) => {
    const text = decimalOf(minor, currency);
    const longer = text.includes('.') ? text + '0'.repeat(zeros) : text;
    expectEqual(minorFromDecimal(longer, currency), { ok: true, value: minor }, `the amount of ${longer} ${currency}`);
  },
);

/** Nothing is rounded: a text with more than the currency can hold is refused. */
export const moneyNeverRounds: Law = law(
  'an amount that would have to be rounded is refused',
  fc.record({ whole: fc.nat(), fraction: fc.nat({ max: 999_998 }), currency: fc.constantFrom('EUR', 'JPY', 'KWD') }),
  ({ whole, fraction, currency }) => {
    const text = `${whole}.${String(fraction).padStart(6, '0')}1`;
    expectThat(!minorFromDecimal(text, currency).ok, `${text} ${currency} is refused`);
  },
);

/** Any text at all is either refused or gives a SKU that is itself again, has 1 to 100 characters and no control characters. */
export const skusAreStable: Law = law('a SKU parses to itself', anySkuText(), (text) => {
  const sku = parseSku(text);
  if (!sku.ok) return;
  expectEqual(parseSku(sku.value), sku, 'the SKU parsed again');
  expectEqual(parseSku(` ${sku.value.normalize('NFD')}\t`), sku, 'the SKU in another normal form, with blanks around it');
  expectThat([...sku.value].length >= 1 && [...sku.value].length <= 100, 'a SKU has 1 to 100 characters');
  expectThat(!/\p{Cc}/u.test(sku.value), 'a SKU has no control characters');
});

export const quantitiesAreBounded: Law = law(
  'a quantity is an integer from 1 to a million',
  fc.tuple(anyQuantity(), anyNoQuantity()),
  ([good, bad]) => {
    expectThat(isQuantity(good) && !isQuantity(bad), `${good} is a quantity and ${bad} is none`);
  },
);

/** The vectors are kept, and texts that differ only after a long beginning have different digests. */
export const digestKeepsItsVectors = (digest: Digest): Law =>
  law(
    'a digest tells texts apart',
    fc.record({
      beginning: fc.string({ unit: 'grapheme', maxLength: 200 }),
      tails: fc.uniqueArray(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 2 }),
    }),
    ({ beginning, tails }) => {
      for (const [text, hex] of digestVectors) expectEqual(digest(text), hex, `the digest of ${JSON.stringify(text)}`);
      const digests = tails.map((tail) => digest(beginning + tail));
      expectThat(new Set(digests).size === tails.length, 'different texts have different digests');
    },
  );
