import type { Digest, OrganizationId, Placement } from '@rappit/domain';
import type { QueryConfig } from 'pg';
import type { ChainEnd } from '../scope.js';
import { kitWaitsOf } from '../stores/kit-waits.js';
import { fromLines } from '../stores/order-line-rows.js';
import { tagsOf } from '../stores/order-tags.js';
import { type Answered, bodiesOf, fromFurtherEvent, fromPlaced } from './placed-rows.js';
import { takesOf } from './take-rows.js';
import { type Touched, WRITE } from './write-statement.js';

/** A request that was decided: its order, unless it was refused, and the answer that is kept, if it has a key. */
export type Decided = { readonly placement: Placement | undefined; readonly answered: Answered | undefined };

export type Writing = {
  readonly organizationId: OrganizationId;
  readonly now: Date;
  readonly decided: readonly Decided[];
  readonly chains: Map<string, ChainEnd>;
  readonly digest: Digest;
};

/** The statement that writes a decided batch, unless there is nothing to write. Touching other rows than these, it fails as a conflict. */
export const writeOf = ({ organizationId, now, decided, chains, digest }: Writing): QueryConfig | undefined => {
  const kept = decided.filter(({ placement, answered }) => placement || answered);
  if (kept.length === 0) return undefined;
  const placements = kept.flatMap(({ placement }) => placement ?? []);
  const rows = kept.map(({ placement, answered }) => fromPlaced(placement, answered));
  for (const { events } of placements) if (events.length > 1) rows.push(...events.slice(1).map(fromFurtherEvent));
  const lines = placements.flatMap(({ order }) => fromLines(order));
  const takes = takesOf(placements, chains, digest);
  const expected: Touched = {
    levels: takes.levels,
    answers: kept.filter(({ answered }) => answered).length,
    orders: placements.length,
    lines: lines.length,
    kits: placements.reduce((rows, { order }) => rows + kitWaitsOf(order).length, 0),
    tags: placements.reduce((rows, { order }) => rows + tagsOf(order).length, 0),
    reservations: takes.rows.length,
    movements: takes.rows.length,
    entries: placements.length,
    explanations: placements.filter(({ explanation }) => explanation).length,
    events: placements.reduce((sum, { events }) => sum + events.length, 0),
  };
  const documents = [rows, lines, takes.rows].map((part) => JSON.stringify(part));
  const bodies = bodiesOf(kept.map(({ answered }) => answered));
  return {
    name: 'intake-write',
    text: WRITE,
    values: [organizationId, ...documents, takes.skus, now, JSON.stringify(expected), bodies],
  };
};
