/**
 * Something that happened to an aggregate, kept in the outbox of the transaction that did it.
 * Versions of one aggregate rise by at least one per event, and are delivered in that order, each at least once.
 */
export type DomainEvent = {
  readonly type: string;
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  readonly at: Date;
  readonly data: Readonly<Record<string, unknown>>;
};
