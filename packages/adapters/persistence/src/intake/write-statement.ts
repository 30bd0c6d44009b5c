import { EXPIRED } from '../idempotency.js';
import { asColumns, type Columns, joinedRows, recordset, SEPARATOR } from '../rows.js';
import { moveLevels } from '../stores/chain.js';
import { lineColumns } from '../stores/order-line-rows.js';
import { orderColumns } from '../stores/order-rows.js';
import { LONGEST_FOUND } from '../stores/order-tags.js';
import { placedColumns } from './placed-rows.js';
import { takeColumns } from './take-rows.js';

/** The transaction's time as the decision was told it. */
const NOW = '$2::timestamptz';

/** Which expression of the relation goes into which column. */
type Into = Readonly<Record<string, string>>;

const sameNames = (columns: Columns): Into => Object.fromEntries(Object.keys(columns).map((name) => [name, name]));

const insert = (table: string, into: Into, from: string): string => `
    INSERT INTO ${table} (organization_id, ${Object.keys(into).join(', ')})
    SELECT $1::uuid, ${Object.values(into).join(', ')} FROM ${from} RETURNING 1`;

const reservation: Into = {
  id: 'id',
  order_id: 'order_id',
  order_line_id: 'order_line_id',
  sku: 'sku',
  location_id: 'location_id',
  quantity: 'quantity',
  unit_quantity: 'unit_quantity',
  status: `'open'`,
  expires_at: 'expires_at',
  created_at: NOW,
};

const movement: Into = {
  sku: 'sku',
  location_id: 'location_id',
  number: 'number',
  id: 'movement_id',
  kind: `'reserve'`,
  on_hand_delta: '0',
  reserved_delta: 'quantity',
  on_hand_after: 'on_hand_after',
  reserved_after: 'reserved_after',
  reference_kind: `'order'`,
  reference_id: 'order_id::text',
  actor_kind: 'actor_kind',
  actor_id: 'actor_id',
  at: NOW,
  previous_hash: 'previous_hash',
  hash: 'hash',
};

const entry: Into = {
  order_id: 'id',
  id: 'entry_id',
  at: NOW,
  actor: 'actor',
  what: 'what',
  from_status: 'from_status',
  to_status: 'to_status',
  text: 'text',
};

const explanation: Into = { order_id: 'id', version: 'version', at: NOW, explanation: 'explanation' };

const event: Into = {
  aggregate_id: 'coalesce(aggregate_id, id::text)',
  aggregate_version: 'version',
  type: 'event',
  at: NOW,
  data: 'data',
};

const kitWait: Into = { order_id: 'order_id', order_line_id: 'id', sku: 'c.sku', quantity: 'c.quantity' };

const KIT_WAITS =
  'lines, jsonb_to_recordset(components) AS c(sku text, quantity bigint) WHERE backordered > 0 AND components IS NOT NULL';

/** A shop may name a tag twice, and one that is longer than anybody looks for. */
const TAGS = `
    INSERT INTO order_tags (organization_id, tag, order_id)
    SELECT DISTINCT $1::uuid, t.tag, id FROM placed, jsonb_array_elements_text(tags) AS t(tag)
    WHERE id IS NOT NULL AND length(t.tag) <= ${LONGEST_FOUND} RETURNING 1`;

const levelMoves = `(SELECT sku, location_id, 0 AS on_hand, level_units AS reserved, level_rows AS count, number, hash
    FROM takes WHERE level_rows IS NOT NULL) r`;

/** A key whose time is over is taken anew; one that somebody was quicker to take isn't touched, and the count tells. */
const ANSWERS = `
  INSERT INTO idempotency_keys AS k (organization_id, scope, key, fingerprint, status, body, resource)
  SELECT $1::uuid, scope, key, fingerprint, answer, coalesce(body, ''), resource FROM placed WHERE key IS NOT NULL
  ON CONFLICT (organization_id, scope, key) DO UPDATE
    SET fingerprint = excluded.fingerprint, claimed_at = now(), status = excluded.status, body = excluded.body, resource = excluded.resource
    WHERE ${EXPIRED}
  RETURNING 1`;

const NEW = 'placed WHERE id IS NOT NULL';

/** Each part of the one statement, by the name under which it answers how many rows it touched. */
const parts = {
  levels: `${moveLevels('$1', levelMoves, '$3')} RETURNING 1`,
  answers: ANSWERS,
  orders: insert('orders', { ...sameNames(orderColumns), placed_at: NOW }, NEW),
  lines: insert('order_lines', sameNames(lineColumns), 'lines'),
  kits: insert('kit_waits', kitWait, KIT_WAITS),
  tags: TAGS,
  reservations: insert('reservations', reservation, 'takes'),
  movements: insert('movements', movement, 'takes'),
  entries: insert('order_timeline', entry, NEW),
  explanations: insert('order_allocations', explanation, 'placed WHERE explanation IS NOT NULL'),
  events: insert('outbox', event, 'placed WHERE event IS NOT NULL'),
};

export type Touched = { readonly [Part in keyof typeof parts]: number };

const COUNTED = `jsonb_build_object(${Object.keys(parts)
  .map((name) => `'${name}', (SELECT count(*) FROM touched_${name})`)
  .join(', ')})`;

/** Where the rows of a batch come from. */
type Relations = { readonly placed: string; readonly lines: string; readonly takes: string };

const writing = ({ placed, lines, takes }: Relations): string => `
  WITH placed AS (SELECT * FROM ${placed}),
  lines AS (SELECT * FROM ${lines}),
  takes AS (SELECT * FROM ${takes}),
  ${Object.entries(parts)
    .map(([name, sql]) => `touched_${name} AS (${sql})`)
    .join(',\n  ')}
  SELECT 1 / (${COUNTED} = $4::jsonb)::integer`;

const countOf = (columns: Columns): number => Object.keys(columns).length;
const FIRST = 6;

/**
 * The third statement of a batch: everything at once. Parameters: the organization, the time that the decision was told, the SKUs of
 * its takes, how many rows each part has to touch, as `Touched` (other counts divide by zero, which fails the statement and with it the
 * transaction), the bodies of the answers, and behind them what is placed, its lines and its takes, column by column.
 */
export const WRITE = writing({
  placed: joinedRows(FIRST - 1, 'r', { body: 'text', ...placedColumns }),
  lines: joinedRows(FIRST + countOf(placedColumns), 'r', lineColumns),
  takes: joinedRows(FIRST + countOf(placedColumns) + countOf(lineColumns), 'r', takeColumns),
});

/** The same with what is placed, its lines and its takes as a document each, which can say any text. */
export const WRITE_DOCUMENTS = writing({
  placed: `ROWS FROM (json_to_recordset($6::json) AS (${asColumns(placedColumns)}), unnest(string_to_array($5, '${SEPARATOR}')))
    AS r (${Object.keys(placedColumns).join(', ')}, body)`,
  lines: recordset('$7', 'r', lineColumns),
  takes: recordset('$8', 'r', takeColumns),
});
