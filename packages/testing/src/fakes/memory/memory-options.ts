import type { DecidePlacements, Digest, ExpireUnpaid } from '@rappit/domain';

export type MemoryOptions = {
  /** The store's clock: leases, idempotency and every `now` are by it. */
  readonly now: () => Date;
  readonly digest: Digest;
  readonly decide: DecidePlacements;
  /** Asked before orders are placed. */
  readonly expire: ExpireUnpaid;
  /** Runs each unit of work a first time for nothing, as a database does after a deadlock, to find work that acts on the outside world. */
  readonly runsTwice: boolean;
  /** Called before each unit of work that writes; what it throws is the store being out of order. */
  readonly beforeRun: () => void;
};
