import { isDeepStrictEqual } from 'node:util';
import { bug, type Digest, type OrganizationId, type Placement } from '@rappit/domain';
import type { PoolClient } from 'pg';
import { type ChainEnd, Conflict } from '../scope.js';
import { kitWaitsOf } from '../stores/kit-waits.js';
import { fromLines } from '../stores/order-line-rows.js';
import { type Answered, fromFurtherEvent, fromPlaced } from './placed-rows.js';
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

/** Writes a decided batch. A part that touched fewer rows than it was given is a conflict: nothing may be committed. */
export const writeAll = async (client: PoolClient, { organizationId, now, decided, chains, digest }: Writing): Promise<void> => {
  const kept = decided.filter(({ placement, answered }) => placement || answered);
  if (kept.length === 0) return;
  const placements = kept.flatMap(({ placement }) => placement ?? []);
  const rows = kept.map(({ placement, answered }) => fromPlaced(placement, answered));
  for (const { events } of placements) if (events.length > 1) rows.push(...events.slice(1).map(fromFurtherEvent));
  const lines = placements.flatMap(({ order }) => fromLines(order));
  const takes = takesOf(placements, chains, digest);
  const values = [organizationId, ...[rows, lines, takes.rows].map((part) => JSON.stringify(part)), takes.skus, now];
  const { rows: answers } = await client.query<Touched>({ name: 'intake-write', text: WRITE, values });
  const expected: Touched = {
    levels: takes.levels,
    answers: kept.filter(({ answered }) => answered).length,
    orders: placements.length,
    lines: lines.length,
    kits: placements.reduce((rows, { order }) => rows + kitWaitsOf(order).length, 0),
    reservations: takes.rows.length,
    movements: takes.rows.length,
    entries: placements.length,
    explanations: placements.filter(({ explanation }) => explanation).length,
    events: placements.reduce((sum, { events }) => sum + events.length, 0),
  };
  const touched = answers[0] ?? bug('a write answers one row');
  if (!isDeepStrictEqual(touched, expected))
    throw new Conflict(`touched ${JSON.stringify(touched)} of ${JSON.stringify(expected)}`);
};
