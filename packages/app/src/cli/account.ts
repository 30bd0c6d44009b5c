import { prefixOf } from '../api-prefix.js';
import { readPart } from '../config.js';
import type { Given } from '../gates/gate.js';

/** Whom a command signs in as, and where. */
export type Account = {
  /** Of the API, prefix and all, without a slash at its end. */
  readonly baseUrl: string;
  readonly email: string;
  readonly password: string;
};

type Asked = { readonly url?: string | undefined; readonly email?: string | undefined };

/**
 * The password comes from `RAPPIT_PASSWORD`, since whatever is typed can be read in the list of processes; the e-mail from `RAPPIT_EMAIL`
 * unless it was given. The prefix comes from `API_PREFIX`, unless the URL has a path of its own. Undefined where anything is missing.
 */
export const accountOf = (given: Given, { url = '', email = given['RAPPIT_EMAIL'] ?? '' }: Asked): Account | undefined => {
  const password = given['RAPPIT_PASSWORD'] ?? '';
  if (!/^https?:/.test(url) || !URL.canParse(url) || email === '' || password === '') return undefined;
  const { origin, pathname } = new URL(url);
  const path = pathname.replace(/\/+$/, '');
  const { apiPrefix } = readPart(given, (name) => name === 'API_PREFIX');
  return { baseUrl: `${origin}${path === '' ? prefixOf(apiPrefix) : path}`, email, password };
};
