import { ok, type Result, type ShopAskRefused, type ShopDoRefused } from '@rappit/domain';
import { type Fields, object, type Reader, required, unreadable } from '../wire/reading.js';
import { filled } from '../wire/scalars.js';
import { unavailable, unknownOutcome, unreadableAnswer } from './refusals.js';

export type PageInfo = { readonly hasNextPage: boolean; readonly endCursor: string | null };

export const flag: Reader<boolean> = (value, path) => (typeof value === 'boolean' ? ok(value) : unreadable(path));

export const pageInfo = object<PageInfo>({ hasNextPage: required('hasNextPage', flag), endCursor: filled('endCursor') });

/** Whatever stands there, to be read by somebody else. */
export const anything: Reader<unknown> = (value) => ok(value);

/** Reads what a question was answered with. What isn't what Shopify's schema promises may be asked again. */
export const readIn = <Value>(answer: Result<Fields, ShopAskRefused>, reader: Reader<Value>): Result<Value, ShopAskRefused> => {
  if (!answer.ok) return answer;
  const read = reader(answer.value, '');
  return read.ok ? read : unavailable(unreadableAnswer);
};

/** Reads what became of what was to be done. What can't be read may have been done. */
export const madeIn = <Value>(answer: Result<Fields, ShopDoRefused>, reader: Reader<Value>): Result<Value, ShopDoRefused> => {
  if (!answer.ok) return answer;
  const read = reader(answer.value, '');
  return read.ok ? read : unknownOutcome(unreadableAnswer);
};
