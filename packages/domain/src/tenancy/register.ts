import { err, type Moment, OrganizationId, ok, type Result, type RunRefusal } from '../kernel/index.js';
import type { Registrant } from './account-request.js';
import { auditEntry } from './audit.js';
import { type Language, type Member, UserId } from './member.js';
import { actingAs, type Origin, openSession, type SignedIn, type SignInDeps } from './open-session.js';
import type { TenancyStores } from './stores.port.js';

export type Registration = {
  readonly organizationName: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** That we write to the user in. */
  readonly language: Language;
};
export type EmailTaken = { readonly code: 'account.email_taken' };
export type Register = (registration: Registration, origin: Origin) => Promise<Result<SignedIn, EmailTaken | RunRefusal>>;

type RegisterDeps = Omit<SignInDeps, 'signals' | 'accounts'>;

/** Opens an organization with its first admin, who is signed in at once. */
export const register =
  (deps: RegisterDeps): Register =>
  async ({ organizationName, name, email, language, password }, origin) => {
    const passwordHash = await deps.passwords.hash(password);
    const registrant = { organizationName: organizationName.trim(), name: name.trim(), passwordHash };
    const organizationId = OrganizationId(deps.ids.next());
    return deps.unitOfWork.run<SignedIn, EmailTaken>(organizationId, (stores) =>
      openOrganization(deps, stores, { organizationId, email: email.trim(), language, registrant, origin }),
    );
  };

type Opening = {
  readonly organizationId: OrganizationId;
  readonly email: string;
  readonly language: Language;
  readonly registrant: Registrant;
  readonly origin: Origin;
};

/** Everything of a new organization, inside a unit of work of its own. */
export const openOrganization = async (
  deps: RegisterDeps,
  stores: TenancyStores & Moment,
  { organizationId, email, language, registrant, origin }: Opening,
): Promise<Result<SignedIn, EmailTaken>> => {
  const { users, members, audit, now } = stores;
  const asked = { id: UserId(deps.ids.next()), email, name: registrant.name, language };
  const user = await users.enrol(asked, registrant.passwordHash);
  if (!user) return err({ code: 'account.email_taken' });
  const organization = { id: organizationId, name: registrant.organizationName, createdAt: now };
  const member: Member = { organization, user, role: 'admin' };
  await stores.organization.open(organization);
  await members.add(user.id, member.role);
  const opened = { kind: 'organization.opened', targetId: organizationId, facts: {} } as const;
  await audit.append([auditEntry({ caller: actingAs(member, origin.requestId), at: now, ids: deps.ids }, opened)]);
  return ok(await openSession(deps, stores, { member, ...origin }));
};
