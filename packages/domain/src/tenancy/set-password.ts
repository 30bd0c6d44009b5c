import { type Caller, err, type IdSource, type Moment, ok, type Result, type RunRefusal } from '../kernel/index.js';
import type { LinkInvalid } from './account-request.js';
import type { AccountRequests } from './account-requests.port.js';
import { type AuditEvent, auditEntry } from './audit.js';
import type { SignedInCaller } from './end-sessions.js';
import type { User } from './member.js';
import { accessChanged, actingAs, type SignInDeps } from './open-session.js';
import type { SessionId } from './session.js';
import type { TenancyStores } from './stores.port.js';

type Deps = Omit<SignInDeps, 'tokens' | 'secrets'> & { readonly accountRequests: Pick<AccountRequests, 'byToken'> };

export type PasswordWrong = { readonly code: 'account.password_wrong' };
export type PasswordChange = { readonly email: string; readonly oldPassword: string; readonly newPassword: string };
export type PasswordReset = { readonly token: string; readonly newPassword: string; readonly requestId?: string | undefined };

export type ChangePassword = (
  who: SignedInCaller,
  change: PasswordChange,
) => Promise<Result<undefined, PasswordWrong | RunRefusal>>;
export type ResetPassword = (reset: PasswordReset) => Promise<Result<undefined, LinkInvalid | RunRefusal>>;

/** Told to the user, and to the user's other organizations. The aggregate is the change itself. */
export const PASSWORD_SET = 'user.password_set';
/** The data of that event. */
export type PasswordSet = {
  readonly userId: string;
  readonly kind: 'password.changed' | 'password.reset';
  readonly actorId: string;
};

const invalid: Result<never, LinkInvalid> = err({ code: 'link.invalid' });
const wrong: Result<never, PasswordWrong> = err({ code: 'account.password_wrong' });

/** Sets another password for whoever is signed in and knows the old one. Every other session of the user ends. */
export const changePassword =
  (deps: Deps): ChangePassword =>
  async ({ caller, userId, sessionId }, { email, oldPassword, newPassword }) => {
    const found = await deps.accounts.credentialsOf(email);
    if (!(await deps.passwords.matches(oldPassword, found?.passwordHash)) || found?.user.id !== userId) return wrong;
    const passwordHash = await deps.passwords.hash(newPassword);
    const changed = await deps.unitOfWork.run<undefined, PasswordWrong>(caller.organizationId, async (stores) => {
      // Somebody may have set another one since.
      if (!(await stores.users.setPassword(userId, passwordHash, found.passwordHash))) return wrong;
      await endAccess(deps, stores, { caller, user: found.user, kind: 'password.changed', kept: sessionId });
      return ok(undefined);
    });
    if (changed.ok) deps.signals.publish(accessChanged(userId));
    return changed;
  };

/** Sets another password for the user whom a link was mailed to, once. Every session of the user ends. */
export const resetPassword =
  (deps: Deps): ResetPassword =>
  async ({ token, newPassword, requestId }) => {
    const request = await deps.accountRequests.byToken(deps.digest(token));
    const found = request?.asks.kind === 'passwordReset' ? await deps.accounts.credentialsOf(request.email) : undefined;
    const [member] = found ? await deps.accounts.membershipsOf(found.user.id) : [];
    if (!request || !member) return invalid;
    const passwordHash = await deps.passwords.hash(newPassword);
    const reset = await deps.unitOfWork.run<undefined, LinkInvalid>(member.organization.id, async (stores) => {
      if (!(await stores.accountRequests.use(request.id))) return invalid;
      await stores.users.setPassword(member.user.id, passwordHash);
      await endAccess(deps, stores, { caller: actingAs(member, requestId), user: member.user, kind: 'password.reset' });
      return ok(undefined);
    });
    if (reset.ok) deps.signals.publish(accessChanged(member.user.id));
    return reset;
  };

type Setting = {
  readonly caller: Caller;
  readonly user: User;
  readonly kind: PasswordSet['kind'];
  readonly kept?: SessionId;
};

/** Whatever the old password opened, or could still open, is closed, and said. */
const endAccess = async (
  { ids }: { readonly ids: IdSource },
  { sessions, accountRequests, audit, outbox, now }: TenancyStores & Moment,
  { caller, user, kind, kept }: Setting,
): Promise<void> => {
  const ended = await sessions.endAllOf(user.id, now, kept);
  await accountRequests.dropResets(user.email);
  const events: readonly AuditEvent[] = [
    { kind, targetId: user.id, facts: {} },
    ...ended.map((id) => ({ kind: 'session.ended', targetId: id, facts: { userId: user.id } }) as const),
  ];
  await audit.append(events.map((event) => auditEntry({ caller, at: now, ids }, event)));
  const data: PasswordSet = { userId: user.id, kind, actorId: caller.actor.id };
  await outbox.announce([{ type: PASSWORD_SET, aggregateId: ids.next(), aggregateVersion: 1, at: now, data }]);
};
