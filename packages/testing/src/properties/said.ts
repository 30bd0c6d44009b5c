import type { AdjustedStock, Refusal, Result, StockLevel } from '@rappit/domain';

/** An answer in a few words, the same whoever gives it: what the model and a store are compared by. */
export type Said = string;

const detailOf = (error: Refusal): string => {
  const { shortfalls, onHand, available } = error as Refusal & Readonly<Record<string, unknown>>;
  return shortfalls !== undefined
    ? ` ${JSON.stringify(shortfalls)}`
    : onHand !== undefined
      ? ` ${onHand} on hand`
      : available !== undefined
        ? ` ${available} available`
        : '';
};

/** `ok` and what the words make of the value, or the refusal's code and its facts. */
export const say = <Value>(result: Result<Value, Refusal>, words: (value: Value) => string): Said =>
  result.ok ? `ok ${words(result.value)}` : `${result.error.code}${detailOf(result.error)}`;

export const statusWords = ({ status }: { readonly status: string }): string => status;
export const levelWords = ({ onHand, reserved }: StockLevel): string => `${reserved} of ${onHand}`;
export const adjustedWords = ({ level, broken }: AdjustedStock): string =>
  `${levelWords(level)}, ${broken.reduce((sum, { quantity }) => sum + quantity, 0)} broken`;
