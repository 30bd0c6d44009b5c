import { err, ok, type Result } from './result.js';

/** An exact amount: integer minor units of an ISO 4217 currency (`USD` cents, `JPY` yen, `KWD` fils). */
export type Money = { readonly amountMinor: number; readonly currency: string };

export type MoneyInvalid = { readonly code: 'money.invalid'; readonly text: string };

/** ISO 4217 currencies whose minor unit isn't a hundredth. */
const digitsOf: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

/** How many decimal digits the currency's major unit is written with. */
export const minorDigits = (currency: string): number => digitsOf[currency] ?? 2;

/**
 * Reads a decimal text such as `"199.00"` exactly, without passing through a floating number.
 * Further digits are accepted only when they are zeros, so that nothing is rounded away silently.
 */
export const minorFromDecimal = (text: string, currency: string): Result<number, MoneyInvalid> => {
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text);
  if (!match) return err({ code: 'money.invalid', text });
  const digits = minorDigits(currency);
  const fraction = match[3] ?? '';
  if (/[^0]/.test(fraction.slice(digits))) return err({ code: 'money.invalid', text });
  const amount = Number(`${match[2]}${fraction.slice(0, digits).padEnd(digits, '0')}`);
  if (!Number.isSafeInteger(amount)) return err({ code: 'money.invalid', text });
  return ok(match[1] && amount !== 0 ? -amount : amount);
};

/** Minor units as people write them: 199 of `EUR` is `1.99`, of `JPY` `199`. */
export const decimalText = (amountMinor: number, currency: string): string => {
  const digits = minorDigits(currency);
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${amountMinor < 0 ? '-' : ''}${whole}${digits > 0 ? `.${text.slice(text.length - digits)}` : ''}`;
};
