import { parseArgs } from 'node:util';
import { eraseOrganization, organizationToErase } from '@rappit/persistence';
import type { Config } from '../config.js';
import { failed, misused } from './ends.js';
import { ownerOf } from './migrate.js';
import { namedOrganization } from './named-organization.js';

const expected = 'rappit erase --organization ID --confirm NAME [--json]';

const options = { organization: { type: 'string' }, confirm: { type: 'string' }, json: { type: 'boolean' } } as const;

/**
 * `rappit erase --organization ID --confirm NAME [--json]`: removes an organization and all that is kept for it, for good, as the owner of
 * the database. Its name has to be said, so that no other is erased by a slip. What others keep of it is not ours to remove, and is named:
 * shops, the billing provider, backups. Ends with 1 where the name isn't the organization's, and can be run again.
 */
export const eraseCommand = async (config: Config, args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({ args: [...args], options });
  const organizationId = namedOrganization(values.organization);
  if (!organizationId || values.confirm === undefined) return misused(expected);
  const ownerUrl = ownerOf(config);
  const found = await organizationToErase(ownerUrl, organizationId);
  // Of one that is gone rows may be left: its name can't be asked for any more.
  if (found && found.name !== values.confirm) return failed('organization.name_differs');
  const { rows, late } = await eraseOrganization(ownerUrl, organizationId);
  const count = Object.values(rows).reduce((sum, of) => sum + of, 0);
  if (!found && count === 0) return failed('organization.not_found');
  const outside = [
    ...(found && found.channels > 0 ? [`${found.channels} connected shops still send webhooks, which are refused now`] : []),
    ...(found?.sold ? ['the billing provider keeps its customer and its invoices'] : []),
    'backups keep it until they are replaced',
  ];
  if (values.json) return console.log(JSON.stringify({ organizationId, rows, late, outside }));
  console.log([`${count} rows of ${Object.keys(rows).length} tables were erased`, ...outside].join('\n'));
};
