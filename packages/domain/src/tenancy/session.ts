import type { Brand, OrganizationId } from '../kernel/index.js';
import type { UserId } from './member.js';

export type SessionId = Brand<string, 'SessionId'>;
export const SessionId = (text: string): SessionId => text as SessionId;

/**
 * Somebody who signed in once, on one device. Its refresh tokens are a family: each is good for one use, and a second use ends the session.
 * `organizationId` is the organization that was switched to last.
 */
export type Session = {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly organizationId: OrganizationId;
  /** What the client called itself, shortened. */
  readonly device: string | null;
  readonly startedAt: Date;
  readonly refreshedAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
};

/** A session that isn't refreshed for so long is over. */
export const SESSION_IDLE_DAYS = 30;
/** After so long one signs in again, however busy the session was. */
export const SESSION_MAX_DAYS = 90;

const MAX_DEVICE_CHARACTERS = 200;

const daysAfter = (at: Date, days: number): Date => new Date(at.getTime() + days * 86_400_000);
const earlier = (a: Date, b: Date): Date => (a < b ? a : b);
const endOf = (startedAt: Date, now: Date): Date =>
  earlier(daysAfter(now, SESSION_IDLE_DAYS), daysAfter(startedAt, SESSION_MAX_DAYS));

export const newSession = (about: Pick<Session, 'id' | 'userId' | 'organizationId' | 'device'>, now: Date): Session => ({
  ...about,
  device: about.device === null ? null : [...about.device].slice(0, MAX_DEVICE_CHARACTERS).join(''),
  startedAt: now,
  refreshedAt: now,
  expiresAt: endOf(now, now),
  endedAt: null,
});

export const isSessionOver = ({ endedAt, expiresAt }: Pick<Session, 'endedAt' | 'expiresAt'>, now: Date): boolean =>
  endedAt !== null || expiresAt <= now;

/** The session after a refresh, in the organization that it now is for. */
export const refreshedSession = (session: Session, organizationId: OrganizationId, now: Date): Session => ({
  ...session,
  organizationId,
  refreshedAt: now,
  expiresAt: endOf(session.startedAt, now),
});
