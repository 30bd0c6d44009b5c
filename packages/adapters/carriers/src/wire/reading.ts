import { type Money, minorDigits, minorFromDecimal } from '@rappit/domain';

export type Fields = Readonly<Record<string, unknown>>;

/** The properties of an object whose shape isn't known; of anything else, none. */
export const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

/** The entries of a list; of anything else, none. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text that isn't blank, also where a number stands in its place; null otherwise. */
export const textOf = (value: unknown): string | null => {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
};

/** A number as carriers print them on parcels; null for what can't be one. */
export const parcelNumberOf = (value: unknown): string | null => {
  const text = textOf(value);
  return text !== null && /^[\x21-\x7e]{1,50}$/.test(text) ? text : null;
};

const MAX_MESSAGE = 300;

/** What a carrier said, on one line and not too long. */
export const remarkOf = (value: unknown): string | null =>
  textOf(value)
    ?.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_MESSAGE) || null;

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** One of ISO 4217: of any other nobody knows what its minor units are. */
export const isCurrency = (code: string): boolean => currencies.has(code);

/**
 * An amount as carriers write it, in minor units; rounded where they write more digits than the currency has.
 * Null where there is none, and where the currency isn't one of ISO 4217: better no price than a wrong one.
 */
export const moneyOf = (amount: unknown, currency: unknown): Money | null => {
  const code = textOf(currency);
  const number = typeof amount === 'string' ? Number(amount) : amount;
  if (code === null || !isCurrency(code)) return null;
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0 || number > 1e12) return null;
  const minor = minorFromDecimal(number.toFixed(minorDigits(code)), code);
  return minor.ok ? { amountMinor: minor.value, currency: code } : null;
};

/** Minor units as the decimal number that carriers want. */
export const decimalOf = ({ amountMinor, currency }: Money): number =>
  Number((amountMinor / 10 ** minorDigits(currency)).toFixed(minorDigits(currency)));

export const kilogramsOf = (grams: number): number => grams / 1_000;
export const centimetresOf = (millimetres: number): number => millimetres / 10;

const DAY = /^(\d{4}-\d{2}-\d{2})(?:$|[T ])/;

/** The day in a date, with or without its time; null where there is none. */
export const dayOf = (value: unknown): string | null => DAY.exec(textOf(value) ?? '')?.[1] ?? null;
