import { err, OrganizationId, ok, type Result, type RunRefusal } from '../kernel/index.js';
import { auditEntry } from './audit.js';
import { type Member, UserId } from './member.js';
import { actingAs, type Origin, openSession, type SignedIn, type SignInDeps } from './open-session.js';

export type Registration = {
  readonly organizationName: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
};
export type EmailTaken = { readonly code: 'account.email_taken' };
export type Register = (registration: Registration, origin: Origin) => Promise<Result<SignedIn, EmailTaken | RunRefusal>>;

/** Opens an organization with its first admin, who is signed in at once. */
export const register =
  (deps: Omit<SignInDeps, 'signals' | 'accounts'>): Register =>
  async ({ organizationName, name, email, password }, origin) => {
    const passwordHash = await deps.passwords.hash(password);
    const organizationId = OrganizationId(deps.ids.next());
    const user = { id: UserId(deps.ids.next()), email: email.trim(), name: name.trim() };
    return deps.unitOfWork.run<SignedIn, EmailTaken>(organizationId, async (stores) => {
      const { organization: opening, users, members, audit, now } = stores;
      const organization = { id: organizationId, name: organizationName.trim(), createdAt: now };
      const member: Member = { organization, user, role: 'admin' };
      if (!(await users.add(user, passwordHash))) return err({ code: 'account.email_taken' });
      await opening.open(organization);
      await members.add(user.id, member.role);
      const opened = { kind: 'organization.opened', targetId: organizationId, facts: {} } as const;
      await audit.append([auditEntry({ caller: actingAs(member, origin.requestId), at: now, ids: deps.ids }, opened)]);
      return ok(await openSession(deps, stores, { member, ...origin }));
    });
  };
