import type { DomainEvent } from '@rappit/domain';
import type { Columns, Row } from '../rows.js';

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
