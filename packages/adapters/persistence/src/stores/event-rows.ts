import type { DomainEvent } from '@rappit/domain';
import { type Columns, insertRows, type Row } from '../rows.js';
import { type Scope, touching } from '../scope.js';

export const eventColumns: Columns = {
  aggregate_id: 'text',
  aggregate_version: 'integer',
  type: 'text',
  at: 'timestamptz',
  data: 'json',
};

export const fromEvent = ({ aggregateId, aggregateVersion, ...event }: DomainEvent): Row => ({
  ...event,
  aggregate_id: aggregateId,
  aggregate_version: aggregateVersion,
});

const INSERT_EVENTS = insertRows('outbox', eventColumns);

/** Writes events into the outbox, where the relay takes them up when the unit of work is committed. */
export const announce = async (scope: Scope, events: readonly DomainEvent[]): Promise<void> => {
  if (events.length === 0) return;
  await touching(scope, events.length, INSERT_EVENTS, [scope.organizationId, JSON.stringify(events.map(fromEvent))]);
  scope.told.events = true;
};
