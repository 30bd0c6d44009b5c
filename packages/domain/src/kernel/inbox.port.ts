import type { Page, PageRequest } from './page.js';

/** What somebody outside told us, as it came: verified, not yet understood. */
export type Delivery = {
  readonly id: string;
  /** What it came from, such as a channel's id. Dedupe is per source, topic and delivery id. */
  readonly sourceId: string;
  readonly topic: string;
  readonly deliveryId: string;
  readonly body: string;
  readonly receivedAt: Date;
};

export type DueDelivery = Delivery & { readonly attempts: number };

export const inboxStatuses = ['due', 'done', 'dead'] as const;

/** A delivery as the log shows it: what became of it so far, and not what it said. */
export type InboxEntry = Omit<DueDelivery, 'body'> & {
  /** `dead`: given up, until somebody has it worked off again. */
  readonly status: (typeof inboxStatuses)[number];
  /** When it is worked off next; of no meaning once it isn't due any more. */
  readonly dueAt: Date;
  /** What became of it, or why the last attempt failed, in a word. */
  readonly outcome: string | null;
};

/**
 * Deliveries to one organization, kept before they are answered.
 * - `receive` answers false for one that is there already, and keeps the first.
 * - `claim` leases the oldest due ones to one worker; unfinished ones become due again when the lease ends.
 */
export type InboxStore = {
  readonly receive: (delivery: Delivery) => Promise<boolean>;
  /** The same for many at once; answers the ids of the new ones. */
  readonly receiveAll: (deliveries: readonly Delivery[]) => Promise<readonly string[]>;
  readonly claim: (limit: number, leaseSeconds: number) => Promise<readonly DueDelivery[]>;
  readonly done: (id: string, outcome: string) => Promise<void>;
  /** Due again at `retryAt`, or a dead letter when that is null. `reason` holds nothing secret. */
  readonly failed: (id: string, reason: string, retryAt: Date | null) => Promise<void>;
  /** Due again at `until`, as if it had not been tried this time. Says why, as `failed` does. */
  readonly putOff: (id: string, reason: string, until: Date) => Promise<void>;
  /** Those of one source, newest first. */
  readonly list: (sourceId: string, page: PageRequest) => Promise<Page<InboxEntry>>;
  readonly find: (id: string) => Promise<InboxEntry | undefined>;
  /**
   * Has one that was given up worked off again, as if it had never been tried, when its sender sends it anew; it is known by what it was
   * told apart by when it came. Answers false, and changes nothing, unless it is a dead letter.
   */
  readonly revive: (delivery: Pick<Delivery, 'sourceId' | 'topic' | 'deliveryId'>) => Promise<boolean>;
  /** Due now, as if it had never been tried. Answers false, and changes nothing, when it is due already. */
  readonly replay: (id: string) => Promise<boolean>;
  /** What it said is gone for good; that it came, and what became of it, stays. */
  readonly forget: (id: string) => Promise<void>;
  /** Removes up to so many of one source that came before a moment and are worked off, and answers how many. What is due or dead stays. */
  readonly drop: (sourceId: string, before: Date, limit: number) => Promise<number>;
};
