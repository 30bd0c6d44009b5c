import type { OrganizationId, Result } from '../kernel/index.js';
import type { Member, Organization, User, UserId } from './member.js';

export type EmailTaken = { readonly code: 'account.email_taken' };

/** What sign-in needs of a user. The hash is opaque here: only a `PasswordHasher` reads it. */
export type Credentials = { readonly user: User; readonly passwordHash: string };

/**
 * Organizations, users and memberships: the tables that organizations share.
 * - `register` stores all three or nothing; an e-mail belongs to one user, whatever its case.
 * - `membership` answers undefined for a stranger and for an organization that doesn't exist, without telling them apart.
 */
export type Accounts = {
  readonly register: (organization: Organization, admin: User, passwordHash: string) => Promise<Result<Member, EmailTaken>>;
  readonly credentialsOf: (email: string) => Promise<Credentials | undefined>;
  readonly membership: (userId: UserId, organizationId: OrganizationId) => Promise<Member | undefined>;
  /** Oldest membership first. */
  readonly membershipsOf: (userId: UserId) => Promise<readonly Member[]>;
};
