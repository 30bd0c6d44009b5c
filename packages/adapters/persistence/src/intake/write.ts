import type { Digest, OrganizationId, Placement } from '@rappit/domain';
import type { PoolClient } from 'pg';
import type { AnswerRow } from '../idempotency.js';
import { insertRows, recordset } from '../rows.js';
import { type ChainEnd, Conflict } from '../scope.js';
import { chainMovements, levelMoveColumns, moveLevels } from '../stores/chain.js';
import {
  allocationColumns,
  eventColumns,
  fromEntry,
  fromEvents,
  fromExplanation,
  fromLines,
  fromOrder,
  lineColumns,
  orderColumns,
  timelineColumns,
} from '../stores/order-rows.js';
import { fromReservation, movementColumns, reservationColumns } from '../stores/stock-rows.js';

/** The parts of the one write, in the order of their parameters; the organization is the first. */
const inserts = [
  ['orders', orderColumns],
  ['order_lines', lineColumns],
  ['reservations', reservationColumns],
  ['movements', movementColumns],
  ['order_timeline', timelineColumns],
  ['order_allocations', allocationColumns],
  ['outbox', eventColumns],
] as const;

const answerColumns = { scope: 'text', key: 'text', status: 'integer', body: 'text', resource: 'text' };

/** The third statement: everything at once, each part answering how many rows it touched. */
const WRITE = `
  WITH levels AS (${moveLevels('$1', recordset('$2', 'r', levelMoveColumns), '$11')} RETURNING 1),
  answers AS (
    UPDATE idempotency_keys k SET status = r.status, body = r.body, resource = r.resource FROM ${recordset('$3', 'r', answerColumns)}
    WHERE k.organization_id = $1::uuid AND k.key = ANY($12::text[]) AND k.scope = r.scope AND k.key = r.key RETURNING 1),
  ${inserts.map(([table, columns], index) => `new_${table} AS (${insertRows(table, columns, ['$1', `$${index + 4}`])} RETURNING 1)`).join(',\n  ')}
  SELECT ARRAY[(SELECT count(*) FROM levels), (SELECT count(*) FROM answers), ${inserts.map(([table]) => `(SELECT count(*) FROM new_${table})`).join(', ')}]::integer[] AS touched`;

export type Writing = {
  readonly organizationId: OrganizationId;
  readonly placements: readonly Placement[];
  /** Rows of `answerColumns`. */
  readonly answers: readonly AnswerRow[];
  readonly chains: Map<string, ChainEnd>;
  readonly digest: Digest;
};

/** Writes a decided batch. A part that touched fewer rows than it was given is a conflict: nothing may be committed. */
export const writeAll = async (
  client: PoolClient,
  { organizationId, placements, answers, chains, digest }: Writing,
): Promise<void> => {
  const stock = chainMovements(
    placements.flatMap((one) => one.stock.movements),
    chains,
    digest,
  );
  const parts = [
    stock.levels,
    answers,
    placements.map(({ order }) => fromOrder(order)),
    placements.flatMap(({ order }) => fromLines(order)),
    placements.flatMap((one) => one.stock.opened.map(fromReservation)),
    stock.movements,
    placements.flatMap((one) => one.entries.map(fromEntry)),
    placements.flatMap(fromExplanation),
    placements.flatMap(fromEvents),
  ];
  const skus = placements.flatMap((one) => one.stock.movements.map(({ sku }) => sku));
  const values = [
    organizationId,
    ...parts.map((rows) => JSON.stringify(rows)),
    [...new Set(skus)],
    answers.map(({ key }) => key),
  ];
  const { rows } = await client.query<{ touched: number[] }>({ name: 'intake-write', text: WRITE, values });
  const touched = rows[0]?.touched ?? [];
  if (parts.some((part, index) => part.length !== touched[index])) throw new Conflict(`touched ${touched.join(', ')}`);
};
