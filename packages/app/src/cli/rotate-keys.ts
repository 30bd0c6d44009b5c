import { parseArgs } from 'node:util';
import { OrganizationId } from '@rappit/domain';
import type { Config } from '../config.js';
import { tokens } from '../container/tokens.js';
import { loggable } from '../http/problems/unavailable.js';
import { openWired } from '../start.js';
import { everyOrganization } from './every-organization.js';

/**
 * `rappit rotate-keys [--organization ID] [--json]`: seals every stored credential with the first of CREDENTIAL_KEYS.
 * It may be stopped and run again, while the servers run. Ends with 1 when an organization's credentials couldn't all be sealed anew:
 * then no key may be taken away yet.
 */
export const rotateKeysCommand = async (config: Config, args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({ args: [...args], options: { organization: { type: 'string' }, json: { type: 'boolean' } } });
  const { wired, stop } = await openWired(config);
  try {
    const [{ resealCredentials }, persistence, { keyId }] = await Promise.all([
      wired.get(tokens.useCases),
      wired.get(tokens.persistence),
      wired.get(tokens.vault),
    ]);
    const counts = { organizations: 0, resealed: 0, current: 0, failed: 0 };
    const rotate = async (organizationId: OrganizationId): Promise<void> => {
      counts.organizations += 1;
      try {
        const sealed = await resealCredentials(organizationId);
        if (!sealed.ok) throw new Error(sealed.error.code);
        counts.resealed += sealed.value.resealed;
        counts.current += sealed.value.current;
      } catch (error) {
        counts.failed += 1;
        console.error(JSON.stringify({ organizationId, fault: loggable(error) }));
      }
    };
    const only = values.organization === undefined ? undefined : OrganizationId(values.organization);
    for await (const organizationId of everyOrganization(persistence.organizations, only)) await rotate(organizationId);
    console.log(values.json ? JSON.stringify({ keyId, ...counts }) : toldOf(keyId, counts));
    if (counts.failed > 0) process.exitCode = 1;
  } finally {
    await stop();
  }
};

type Counts = { readonly organizations: number; readonly resealed: number; readonly current: number; readonly failed: number };

const toldOf = (keyId: string, { organizations, resealed, current, failed }: Counts): string =>
  [
    `${organizations} organizations: ${resealed} credentials sealed with ${keyId}, ${current} were already`,
    failed === 0 ? 'no other key is needed any more' : `${failed} organizations failed: keep the other keys and run this again`,
  ].join('\n');
