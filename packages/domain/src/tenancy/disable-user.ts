import {
  type Actor,
  err,
  type IdSource,
  type OrganizationId,
  ok,
  type Result,
  type RunRefusal,
  type Signals,
  type UnitOfWork,
} from '../kernel/index.js';
import type { Accounts } from './accounts.port.js';
import { type AuditEvent, auditEntry } from './audit.js';
import type { UserId } from './member.js';
import { accessChanged } from './open-session.js';
import type { TenancyStores } from './stores.port.js';

type Deps = {
  readonly unitOfWork: UnitOfWork<TenancyStores>;
  readonly accounts: Pick<Accounts, 'credentialsOf' | 'organizationsOf'>;
  readonly ids: IdSource;
  readonly signals: Signals;
};

/** Nobody has this e-mail who belongs somewhere. */
export type UserNotFound = { readonly code: 'user.not_found' };
export type UserChange = { readonly email: string; readonly disabled: boolean; readonly actor: Actor };
export type UserChanged = {
  readonly userId: UserId;
  readonly organizations: number;
  /** Those among them that no admin can sign in to any more. */
  readonly withoutAdmin: readonly OrganizationId[];
};

export type DisableUser = (change: UserChange) => Promise<Result<UserChanged, UserNotFound | RunRefusal>>;

/**
 * Shuts a user out of all their organizations, or ends that. It is the operator's, who answers for the whole installation: the last admin
 * is shut out too.
 * - Their sessions end; ending it revives none of them. Their API keys open nothing meanwhile.
 * - Each organization's audit log says so. Broken off half-way it may be done again, and says it again.
 */
export const disableUser =
  (deps: Deps): DisableUser =>
  async ({ email, ...change }) => {
    const userId = (await deps.accounts.credentialsOf(email))?.user.id;
    const organizations = userId === undefined ? [] : await deps.accounts.organizationsOf(userId);
    if (userId === undefined || organizations.length === 0) return err({ code: 'user.not_found' });
    const withoutAdmin: OrganizationId[] = [];
    for (const organizationId of organizations) {
      const admins = await inOrganization(deps, organizationId, { userId, ...change });
      if (!admins.ok) return admins;
      if (admins.value === 0) withoutAdmin.push(organizationId);
    }
    deps.signals.publish(accessChanged(userId));
    return ok({ userId, organizations: organizations.length, withoutAdmin });
  };

type Change = Pick<UserChange, 'disabled' | 'actor'> & { readonly userId: UserId };

/** Answers how many admins there are now. Whoever changes who belongs to the organization meanwhile waits. */
const inOrganization = (
  { unitOfWork, ids }: Deps,
  organizationId: OrganizationId,
  { userId, disabled, actor }: Change,
): Promise<Result<number, RunRefusal>> =>
  unitOfWork.run<number, never>(organizationId, async ({ organization, users, members, sessions, audit, now }) => {
    await organization.lock();
    await users.disable(userId, disabled ? now : null);
    const ended = disabled ? await sessions.endAllHere(userId, now) : [];
    const events: readonly AuditEvent[] = [
      { kind: disabled ? 'user.disabled' : 'user.enabled', targetId: userId, facts: {} },
      ...ended.map((id) => ({ kind: 'session.ended', targetId: id, facts: { userId } }) as const),
    ];
    await audit.append(events.map((event) => auditEntry({ caller: { actor }, at: now, ids }, event)));
    return ok(await members.count('admin'));
  });
