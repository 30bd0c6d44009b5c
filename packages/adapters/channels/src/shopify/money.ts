import { minorFromDecimal, ok } from '@rappit/domain';
import { type Field, needed, object, optional, type Reader, required, unreadable } from './reading.js';
import { text, written } from './scalars.js';

/** The shop's own currency, which the plain amounts and every `shop_money` are in. */
export const currencyCode: Reader<string> = (value, path) =>
  typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? ok(value) : unreadable(path);

/** Exact minor units, none or more. An amount finer than the currency can't be read, since rounding it would be our invention. */
const minor =
  (currency: string): Reader<number> =>
  (value, path) => {
    const decimal = written(value, path);
    const read = decimal.ok ? minorFromDecimal(decimal.value, currency) : decimal;
    return read.ok && read.value >= 0 ? read : unreadable(path);
  };

const exactly =
  (wanted: string): Reader<string> =>
  (value, path) => {
    const read = text(value, path);
    return read.ok && read.value === wanted ? read : unreadable(path);
  };

/** An amount is told by `<name>_set.shop_money`, else by `<name>`. Null when neither is there. */
export type AmountOf = (name: string) => Field<number | null>;

export const amountsIn = (currency: string): AmountOf => {
  const shopMoney = object({
    amount: required('amount', minor(currency)),
    currency: optional('currency_code', exactly(currency)),
  });
  const moneySet = object({ shop: optional('shop_money', shopMoney) });
  return (name) => (fields, path) => {
    const set = optional(`${name}_set`, moneySet)(fields, path);
    if (!set.ok) return set;
    return set.value?.shop ? ok(set.value.shop.amount) : optional(name, minor(currency))(fields, path);
  };
};

/** An object of which only one amount matters. */
export const amountAlone = (name: string, amount: AmountOf): Reader<number> => {
  const holder = object({ minor: needed(name, amount(name)) });
  return (value, path) => {
    const read = holder(value, path);
    return read.ok ? ok(read.value.minor) : read;
  };
};

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
