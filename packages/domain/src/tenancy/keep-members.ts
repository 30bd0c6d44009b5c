import {
  type Caller,
  err,
  type IdSource,
  type Moment,
  ok,
  type Result,
  type RunRefusal,
  type Signals,
  type UnitOfWork,
} from '../kernel/index.js';
import type { ApiKeyStores } from './api-keys.port.js';
import { type AuditEvent, auditEntry } from './audit.js';
import type { InvitationStores } from './invitations.port.js';
import type { JoinedMember, Role, UserId } from './member.js';
import { accessChanged } from './open-session.js';
import { may } from './permissions.js';
import { type PermissionDenied, stillMay, stillMayGive } from './still-may.js';
import type { TenancyStores } from './stores.port.js';

type Stores = TenancyStores & ApiKeyStores & InvitationStores;
type Deps = { readonly unitOfWork: UnitOfWork<Stores>; readonly ids: IdSource; readonly signals: Signals };

export type MemberNotFound = { readonly code: 'member.not_found' };
/** An organization without an admin could never be given one again. */
export type LastAdmin = { readonly code: 'member.last_admin' };
type Refused = MemberNotFound | LastAdmin | PermissionDenied;

export type ChangeRole = (caller: Caller, userId: UserId, role: Role) => Promise<Result<JoinedMember, Refused | RunRefusal>>;
export type RemoveMember = (caller: Caller, userId: UserId) => Promise<Result<undefined, Refused | RunRefusal>>;

/**
 * Gives a member another role, from the next request on. The role that is held already is given again without a trace.
 * Whoever may invite nobody any more takes their invitations back with it.
 */
export const changeRole =
  (deps: Deps): ChangeRole =>
  async (caller, userId, role) => {
    const changed = await deps.unitOfWork.run<JoinedMember, Refused>(caller.organizationId, async (stores) => {
      const found = await toChange(stores, caller, userId);
      if (!found.ok || found.value.role === role) return found;
      if (await isLastAdmin(stores, found.value)) return err({ code: 'member.last_admin' });
      if (!(await stillMayGive(stores, caller, role))) return err({ code: 'permission.denied' });
      await stores.members.setRole(userId, role);
      await tell(deps, stores, caller, [
        { kind: 'member.role_changed', targetId: userId, facts: { from: found.value.role, to: role } },
        ...(may(role, 'member.manage') ? [] : await invitationsTakenBack(stores, userId)),
      ]);
      return ok({ ...found.value, role });
    });
    if (changed.ok) deps.signals.publish(accessChanged(userId));
    return changed;
  };

/**
 * Shows a member out, or lets an admin leave. From the next request on:
 * - their sessions for this organization are over, and tokens of others open nothing here;
 * - the API keys that they made are revoked, and stay so should they come back;
 * - nobody can accept the invitations that they sent.
 */
export const removeMember =
  (deps: Deps): RemoveMember =>
  async (caller, userId) => {
    const removed = await deps.unitOfWork.run<undefined, Refused>(caller.organizationId, async (stores) => {
      const found = await toChange(stores, caller, userId);
      if (!found.ok) return found;
      if (await isLastAdmin(stores, found.value)) return err({ code: 'member.last_admin' });
      await stores.members.remove(userId);
      const sessions = await stores.sessions.endAllHere(userId, stores.now);
      const keys = await stores.apiKeys.revokeAllOf(userId, stores.now);
      await tell(deps, stores, caller, [
        { kind: 'member.removed', targetId: userId, facts: { role: found.value.role } },
        ...sessions.map((id) => ({ kind: 'session.ended', targetId: id, facts: { userId } }) as const),
        ...keys.map((id) => ({ kind: 'api_key.revoked', targetId: id, facts: {} }) as const),
        ...(await invitationsTakenBack(stores, userId)),
      ]);
      return ok(undefined);
    });
    if (removed.ok) deps.signals.publish(accessChanged(userId));
    return removed;
  };

const invitationsTakenBack = async ({ invitations, now }: Stores & Moment, userId: UserId): Promise<readonly AuditEvent[]> =>
  (await invitations.endAllBy(userId, now)).map((id) => ({ kind: 'invitation.revoked', targetId: id, facts: {} }) as const);

/** The member, once nobody else can change who belongs here: two admins who show each other out are heard one after the other. */
const toChange = async (
  stores: Stores,
  caller: Caller,
  userId: UserId,
): Promise<Result<JoinedMember, MemberNotFound | PermissionDenied>> => {
  await stores.organization.lock();
  if (!(await stillMay(stores, caller, 'member.manage'))) return err({ code: 'permission.denied' });
  const member = await stores.members.find(userId);
  return member ? ok(member) : err({ code: 'member.not_found' });
};

const isLastAdmin = async ({ members }: Stores, { role }: JoinedMember): Promise<boolean> =>
  role === 'admin' && (await members.count('admin')) === 1;

const tell = async (
  { ids }: Pick<Deps, 'ids'>,
  { audit, now }: Stores & Moment,
  caller: Caller,
  events: readonly AuditEvent[],
): Promise<void> => audit.append(events.map((event) => auditEntry({ caller, at: now, ids }, event)));
