import { parseArgs } from 'node:util';
import { prefixOf } from '../api-prefix.js';
import { readPart } from '../config.js';
import type { Given } from '../gates/gate.js';
import { smoke } from '../smoke/smoke.js';
import { smokeTold } from '../smoke/told.js';
import { misused } from './ends.js';

const expected = `rappit smoke --url URL [--email EMAIL] [--carrier NAME|none] [--until-refused] [--json]
The password is read from RAPPIT_PASSWORD, the e-mail from RAPPIT_EMAIL unless it is given.`;

const options = {
  url: { type: 'string' },
  email: { type: 'string' },
  carrier: { type: 'string', default: 'simulated' },
  'until-refused': { type: 'boolean', default: false },
  json: { type: 'boolean' },
} as const;

/** Where the API begins: the prefix comes from `API_PREFIX`, unless the URL has a path of its own. */
export const apiUrlOf = (url: string, apiPrefix: string): string => {
  const { origin, pathname } = new URL(url);
  const path = pathname.replace(/\/+$/, '');
  return `${origin}${path === '' ? prefixOf(apiPrefix) : path}`;
};

/**
 * `rappit smoke --url URL [--carrier NAME]`: the checklist's six smoke tests against a running installation, as an admin of an
 * organization that is there for tests. A label is bought from the carrier and cancelled. Ends with 1 unless all passed.
 */
export const smokeCommand = async (given: Given, args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({ args: [...args], options });
  const email = values.email ?? given['RAPPIT_EMAIL'] ?? '';
  const password = given['RAPPIT_PASSWORD'] ?? '';
  if (values.url === undefined || !URL.canParse(values.url) || email === '' || password === '') return misused(expected);
  const { apiPrefix } = readPart(given, (name) => name === 'API_PREFIX');
  const smoked = await smoke({
    baseUrl: apiUrlOf(values.url, apiPrefix),
    email,
    password,
    carrier: values.carrier,
    untilRefused: values['until-refused'],
  });
  console.log(values.json ? JSON.stringify(smoked) : smokeTold(smoked));
  if (!smoked.passed) process.exitCode = 1;
};
