import type { OrganizationId } from '../kernel/index.js';
import type { ChannelId, ChannelKind } from './channel.js';

/** What a shop's owner let us have, sealed. Each renewal makes the version one more; the first is 1. */
export type SealedCredentials = {
  readonly sealed: string;
  readonly version: number;
  readonly expiresAt: Date | null;
  readonly renewableUntil: Date | null;
};

/** Somebody who has set out to connect a shop, and comes back with the token that this was made with. Only digests are kept. */
export type ConnectionBegun = {
  readonly tokenHash: string;
  /** Of the secret that the browser holds; null where the shop itself comes back. */
  readonly browserHash: string | null;
  readonly kind: ChannelKind;
  readonly shopDomain: string;
  readonly name: string | null;
  /** Whoever began it, and is told of in the audit log. */
  readonly userId: string;
  readonly expiresAt: Date;
};

/**
 * How channels of one organization are let into their shops.
 * - `saveCredentials` answers false, and writes nothing, unless their version is `after`, 0 where there are none. It ends the lease.
 * - `claimRenewal` leases the renewal of that version to one caller, over all processes; false when it is leased, or the version is another.
 * - `takeBegun` finds what was begun with a token once, and never again.
 */
export type ChannelAccessStore = {
  readonly credentialsOf: (id: ChannelId) => Promise<SealedCredentials | undefined>;
  readonly saveCredentials: (id: ChannelId, credentials: Omit<SealedCredentials, 'version'>, after: number) => Promise<boolean>;
  readonly dropCredentials: (id: ChannelId) => Promise<void>;
  readonly claimRenewal: (id: ChannelId, version: number, leaseSeconds: number) => Promise<boolean>;
  readonly endRenewal: (id: ChannelId, version: number) => Promise<void>;
  /** Channels that are connected, and whose credentials end before then, those that end first first. */
  readonly ending: (before: Date, limit: number) => Promise<readonly ChannelId[]>;
  readonly addBegun: (begun: ConnectionBegun) => Promise<void>;
  readonly takeBegun: (tokenHash: string) => Promise<ConnectionBegun | undefined>;
  /** Removes what has expired; answers how many. */
  readonly dropBegun: (before: Date, limit: number) => Promise<number>;
};

/** Whoever comes back holds a token, which says nothing of its organization. */
export type ConnectionDoor = { readonly organizationOfConnection: (tokenHash: string) => Promise<OrganizationId | undefined> };
