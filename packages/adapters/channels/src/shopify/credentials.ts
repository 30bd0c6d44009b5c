import { parseExactly } from '../wire/json-text.js';
import { object, required } from '../wire/reading.js';
import { filled, text } from '../wire/scalars.js';

/** What a shop's owner let us have, and how it is kept. Without a refresh token it doesn't end. */
export type Credentials = { readonly accessToken: string; readonly refreshToken: string | null };

const credentials = object<Credentials>({ accessToken: required('accessToken', text), refreshToken: filled('refreshToken') });

export const credentialsText = ({ accessToken, refreshToken }: Credentials): string =>
  JSON.stringify({ accessToken, refreshToken });

export const credentialsIn = (kept: string): Credentials | null => {
  const json = parseExactly(kept);
  const read = json.ok ? credentials(json.value, '') : json;
  return read.ok && isToken(read.value.accessToken) ? read.value : null;
};

/** What may stand in a header. */
export const isToken = (token: string): boolean => /^[\x21-\x7e]{1,512}$/.test(token);
