import { err, type Moment, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import type { LinkInvalid } from './account-request.js';
import { auditEntry } from './audit.js';
import { type Invitation, mayBeAccepted } from './invitation.js';
import type { InvitationDoor, InvitationStores } from './invitations.port.js';
import type { MemberExists } from './keep-invitations.js';
import type { CredentialsWrong } from './login.js';
import { type JoinedMember, type Language, type User, UserId } from './member.js';
import { accessChanged, actingAs, type Origin, openSession, type SignedIn, type SignInDeps } from './open-session.js';
import { mayGive } from './still-may.js';
import type { TenancyStores } from './stores.port.js';

type Stores = TenancyStores & InvitationStores;
type Deps = Omit<SignInDeps, 'unitOfWork'> & { readonly unitOfWork: UnitOfWork<Stores>; readonly door: InvitationDoor };

/** The token came by mail. Which of the rest is needed depends on whether the address has an account. */
export type Acceptance = {
  readonly token: string;
  readonly name?: string | undefined;
  readonly newPassword?: string | undefined;
  /** Of the account that the address has. */
  readonly password?: string | undefined;
  readonly language?: Language | undefined;
  /** Whoever is signed in while accepting, if anybody is. */
  readonly signedInAs?: UserId | undefined;
};

/** The address has an account: its user signs in, or sends its password. */
export type SignInNeeded = { readonly code: 'invitation.sign_in_needed' };
/** The address has no account: a name and a new password make one. */
export type AccountNeeded = { readonly code: 'invitation.account_needed' };

type Unproven = SignInNeeded | AccountNeeded | CredentialsWrong;
type Refused = Unproven | LinkInvalid | MemberExists;
export type AcceptInvitation = (acceptance: Acceptance, origin: Origin) => Promise<Result<SignedIn, Refused | RunRefusal>>;

/** Who accepts: a user by their session, or by the password of this hash; or whoever is to become a user. */
type Accepting =
  | { readonly user: User; readonly passwordHash: string | null }
  | { readonly user: null; readonly name: string; readonly passwordHash: string };

const invalid: Result<never, LinkInvalid> = err({ code: 'link.invalid' });

/**
 * Makes whoever reads the mail of an address a member, when they agree, and signs them in.
 * - A user who belongs somewhere is one only by the account's session or password, so that a mailbox alone opens no account.
 *   Anybody else becomes a user by a name and a new password.
 * - It counts once, until it expires, and only while whoever sent it could send it still.
 */
export const acceptInvitation =
  (deps: Deps): AcceptInvitation =>
  async (acceptance, origin) => {
    const tokenHash = deps.digest(acceptance.token);
    const organizationId = await deps.door.organizationOfInvitation(tokenHash);
    const invitation = organizationId && (await deps.unitOfWork.read(organizationId, (stores) => openBy(stores, tokenHash)));
    if (!organizationId || !invitation) return invalid;
    const accepting = await proven(deps, invitation, acceptance);
    if (!accepting.ok) return accepting;
    const joined = await deps.unitOfWork.run<SignedIn, Refused>(organizationId, async (stores) => {
      await stores.organization.lock();
      const still = await openBy(stores, tokenHash);
      if (!still) return invalid;
      const user = await userOf(deps, stores, { invitation: still, acceptance, accepting: accepting.value });
      if (!user.ok) return user;
      const member = await join(deps, stores, { invitation: still, user: user.value, origin });
      return member.ok ? ok(await openSession(deps, stores, { member: member.value, ...origin })) : member;
    });
    if (joined.ok) deps.signals.publish(accessChanged(joined.value.member.user.id));
    return joined;
  };

/** The invitation that a token opens now. */
const openBy = async ({ invitations, members, now }: Stores & Moment, tokenHash: string): Promise<Invitation | undefined> => {
  const found = await invitations.findByToken(tokenHash);
  const inviter = found && (await members.find(found.invitedBy));
  return found && inviter && mayBeAccepted(found, now) && mayGive(inviter.role, found.role) ? found : undefined;
};

/** Whether it is the address's own user who accepts, where it has one who belongs somewhere. */
const proven = async (
  { accounts, passwords }: Pick<Deps, 'accounts' | 'passwords'>,
  { email }: Invitation,
  { name, newPassword, password, signedInAs }: Acceptance,
): Promise<Result<Accepting, Unproven>> => {
  const found = await accounts.credentialsOf(email);
  const [membership] = found ? await accounts.membershipsOf(found.user.id) : [];
  if (!found || !membership)
    return name === undefined || newPassword === undefined
      ? err({ code: 'invitation.account_needed' })
      : ok({ user: null, name: name.trim(), passwordHash: await passwords.hash(newPassword) });
  const { user, passwordHash } = found;
  if (signedInAs === user.id) return ok({ user, passwordHash: null });
  if (password === undefined) return err({ code: 'invitation.sign_in_needed' });
  return (await passwords.matches(password, passwordHash))
    ? ok({ user, passwordHash })
    : err({ code: 'account.credentials_wrong' });
};

type Entering = { readonly invitation: Invitation; readonly acceptance: Acceptance; readonly accepting: Accepting };

/** The user as it is now: somebody may have got an account, or another password, since that was looked up. */
const userOf = async (
  { ids }: Pick<Deps, 'ids'>,
  { users }: Stores,
  { invitation, acceptance, accepting }: Entering,
): Promise<Result<User, SignInNeeded>> => {
  const needed: Result<never, SignInNeeded> = err({ code: 'invitation.sign_in_needed' });
  if (accepting.user) {
    const { user, passwordHash } = accepting;
    return passwordHash === null || (await users.keepsPassword(user.id, passwordHash)) ? ok(user) : needed;
  }
  const language = acceptance.language ?? invitation.language;
  const asked = { id: UserId(ids.next()), email: invitation.email, name: accepting.name, language };
  const user = await users.enrol(asked, accepting.passwordHash);
  return user ? ok(user) : needed;
};

type Joining = { readonly invitation: Invitation; readonly user: User; readonly origin: Origin };

const join = async (
  { ids }: Pick<Deps, 'ids'>,
  { members, invitations, audit, now }: Stores & Moment,
  { invitation, user, origin }: Joining,
): Promise<Result<JoinedMember, MemberExists | LinkInvalid>> => {
  if (!(await members.add(user.id, invitation.role))) return err({ code: 'member.exists' });
  const member = await members.find(user.id);
  // Disabled since.
  if (!member) return invalid;
  await invitations.save({ ...invitation, endedAt: now }, null);
  const facts = { role: invitation.role, invitationId: invitation.id };
  const joined = { kind: 'member.joined', targetId: user.id, facts } as const;
  await audit.append([auditEntry({ caller: actingAs(member, origin.requestId), at: now, ids }, joined)]);
  return ok(member);
};
