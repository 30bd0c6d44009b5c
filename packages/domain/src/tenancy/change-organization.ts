import { type Caller, err, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import { auditEntry } from './audit.js';
import type { OrganizationProfile } from './member.js';
import { type PermissionDenied, stillMay } from './still-may.js';
import type { TenancyStores } from './stores.port.js';
import type { OrganizationNotFound } from './switch-organization.js';

/** What is named is changed. With `version`, nothing is unless the organization still has it. */
export type OrganizationChange = { readonly name?: string | undefined; readonly version?: number | undefined };

/** Somebody has changed the organization since it was read; `version` is the one that it has now. */
export type OrganizationChanged = { readonly code: 'organization.changed'; readonly version: number };

type Refused = OrganizationNotFound | OrganizationChanged | PermissionDenied;
export type ChangeOrganization = (
  caller: Caller,
  change: OrganizationChange,
) => Promise<Result<OrganizationProfile, Refused | RunRefusal>>;

/** Changes what an organization is called. What it is called already is no change. */
export const changeOrganization =
  ({ unitOfWork, ids }: { readonly unitOfWork: UnitOfWork<TenancyStores>; readonly ids: IdSource }): ChangeOrganization =>
  (caller, change) =>
    unitOfWork.run<OrganizationProfile, Refused>(caller.organizationId, async (stores) => {
      const found = await stores.organization.lock();
      if (!found) return err({ code: 'organization.not_found' });
      if (!(await stillMay(stores, caller, 'organization.manage'))) return err({ code: 'permission.denied' });
      if (change.version !== undefined && change.version !== found.version)
        return err({ code: 'organization.changed', version: found.version });
      const name = change.name?.trim() ?? found.name;
      if (name === found.name) return ok(found);
      const organization = { ...found, name, version: found.version + 1 };
      await stores.organization.save(organization);
      const event = { kind: 'organization.changed', targetId: found.id, facts: { fields: ['name'] } } as const;
      await stores.audit.append([auditEntry({ caller, at: stores.now, ids }, event)]);
      return ok(organization);
    });
