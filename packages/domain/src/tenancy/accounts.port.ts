import type { OrganizationId } from '../kernel/index.js';
import type { Member, User, UserId } from './member.js';
import type { Identity } from './secrets.port.js';
import type { SessionId } from './session.js';

/** What sign-in needs of a user. The hash is opaque here: only a `PasswordHasher` reads it. */
export type Credentials = { readonly user: User; readonly passwordHash: string };

/** Where a refresh token belongs, whether or not it is still good. */
export type TokenPlace = { readonly sessionId: SessionId; readonly userId: UserId; readonly organizationId: OrganizationId };

/**
 * What is asked before it is known which organization somebody belongs to. Nothing is written here: writing is a unit of work's.
 * - A user who was disabled is a member nowhere.
 */
export type Accounts = {
  /** By the e-mail, whatever its case. */
  readonly credentialsOf: (email: string) => Promise<Credentials | undefined>;
  /**
   * The member that an access token speaks for: undefined, without telling them apart, for a stranger, an organization that doesn't
   * exist, and a session that has ended, expired, or is somebody else's.
   */
  readonly membership: (identity: Identity) => Promise<Member | undefined>;
  /** Oldest membership first. */
  readonly membershipsOf: (userId: UserId) => Promise<readonly Member[]>;
  /** Of a user who was disabled, too. */
  readonly organizationsOf: (userId: UserId) => Promise<readonly OrganizationId[]>;
  /** By the digest of a refresh token. */
  readonly placeOfToken: (tokenHash: string) => Promise<TokenPlace | undefined>;
};
