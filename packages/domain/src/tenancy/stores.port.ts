import type { Announcements, ClaimedKeys, Page, PageRequest } from '../kernel/index.js';
import type { AccountRequestStore } from './account-requests.port.js';
import type { AuditStores } from './audit.port.js';
import type { JoinedMember, Organization, OrganizationProfile, Role, User, UserId } from './member.js';
import type { Session, SessionId } from './session.js';

/**
 * The organization that the unit of work is for.
 * - Whoever changes who belongs to it, and as what, locks it before anything else is looked at, so that such changes are decided one after
 *   another, each on what the one before left.
 */
export type OrganizationStore = {
  /** Before anything else of a new organization is stored. */
  readonly open: (organization: Organization) => Promise<void>;
  readonly find: () => Promise<OrganizationProfile | undefined>;
  /** Found and locked until the unit of work ends. */
  readonly lock: () => Promise<OrganizationProfile | undefined>;
  /** What was locked, as it is from now on. */
  readonly save: (organization: OrganizationProfile) => Promise<void>;
};

/** Users, whom several organizations may share: each is known by an unguessable id, or by the e-mail. */
export type UserStore = {
  /**
   * Answers the user who now has this e-mail, whatever its case, this name and this password: a new one, or one who belonged nowhere, whose
   * sessions end. Undefined when somebody else has the e-mail who belongs somewhere or was disabled.
   */
  readonly enrol: (user: User, passwordHash: string) => Promise<User | undefined>;
  /** Whether the password's hash is this one still; if so, it stays so until the unit of work ends. */
  readonly keepsPassword: (id: UserId, passwordHash: string) => Promise<boolean>;
  /** Answers false, and changes nothing, when `before` is given and isn't the hash that is stored. */
  readonly setPassword: (id: UserId, passwordHash: string, before?: string) => Promise<boolean>;
  /** From when on the user may not sign in and is a member nowhere; null ends that. */
  readonly disable: (id: UserId, from: Date | null) => Promise<void>;
};

/** Who belongs to the organization. */
export type MemberStore = {
  /** Undefined for a user who was disabled, too. */
  readonly find: (userId: UserId) => Promise<JoinedMember | undefined>;
  /** By the user's e-mail, whatever its case. Undefined for a user who was disabled, too. */
  readonly findByEmail: (email: string) => Promise<JoinedMember | undefined>;
  /** In the order of the users' ids. Users who were disabled are left out. */
  readonly list: (page: PageRequest) => Promise<Page<JoinedMember>>;
  /** How many members have this role. Users who were disabled don't count. */
  readonly count: (role: Role) => Promise<number>;
  /** Answers false when the user is a member already. */
  readonly add: (userId: UserId, role: Role) => Promise<boolean>;
  readonly setRole: (userId: UserId, role: Role) => Promise<void>;
  readonly remove: (userId: UserId) => Promise<void>;
};

/**
 * Sessions of users, and the digests of their refresh tokens.
 * - A session is locked before it is changed, so that two uses of one token are seen one after the other.
 */
export type SessionStore = {
  readonly start: (session: Session, tokenHash: string) => Promise<void>;
  /** Found and locked until the unit of work ends, also when it is over. */
  readonly lock: (id: SessionId) => Promise<Session | undefined>;
  /** Whether a token of the session may be used still. Undefined for a token of no session or of another one. */
  readonly tokenState: (id: SessionId, tokenHash: string) => Promise<'fresh' | 'used' | undefined>;
  /** Marks the old token as used, and keeps the session as it is after the refresh, with its new token. */
  readonly refresh: (session: Session, tokens: { readonly used: string; readonly fresh: string }) => Promise<void>;
  /** Keeps another organization as the one that the session is for. */
  readonly moveTo: (session: Session) => Promise<void>;
  /** A session that was locked. */
  readonly end: (id: SessionId, at: Date) => Promise<void>;
  /** Ends whatever isn't over of a user's, but for the one that is kept; answers which. */
  readonly endAllOf: (userId: UserId, at: Date, kept?: SessionId) => Promise<readonly SessionId[]>;
  /** Ends whatever isn't over of a user's and is for this organization; answers which. */
  readonly endAllHere: (userId: UserId, at: Date) => Promise<readonly SessionId[]>;
  /** Those of a user that aren't over, the one that was refreshed last first; at most a hundred. */
  readonly openOf: (userId: UserId, now: Date) => Promise<readonly Session[]>;
  /**
   * Removes sessions that are for this organization and were over before, with their tokens; answers how many rows were removed, at most
   * twice `limit`, and 0 when none is left.
   */
  readonly dropOver: (before: Date, limit: number) => Promise<number>;
};

export type TenancyStores = AuditStores & {
  readonly organization: OrganizationStore;
  readonly users: UserStore;
  readonly members: MemberStore;
  readonly sessions: SessionStore;
  readonly accountRequests: AccountRequestStore;
  readonly outbox: Announcements;
  readonly claimedKeys: ClaimedKeys;
};
