import { ok } from '@rappit/domain';
import { isLosslessNumber } from 'lossless-json';
import { type Field, optional, type Reader, unreadable } from './reading.js';

/** Far beyond what any shop allows for any text that we read. */
const MAX_TEXT = 20_000;
const REPLACEMENT = '\uFFFD';

/** As the shop wrote it, save for NUL and lone surrogates, which no database keeps: they become U+FFFD. */
export const text: Reader<string> = (value, path) => {
  if (typeof value !== 'string' || value.length > MAX_TEXT) return unreadable(path);
  return ok(value.replaceAll('\0', REPLACEMENT).replace(/\p{Cs}/gu, REPLACEMENT));
};

/** Null where the shop wrote nothing, or nothing but blanks. */
export const filled =
  (name: string): Field<string | null> =>
  (fields, path) => {
    const read = optional(name, text)(fields, path);
    return read.ok && read.value?.trim() === '' ? ok(null) : read;
  };

/** A number as it is written, whether or not the shop put it into quotes. */
export const written: Reader<string> = (value, path) => {
  if (isLosslessNumber(value)) return ok(value.value);
  return typeof value === 'string' ? ok(value) : unreadable(path);
};

/** Whole units, none or more. `"2"` and `2.0` are 2; 1.5 and -1 can't be read. */
export const units: Reader<number> = (value, path) => {
  const read = written(value, path);
  const whole = read.ok ? /^(\d{1,15})(?:\.0+)?$/.exec(read.value)?.[1] : undefined;
  return whole === undefined ? unreadable(path) : ok(Number(whole));
};

/** A numeric id, exact to the last digit. */
export const digits: Reader<string> = (value, path) => {
  const read = written(value, path);
  return read.ok && /^[1-9]\d{0,19}$/.test(read.value) ? read : unreadable(path);
};

const MOMENT =
  /^((?:19|20)\d\d)-(0[1-9]|1[0-2])-(\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** ISO 8601 with seconds and an offset, of a day that exists. */
export const moment: Reader<Date> = (value, path) => {
  const parts = typeof value === 'string' ? MOMENT.exec(value) : null;
  const [year = Number.NaN, month = Number.NaN, day = Number.NaN] = parts?.slice(1).map(Number) ?? [];
  const exists = day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
  return parts && exists ? ok(new Date(parts[0])) : unreadable(path);
};
