import { parseArgs } from 'node:util';
import { type FullReconciliation, OrganizationId } from '@rappit/domain';
import type { Config } from '../config.js';
import { tokens } from '../container/tokens.js';
import { openWired } from '../start.js';
import { everyOrganization } from './every-organization.js';

const isBalanced = ({ levels, lines, chains, complete }: FullReconciliation): boolean =>
  levels.length + lines.length + chains.faults.length === 0 && complete;

/** `rappit reconcile [--organization ID] [--json]`: checks the books of one or of all organizations. Ends with 1 on any difference. */
export const reconcileCommand = async (config: Config, args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({ args: [...args], options: { organization: { type: 'string' }, json: { type: 'boolean' } } });
  const { wired, stop } = await openWired(config);
  try {
    const [{ reconcileAll }, persistence] = await Promise.all([wired.get(tokens.useCases), wired.get(tokens.persistence)]);
    let differ = 0;
    const check = async (organizationId: OrganizationId): Promise<void> => {
      const found = await reconcileAll(organizationId);
      if (!isBalanced(found)) differ += 1;
      if (values.json || !isBalanced(found))
        console.log(JSON.stringify({ organizationId, balanced: isBalanced(found), ...found }));
    };
    let checked = 0;
    const only = values.organization === undefined ? undefined : OrganizationId(values.organization);
    for await (const organizationId of everyOrganization(persistence.organizations, only)) {
      await check(organizationId);
      checked += 1;
    }
    if (!values.json)
      console.log(`${checked} organizations checked, ${differ === 0 ? 'all books balance' : `${differ} with differences`}`);
    if (differ > 0) process.exitCode = 1;
  } finally {
    await stop();
  }
};
