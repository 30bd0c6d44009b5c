import type { DomainEvent } from './event.js';
import type { OrganizationId } from './organization-id.js';

/** An event on its way out. */
export type OutboxEntry = { readonly id: string; readonly event: DomainEvent; readonly attempts: number };

/**
 * Events of one organization that haven't been handed on yet.
 * - `announce` keeps events with what the unit of work writes. An aggregate that is saved with its events needs no announcing.
 * - `claim` leases each entry to one worker, and only while no earlier event of its aggregate is undelivered.
 * - What was claimed and neither delivered nor failed becomes due again when the lease ends.
 * - `forgetUnheard` removes due events of other types than the given ones, and answers how many; what is leased or dead stays.
 */
export type OutboxStore = {
  readonly announce: (events: readonly DomainEvent[]) => Promise<void>;
  readonly forgetUnheard: (heardTypes: readonly string[], limit: number) => Promise<number>;
  readonly claim: (limit: number, leaseSeconds: number) => Promise<readonly OutboxEntry[]>;
  readonly delivered: (ids: readonly string[]) => Promise<void>;
  /** Due again at `retryAt`, or a dead letter when that is null. `reason` holds nothing secret. */
  readonly failed: (id: string, reason: string, retryAt: Date | null) => Promise<void>;
};

/** The outbox, for those who only have something to tell. */
export type Announcements = Pick<OutboxStore, 'announce'>;

/**
 * Hears events at least once, those of one aggregate in their order. Throws when it can't take one now.
 * One that names `types` is handed no others. What nobody hears is forgotten unread, which costs a tenth of handing it on.
 */
export type EventSubscriber = {
  (organizationId: OrganizationId, event: DomainEvent): Promise<void>;
  readonly types?: readonly string[];
};

/**
 * Takes events over in the unit of work that takes them from the outbox, so that none is lost between the two, and none kept without the
 * other. It may be handed an event again, since a relay that died is followed by another.
 */
export type EventKeeper<Stores> = {
  /** The types that are of use to it now. Others are kept from it where nobody else hears them either. */
  readonly types: (stores: Stores) => Promise<readonly string[]>;
  /** Leaves those alone that are of no use to it. */
  readonly keep: (stores: Stores, events: readonly DomainEvent[]) => Promise<void>;
};
