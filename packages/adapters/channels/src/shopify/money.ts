import { ok } from '@rappit/domain';
import { minor } from '../wire/money.js';
import { type Field, needed, object, optional, type Reader, required, unreadable } from '../wire/reading.js';
import { text } from '../wire/scalars.js';

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
