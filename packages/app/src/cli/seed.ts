import { parseArgs } from 'node:util';
import { apiOf } from '../calling/api-caller.js';
import type { Given } from '../gates/gate.js';
import { seed } from '../seed/seed.js';
import { type Account, accountOf } from './account.js';
import { failed, misused } from './ends.js';

const expected = `rappit seed --url URL [--email EMAIL] [--register NAME] [--json]
The password is read from RAPPIT_PASSWORD, the e-mail from RAPPIT_EMAIL unless it is given.`;

const options = {
  url: { type: 'string' },
  email: { type: 'string' },
  register: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/**
 * `rappit seed --url URL [--register NAME]`: fills an organization of a running installation that has no goods yet, as its admin, so that
 * there is something to look at. `--register` signs up a new one first, where that gives a session at once. Ends with 1 where there are
 * goods already: nothing of anybody's is touched.
 */
export const seedCommand = async (given: Given, args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({ args: [...args], options });
  const account = accountOf(given, values);
  if (!account) return misused(expected);
  const token = await tokenOf(account, values.register);
  if (token === undefined)
    return failed('a session begins only by the link in the mail that was sent: confirm it, and seed without --register');
  const seeded = await seed(apiOf(account.baseUrl, token));
  if (!seeded) return failed('the organization has goods already: nothing was changed');
  const told = Object.entries(seeded).map(([what, count]) => `${count} ${what}`);
  console.log(values.json ? JSON.stringify(seeded) : told.join(', '));
};

const tokenOf = async (
  { baseUrl, email, password }: Account,
  organizationName: string | undefined,
): Promise<string | undefined> => {
  const api = apiOf(baseUrl, '');
  const session =
    organizationName === undefined
      ? await api.post<{ token?: string }>('/auth/login', { email, password })
      : await api.post<{ token?: string }>('/auth/register', { organizationName, name: organizationName, email, password });
  return session.token;
};
