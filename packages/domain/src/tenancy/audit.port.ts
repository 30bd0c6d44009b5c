import type { Page, PageRequest } from '../kernel/index.js';
import type { AuditEntry, AuditKind } from './audit.js';

/** `from` counts, `to` doesn't. */
export type AuditFilter = {
  readonly actorId?: string | undefined;
  readonly kind?: AuditKind | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
};

/**
 * The audit log of one organization. What was appended is never changed and never removed.
 * An entry is appended in the unit of work that did what it tells, so that there is neither without the other.
 */
export type AuditStore = {
  readonly append: (entries: readonly AuditEntry[]) => Promise<void>;
  /** Newest first. A cursor is the moment and the id of an entry, as `auditPlace` writes them. */
  readonly list: (page: PageRequest, filter: AuditFilter) => Promise<Page<AuditEntry>>;
};

export type AuditStores = { readonly audit: AuditStore };

/** Where an entry stands in the list: sorted as text, places are in the order of their moments. */
export const auditPlace = ({ at, id }: Pick<AuditEntry, 'at' | 'id'>): string => `${at.toISOString()}\n${id}`;
