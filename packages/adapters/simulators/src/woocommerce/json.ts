import { createHash } from 'node:crypto';

const MARK = '\u0001id:';

/** An id that `jsonOf` writes as the number that it is, to the last digit. */
export const idNumber = (id: string): string => `${MARK}${id}`;

export const jsonOf = (value: unknown): string => JSON.stringify(value).replace(/"\\u0001id:(\d+)"/g, '$1');

/** Reads a request's body with numbers that JavaScript can't hold as texts. */
export const fromJson = (text: string): unknown =>
  text.trim() === '' ? {} : JSON.parse(text.replace(/([:[,]\s*)(\d{16,20})(?=\s*[,\]}])/g, '$1"$2"'));

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Numbers from 0 to 1 that are the same for the same seed. */
export const chances = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
