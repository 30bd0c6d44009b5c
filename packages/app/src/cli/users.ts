import { parseArgs } from 'node:util';
import { system } from '@rappit/domain';
import type { Config } from '../config.js';
import { tokens } from '../container/tokens.js';
import { openWired } from '../start.js';
import { failed, misused } from './ends.js';

const actions = ['disable', 'enable'] as const;

/** `rappit users disable|enable EMAIL [--json]`: shuts somebody out of the whole installation within a second, or ends that. Ends with 1 when nobody has the address. */
export const usersCommand = async (config: Config, args: readonly string[]): Promise<void> => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: 'boolean' } } });
  const [asked, email, ...more] = positionals;
  const action = actions.find((known) => known === asked);
  if (!action || email === undefined || more.length > 0) return misused('rappit users disable|enable EMAIL [--json]');
  const { wired, stop } = await openWired(config);
  try {
    const { disableUser } = await wired.get(tokens.useCases);
    const changed = await disableUser({ email, disabled: action === 'disable', actor: system('operator') });
    if (!changed.ok) return failed(changed.error.code);
    const { userId, organizations, withoutAdmin } = changed.value;
    if (values.json) return console.log(JSON.stringify({ userId, status: `${action}d`, organizations, withoutAdmin }));
    console.log(`${userId} was ${action}d: ${organizations} organizations were told`);
    for (const organizationId of withoutAdmin) console.log(`${organizationId} has no admin now`);
  } finally {
    await stop();
  }
};
