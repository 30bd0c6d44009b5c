import { ok } from '@rappit/domain';
import { type Field, optional, type Reader } from '../wire/reading.js';
import { digits, moment, written } from '../wire/scalars.js';

/** An id, exact to the last digit; null where WooCommerce writes 0 for none. */
export const idOrNone =
  (name: string): Field<string | null> =>
  (fields, path) =>
    optional(name, idOrZero)(fields, path);

const idOrZero: Reader<string | null> = (value, path) => {
  const number = written(value, path);
  return number.ok && (number.value === '0' || number.value === '') ? ok(null) : digits(value, path);
};

/** `date_*_gmt`: UTC, without saying so. */
export const gmt: Reader<Date> = (value, path) =>
  moment(typeof value === 'string' && !/Z$/.test(value) ? `${value}Z` : value, path);

/** An amount that may be left out, or be an empty text. */
export const amountOrNone =
  (name: string, amount: Reader<number>): Field<number> =>
  (fields, path) => {
    const read = optional(name, (value, at) => (value === '' ? ok(0) : amount(value, at)))(fields, path);
    return read.ok ? ok(read.value ?? 0) : read;
  };
