import { parseArgs } from 'node:util';
import type { Given } from '../gates/gate.js';
import { smoke } from '../smoke/smoke.js';
import { smokeTold } from '../smoke/told.js';
import { accountOf } from './account.js';
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

/**
 * `rappit smoke --url URL [--carrier NAME]`: the checklist's six smoke tests against a running installation, as an admin of an
 * organization that is there for tests. A label is bought from the carrier and cancelled. Ends with 1 unless all passed.
 */
export const smokeCommand = async (given: Given, args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({ args: [...args], options });
  const account = accountOf(given, values);
  if (!account) return misused(expected);
  const smoked = await smoke({
    ...account,
    carrier: values.carrier,
    untilRefused: values['until-refused'],
  });
  console.log(values.json ? JSON.stringify(smoked) : smokeTold(smoked));
  if (!smoked.passed) process.exitCode = 1;
};
