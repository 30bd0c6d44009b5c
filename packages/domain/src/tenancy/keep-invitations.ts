import {
  type Caller,
  type Digest,
  err,
  type IdSource,
  type Moment,
  type OrganizationId,
  ok,
  type Result,
  type RunRefusal,
  type UnitOfWork,
} from '../kernel/index.js';
import { type AuditEvent, auditEntry } from './audit.js';
import {
  countedSince,
  type Invitation,
  InvitationId,
  invitationStatusOf,
  mailOf,
  secondsUntilNextMail,
  sentOnce,
} from './invitation.js';
import type { InvitationStores } from './invitations.port.js';
import type { Language, Role, UserId } from './member.js';
import type { LinkTokens } from './secrets.port.js';
import { type PermissionDenied, stillMay, stillMayGive } from './still-may.js';
import type { TenancyStores } from './stores.port.js';

type Stores = TenancyStores & InvitationStores;
type Deps = { readonly unitOfWork: UnitOfWork<Stores>; readonly ids: IdSource };
type SendDeps = Deps & { readonly linkTokens: LinkTokens; readonly digest: Digest };

export type NewInvitation = { readonly email: string; readonly role: Role; readonly language: Language };

/** The address is a member's already. */
export type MemberExists = { readonly code: 'member.exists' };
/** The address has an invitation that hasn't expired; it may be sent again. */
export type InvitationExists = { readonly code: 'invitation.exists' };
export type InvitationNotFound = { readonly code: 'invitation.not_found' };
export type InvitationSentTooOften = { readonly code: 'invitation.sent_too_often'; readonly retryAfterSeconds: number };

type InviteRefused = MemberExists | InvitationExists | InvitationSentTooOften | PermissionDenied;
type ResendRefused = InvitationNotFound | InvitationSentTooOften | PermissionDenied;
type RevokeRefused = InvitationNotFound | PermissionDenied;

export type Invite = (
  caller: Caller,
  inviter: UserId,
  asked: NewInvitation,
) => Promise<Result<Invitation, InviteRefused | RunRefusal>>;
export type ResendInvitation = (
  caller: Caller,
  inviter: UserId,
  id: InvitationId,
) => Promise<Result<Invitation, ResendRefused | RunRefusal>>;
export type RevokeInvitation = (caller: Caller, id: InvitationId) => Promise<Result<undefined, RevokeRefused | RunRefusal>>;

/** Has an invitation mailed. The aggregate is the invitation, its version the number of the mail. */
export const INVITATION_SENT = 'invitation.sent';

/** How the token of an invitation's mail is made. */
export const INVITATION_LINK = 'invitation';

const DROPPED_AT_ONCE = 500;

/**
 * Invites an address to become a member with a role, which is no more than whoever invites holds.
 * Whether anybody anywhere has the address is neither looked at nor told: only whether somebody of this organization has it.
 */
export const invite =
  (deps: SendDeps): Invite =>
  (caller, inviter, asked) =>
    deps.unitOfWork.run<Invitation, InviteRefused>(
      caller.organizationId,
      async (stores) => {
        const { organization, members, invitations, now } = stores;
        await organization.lock();
        if (!(await stillMayGive(stores, caller, asked.role))) return err({ code: 'permission.denied' });
        const email = asked.email.trim();
        if (await members.findByEmail(email)) return err({ code: 'member.exists' });
        const before = await invitations.findByEmail(email);
        if (before && invitationStatusOf(before, now) === 'pending') return err({ code: 'invitation.exists' });
        const seconds = await secondsUntilNext(stores, email);
        if (seconds > 0) return err({ code: 'invitation.sent_too_often', retryAfterSeconds: seconds });
        if (before) await invitations.save({ ...before, endedAt: now }, null);
        const drawn = { ...asked, email, id: InvitationId(deps.ids.next()), createdAt: now, endedAt: null };
        const invitation = sentOnce(drawn, inviter, now);
        await send(deps, stores, invitation);
        await tell(deps, stores, caller, { kind: 'invitation.created', targetId: invitation.id, facts: { role: asked.role } });
        return ok(invitation);
      },
      caller.once,
    );

/** Sends an invitation again, with another secret and for as long as a new one, on behalf of whoever does so now. */
export const resendInvitation =
  (deps: SendDeps): ResendInvitation =>
  (caller, inviter, id) =>
    deps.unitOfWork.run<Invitation, ResendRefused>(
      caller.organizationId,
      async (stores) => {
        await stores.organization.lock();
        const found = await stores.invitations.find(id);
        if (!found) return err({ code: 'invitation.not_found' });
        if (!(await stillMayGive(stores, caller, found.role))) return err({ code: 'permission.denied' });
        const seconds = await secondsUntilNext(stores, found.email);
        if (seconds > 0) return err({ code: 'invitation.sent_too_often', retryAfterSeconds: seconds });
        const invitation = sentOnce(found, inviter, stores.now);
        await send(deps, stores, invitation);
        await tell(deps, stores, caller, { kind: 'invitation.resent', targetId: id, facts: {} });
        return ok(invitation);
      },
      caller.once,
    );

/** Takes an invitation back: from now on nobody can accept it. */
export const revokeInvitation =
  (deps: Deps): RevokeInvitation =>
  (caller, id) =>
    deps.unitOfWork.run<undefined, RevokeRefused>(
      caller.organizationId,
      async (stores) => {
        await stores.organization.lock();
        if (!(await stillMay(stores, caller, 'member.manage'))) return err({ code: 'permission.denied' });
        const found = await stores.invitations.find(id);
        if (!found) return err({ code: 'invitation.not_found' });
        await stores.invitations.save({ ...found, endedAt: stores.now }, null);
        await tell(deps, stores, caller, { kind: 'invitation.revoked', targetId: id, facts: {} });
        return ok(undefined);
      },
      caller.once,
    );

/** Removes what an organization needs no more of its invitations, some at a time; answers how many. */
export const dropInvitations =
  ({ unitOfWork }: Pick<Deps, 'unitOfWork'>) =>
  async (organizationId: OrganizationId): Promise<number> => {
    const dropped = await unitOfWork.run(organizationId, async ({ invitations }) => ok(await invitations.drop(DROPPED_AT_ONCE)));
    return dropped.ok ? dropped.value : 0;
  };

const secondsUntilNext = async ({ invitations, now }: Stores & Moment, email: string): Promise<number> =>
  secondsUntilNextMail(await invitations.sentSince(email, countedSince(now)), now);

/** The mail goes out when this is committed, and not without it. */
const send = async (
  { linkTokens, digest }: SendDeps,
  { invitations, outbox, now }: Stores & Moment,
  invitation: Invitation,
): Promise<void> => {
  await invitations.save(invitation, digest(linkTokens.tokenFor(INVITATION_LINK, mailOf(invitation))));
  const aggregateVersion = invitation.sentAt.length;
  await outbox.announce([{ type: INVITATION_SENT, aggregateId: invitation.id, aggregateVersion, at: now, data: {} }]);
};

const tell = async (
  { ids }: Pick<Deps, 'ids'>,
  { audit, now }: Stores & Moment,
  caller: Caller,
  event: AuditEvent,
): Promise<void> => audit.append([auditEntry({ caller, at: now, ids }, event)]);
