import type { OrganizationId, Page, PageRequest } from '../kernel/index.js';
import type { Invitation, InvitationId } from './invitation.js';
import type { UserId } from './member.js';

/**
 * Invitations of one organization. The digest of a token goes in with its invitation and comes out never.
 * - Of one address there is at most one that hasn't ended.
 * - They change while the organization is locked, so none of them is locked by itself.
 */
export type InvitationStore = {
  /** Undefined for one that has ended. */
  readonly find: (id: InvitationId) => Promise<Invitation | undefined>;
  /** The one that hasn't ended of an e-mail, whatever its case. */
  readonly findByEmail: (email: string) => Promise<Invitation | undefined>;
  /** The one that hasn't ended whose token has this digest. */
  readonly findByToken: (tokenHash: string) => Promise<Invitation | undefined>;
  /** Those that haven't ended, newest first. */
  readonly list: (page: PageRequest) => Promise<Page<Invitation>>;
  /** When an e-mail was written to from then on, whatever its case, by invitations that have ended too. */
  readonly sentSince: (email: string, from: Date) => Promise<readonly Date[]>;
  /** Adds an invitation, or keeps one as it is from now on. No token opens it any more but the one with this digest. */
  readonly save: (invitation: Invitation, tokenHash: string | null) => Promise<void>;
  /** Ends whatever a member has sent last and hasn't ended; answers which. */
  readonly endAllBy: (inviter: UserId, at: Date) => Promise<readonly InvitationId[]>;
  /** Removes those that nothing is needed of any more; answers how many. */
  readonly drop: (limit: number) => Promise<number>;
};

export type InvitationStores = { readonly invitations: InvitationStore };

/** The door for whoever accepts an invitation: which organization, if any, has one whose token has this digest. */
export type InvitationDoor = { readonly organizationOfInvitation: (tokenHash: string) => Promise<OrganizationId | undefined> };
