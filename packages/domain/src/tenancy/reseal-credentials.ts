import {
  type IdSource,
  MAX_PAGE,
  type OrganizationId,
  ok,
  type Result,
  type RunRefusal,
  type SealStores,
  type StoredSeal,
  system,
  type UnitOfWork,
  type Vault,
} from '../kernel/index.js';
import { auditEntry } from './audit.js';
import type { AuditStores } from './audit.port.js';

/** How many secrets were sealed anew, and how many needn't be. */
export type Resealed = { readonly resealed: number; readonly current: number };

type Deps = { readonly unitOfWork: UnitOfWork<SealStores & AuditStores>; readonly vault: Vault; readonly ids: IdSource };

/**
 * Seals every stored secret of an organization with the current key, a page in each unit of work.
 * It may be stopped and begun again at any time: what is sealed with the current key is left alone. A secret that is replaced meanwhile stays as it was replaced.
 */
export const resealCredentials =
  (deps: Deps) =>
  async (organizationId: OrganizationId): Promise<Result<Resealed, RunRefusal>> => {
    let sum: Resealed = { resealed: 0, current: 0 };
    for (let cursor: string | undefined; ; ) {
      const page = await resealPage(deps, organizationId, cursor);
      if (!page.ok) return page;
      sum = { resealed: sum.resealed + page.value.resealed, current: sum.current + page.value.current };
      if (page.value.nextCursor === null) return ok(sum);
      cursor = page.value.nextCursor;
    }
  };

const resealPage = (
  { unitOfWork, vault, ids }: Deps,
  organizationId: OrganizationId,
  cursor: string | undefined,
): Promise<Result<Resealed & { readonly nextCursor: string | null }, RunRefusal>> => {
  const anew = ({ sealed, ...what }: StoredSeal): string => {
    const whole = { organizationId, purpose: what.purpose, ownerId: what.ownerId };
    return vault.seal(vault.open(sealed, whole), whole);
  };
  return unitOfWork.run(organizationId, async ({ seals, audit, now }) => {
    const { data, nextCursor } = await seals.list({ limit: MAX_PAGE, cursor });
    const old = data.filter(({ sealed }) => !vault.isCurrent(sealed));
    let resealed = 0;
    for (const seal of old) if (await seals.replace(seal, anew(seal))) resealed += 1;
    if (resealed > 0) {
      const occasion = { caller: { actor: system('rotate-keys') }, at: now, ids };
      const facts = { keyId: vault.keyId, count: resealed };
      await audit.append([auditEntry(occasion, { kind: 'credentials.resealed', targetId: organizationId, facts })]);
    }
    return ok({ resealed, current: data.length - old.length, nextCursor });
  });
};
