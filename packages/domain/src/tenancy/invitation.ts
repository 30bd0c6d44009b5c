import type { Brand } from '../kernel/index.js';
import type { Language, Role, UserId } from './member.js';

export type InvitationId = Brand<string, 'InvitationId'>;
export const InvitationId = (text: string): InvitationId => text as InvitationId;

/**
 * An address that somebody was asked at to become a member. Nobody becomes one who doesn't accept, and accepting takes the secret of the
 * mail that was sent last.
 */
export type Invitation = {
  readonly id: InvitationId;
  /** As typed; compared in lower case. */
  readonly email: string;
  readonly role: Role;
  /** That the address is written to in, unless it has a user who chose one. */
  readonly language: Language;
  /** Whoever sent it last, and answers for it. */
  readonly invitedBy: UserId;
  readonly createdAt: Date;
  /** When it was sent, each time with another secret; the last one comes last. */
  readonly sentAt: readonly Date[];
  readonly expiresAt: Date;
  /** When it was accepted or revoked. */
  readonly endedAt: Date | null;
};

export const INVITATION_HOURS = 24;
/** An organization sends so many more mails to one address within an hour of the first. */
export const RESENDS_AN_HOUR = 3;
/** One that expired can be sent again for so long. */
export const EXPIRED_DAYS = 7;

const HOUR_MS = 3_600_000;
const hoursAfter = (at: Date, hours: number): Date => new Date(at.getTime() + hours * HOUR_MS);

export const invitationStatuses = ['pending', 'expired'] as const;
export type InvitationStatus = (typeof invitationStatuses)[number];

/** Of one that hasn't ended. It counts until the moment it expires, exclusively. */
export const invitationStatusOf = ({ expiresAt }: Pick<Invitation, 'expiresAt'>, now: Date): InvitationStatus =>
  expiresAt <= now ? 'expired' : 'pending';

export const mayBeAccepted = ({ endedAt, expiresAt }: Pick<Invitation, 'endedAt' | 'expiresAt'>, now: Date): boolean =>
  endedAt === null && now < expiresAt;

/** The invitation when it is sent once more, by whoever sends it. */
export const sentOnce = (
  invitation: Omit<Invitation, 'sentAt' | 'expiresAt' | 'invitedBy'> & Partial<Pick<Invitation, 'sentAt'>>,
  invitedBy: UserId,
  now: Date,
): Invitation => ({
  ...invitation,
  invitedBy,
  sentAt: [...(invitation.sentAt ?? []), now],
  expiresAt: hoursAfter(now, INVITATION_HOURS),
});

/** When nothing of an invitation is needed any more: neither to send it again, nor to count how often its address was written to. */
export const keptUntil = ({ endedAt, expiresAt }: Pick<Invitation, 'endedAt' | 'expiresAt'>): Date =>
  endedAt ? hoursAfter(endedAt, 1) : hoursAfter(expiresAt, 24 * EXPIRED_DAYS);

/** From when on mails to an address count, and in how many seconds another may be sent; 0 for now. */
export const countedSince = (now: Date): Date => hoursAfter(now, -1);
export const secondsUntilNextMail = (sent: readonly Date[], now: Date): number => {
  const [oldest] = [...sent].sort((a, b) => b.getTime() - a.getTime()).slice(RESENDS_AN_HOUR, RESENDS_AN_HOUR + 1);
  return oldest ? Math.max(1, Math.ceil((hoursAfter(oldest, 1).getTime() - now.getTime()) / 1_000)) : 0;
};

/** What the token of the mail that was sent last is made from. */
export const mailOf = ({ id, sentAt }: Pick<Invitation, 'id' | 'sentAt'>): string => `${id}.${sentAt.length}`;
