import { parseExactly } from '../wire/json-text.js';
import { object, required } from '../wire/reading.js';
import { text } from '../wire/scalars.js';

/** What a store gave us: a key with the rights of whoever consented. */
export type WooKeys = { readonly consumerKey: string; readonly consumerSecret: string };

const keys = object<WooKeys>({ consumerKey: required('consumerKey', text), consumerSecret: required('consumerSecret', text) });

export const isKey = (value: unknown): value is string => typeof value === 'string' && /^ck_[0-9A-Za-z]{8,100}$/.test(value);
export const isSecret = (value: unknown): value is string => typeof value === 'string' && /^cs_[0-9A-Za-z]{8,100}$/.test(value);

export const credentialsOf = ({ consumerKey, consumerSecret }: WooKeys): string =>
  JSON.stringify({ consumerKey, consumerSecret });

/** Undefined for credentials that aren't ours. */
export const keysIn = (credentials: string): WooKeys | undefined => {
  const parsed = parseExactly(credentials);
  const read = parsed.ok ? keys(parsed.value, '') : parsed;
  return read.ok ? read.value : undefined;
};

/** Only ever in a header: an address is written into logs on its way. */
export const authorizationOf = ({ consumerKey, consumerSecret }: WooKeys): string =>
  `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
