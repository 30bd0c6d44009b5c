import { minorFromDecimal, ok } from '@rappit/domain';
import { type Reader, unreadable } from './reading.js';
import { written } from './scalars.js';

/** The shop's own currency. */
export const currencyCode: Reader<string> = (value, path) =>
  typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? ok(value) : unreadable(path);

/** Exact minor units, which may be fewer than none. An amount finer than the currency can't be read, since rounding it would be our invention. */
export const signedMinor =
  (currency: string): Reader<number> =>
  (value, path) => {
    const decimal = written(value, path);
    const read = decimal.ok ? minorFromDecimal(decimal.value, currency) : decimal;
    return read.ok ? read : unreadable(path);
  };

/** The same, none or more. */
export const minor =
  (currency: string): Reader<number> =>
  (value, path) => {
    const read = signedMinor(currency)(value, path);
    return read.ok && read.value < 0 ? unreadable(path) : read;
  };

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
