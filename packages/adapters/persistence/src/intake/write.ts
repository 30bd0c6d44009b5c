import type { Digest, OrganizationId, Placement } from '@rappit/domain';
import type { QueryConfig } from 'pg';
import { joinedColumns, type Row } from '../rows.js';
import type { ChainEnd } from '../scope.js';
import { kitWaitsOf } from '../stores/kit-waits.js';
import { fromLines, lineColumns } from '../stores/order-line-rows.js';
import { tagsOf } from '../stores/order-tags.js';
import { type Answered, bodiesOf, fromFurtherEvent, fromPlaced, placedColumns } from './placed-rows.js';
import { takeColumns, takesOf } from './take-rows.js';
import { type Touched, WRITE, WRITE_DOCUMENTS } from './write-statement.js';

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
  const bodies = bodiesOf(kept.map(({ answered }) => answered));
  const values = [organizationId, now, takes.skus, JSON.stringify(expected), bodies];
  return asked(values, { rows, lines, takes: takes.rows });
};

type Batch = Readonly<Record<'rows' | 'lines' | 'takes', readonly Row[]>>;

const asked = (values: readonly unknown[], { rows, lines, takes }: Batch): QueryConfig => {
  const [placedTexts, lineTexts, takeTexts] = [
    joinedColumns(placedColumns, rows),
    joinedColumns(lineColumns, lines),
    joinedColumns(takeColumns, takes),
  ];
  if (placedTexts && lineTexts && takeTexts)
    return { name: 'intake-write', text: WRITE, values: [...values, ...placedTexts, ...lineTexts, ...takeTexts] };
  const documents = [rows, lines, takes].map((part) => JSON.stringify(part));
  return { name: 'intake-write-documents', text: WRITE_DOCUMENTS, values: [...values, ...documents] };
};
