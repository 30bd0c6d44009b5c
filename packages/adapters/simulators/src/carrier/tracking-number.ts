import { createHash } from 'node:crypto';

const PREFIX = 'SIM';
const DIGITS = 11;

/**
 * The number of the nth sale under a reference: `SIM`, eleven digits and a Luhn check digit.
 * The same sale gets the same number in every run, and no carrier's numbers look like it.
 */
export const trackingNumberOf = (reference: string, nth: number): string => {
  const hash = createHash('sha256').update(`${nth}/${reference}`).digest();
  const digits = String(hash.readBigUInt64BE() % 10n ** BigInt(DIGITS)).padStart(DIGITS, '0');
  return `${PREFIX}${digits}${checkDigit(digits)}`;
};

/** Whether a text is a number of this carrier, read without a slip. */
export const isTrackingNumber = (text: string): boolean => {
  const digits = new RegExp(`^${PREFIX}(\\d{${DIGITS}})\\d$`).exec(text)?.[1];
  return digits !== undefined && text.endsWith(String(checkDigit(digits)));
};

const checkDigit = (digits: string): number => {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, place) => total + (place % 2 === 0 ? doubled(Number(digit)) : Number(digit)), 0);
  return (10 - (sum % 10)) % 10;
};

const doubled = (digit: number): number => (digit > 4 ? digit * 2 - 9 : digit * 2);
