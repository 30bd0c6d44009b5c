import type { OrganizationId } from './organization-id.js';
import type { Page, PageRequest } from './page.js';

/** What a secret belongs to: whose it is, what it is for (`channel.secret`), and of which thing of that organization's. */
export type SealedFor = { readonly organizationId: OrganizationId; readonly purpose: string; readonly ownerId: string };

/**
 * Seals what we must be able to read back (a shop's secret), so that the store alone doesn't give it away.
 * - A seal opens for what it was sealed for, and for nothing else, so that nobody who can write to the store can move a secret to a place of their own.
 * - `open` of an altered seal, of another key's, or for something else is a bug or an attack and throws.
 */
export type Vault = {
  readonly seal: (plain: string, what: SealedFor) => string;
  readonly open: (sealed: string, what: SealedFor) => string;
  /** Of the key that seals now. */
  readonly keyId: string;
  /** Whether the key that seals now has sealed this. */
  readonly isCurrent: (sealed: string) => boolean;
};

/** A sealed secret where it is kept. There may be several of one purpose and owner, while one replaces another. */
export type StoredSeal = Omit<SealedFor, 'organizationId'> & { readonly position: number; readonly sealed: string };

/** Every sealed secret of one organization, whichever table it is kept in. */
export type SealStore = {
  /** By purpose, owner and position. A cursor is a place, as `sealPlace` writes it. */
  readonly list: (page: PageRequest) => Promise<Page<StoredSeal>>;
  /** Answers false, and writes nothing, when the secret isn't sealed so any more. */
  readonly replace: (seal: StoredSeal, sealedAnew: string) => Promise<boolean>;
};

export type SealStores = { readonly seals: SealStore };

/** Where a seal stands in the list: sorted as text, places are in the list's order. */
export const sealPlace = ({ purpose, ownerId, position }: Omit<StoredSeal, 'sealed'>): string =>
  `${purpose}\n${ownerId}\n${String(position).padStart(9, '0')}`;
