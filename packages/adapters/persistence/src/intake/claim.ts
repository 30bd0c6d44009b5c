import type { AlreadyPlaced } from '@rappit/domain';
import { err, type OrderId, type OrganizationId, ok, type PlacementRequest, type Result, type RunRefusal } from '@rappit/domain';
import { EXPIRED, judgeKey, type KeyRow, tryLockKey } from '../idempotency.js';
import { recordset } from '../rows.js';
import { type Counted, PLACED_THIS_MONTH } from './this-month.js';

/** The first order of an organization is number 1001. */
const FIRST_NUMBER = 1_000;

const keyColumns = { n: 'integer', scope: 'text', key: 'text' };
const shopColumns = { n: 'integer', channel_id: 'uuid', external_id: 'text' };

/**
 * Draws order numbers, locks idempotency keys and the shops' own order ids. Parameters: the organization, how many orders, keys, shops.
 * Only for the counter somebody is waited for: what another transaction holds of the rest right now is answered as held.
 */
export const CLAIMS = `
  numbers AS (
    INSERT INTO order_numbers AS c (organization_id, last) VALUES ($1::uuid, ${FIRST_NUMBER} + $2::bigint)
    ON CONFLICT (organization_id) DO UPDATE SET last = c.last + $2::bigint RETURNING organization_id, last),
  keys AS MATERIALIZED (SELECT r.*, ${tryLockKey('$1', 'r.scope', 'r.key')} AS got FROM ${recordset('$3', 'r', keyColumns)}),
  shops AS MATERIALIZED (
    SELECT r.*, pg_try_advisory_xact_lock(hashtextextended(concat_ws(E'\\n', $1::text, channel_id::text, external_id), 1)) AS free
    FROM ${recordset('$4', 'r', shopColumns)})`;

/**
 * Of \`keys\` and \`shops\`, those that are taken, and how many numbers others have drawn since this statement began.
 * - The orders of the month, in UTC, are counted as they were when it began, and only where somebody asks.
 * - The keys' rows are inserted by the write, whose count tells when somebody was quicker than this look.
 * - What a batch asks for is looked up row by row (\`LATERAL … LIMIT 1\`): a join might be planned to read the whole table.
 */
export const CLAIMED = `
  now() AS now, n.last,
  (n.last - $2::bigint - coalesce((SELECT last FROM order_numbers WHERE organization_id = $1::uuid), ${FIRST_NUMBER}))::integer AS drawn,
  CASE WHEN $6::boolean THEN (${PLACED_THIS_MONTH}) END AS placed,
  (SELECT json_agg(t) FROM (
    SELECT r.n, false AS claimed, k.fingerprint, k.status, k.body, k.resource
    FROM keys r LEFT JOIN LATERAL (
      SELECT * FROM idempotency_keys k
      WHERE k.organization_id = $1::uuid AND k.scope = r.scope AND k.key = r.key AND NOT ${EXPIRED} LIMIT 1) k ON true
    WHERE NOT r.got OR k.key IS NOT NULL) t) AS keys,
  (SELECT json_agg(t) FROM (
    SELECT r.n, o.id
    FROM shops r LEFT JOIN LATERAL (
      SELECT id FROM orders o
      WHERE o.organization_id = $1::uuid AND o.channel_id = r.channel_id AND o.external_id = r.external_id LIMIT 1) o ON true
    WHERE NOT r.free OR o.id IS NOT NULL) t) AS shops`;

type TakenKey = KeyRow & { n: number };
/** Without an id, somebody is placing the order right now. */
type TakenOrder = { n: number; id: OrderId | null };

/** `CLAIMED`, as it comes. */
export type ClaimedRow = Counted & {
  now: Date;
  last: number;
  keys: readonly TakenKey[] | null;
  shops: readonly TakenOrder[] | null;
};

/** The parameters of `CLAIMS`. */
export const claimsOf = (organizationId: OrganizationId, requests: readonly PlacementRequest[]): readonly unknown[] => {
  const keys = requests.flatMap(({ once }, n) => (once ? [{ n, scope: once.scope, key: once.key }] : []));
  const shops = requests.flatMap(({ draft: { source } }, n) =>
    source.kind === 'channel' ? [{ n, channel_id: source.channelId, external_id: source.externalId }] : [],
  );
  return [organizationId, requests.length, JSON.stringify(keys), JSON.stringify(shops)];
};

export type Claims = {
  readonly now: Date;
  readonly numbers: readonly string[];
  /** For each request: whether it may go on. */
  readonly verdicts: readonly Result<undefined, RunRefusal | AlreadyPlaced>[];
};

export const toClaims = (row: ClaimedRow, requests: readonly PlacementRequest[]): Claims => {
  const takenKeys = new Map(row.keys?.map((key) => [key.n, key]));
  const takenOrders = new Map(row.shops?.map((order) => [order.n, order]));
  return {
    now: row.now,
    numbers: numbersUpTo(row.last, requests.length),
    verdicts: requests.map(({ once }, n) => verdictOf(once, takenKeys.get(n), takenOrders.get(n))),
  };
};

/** So many order numbers, of which the last is given. */
export const numbersUpTo = (last: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => String(last - count + 1 + n));

/** What was answered before counts most; then that the order is there, or somebody is placing it. */
const verdictOf = (
  once: PlacementRequest['once'],
  key: TakenKey | undefined,
  order: TakenOrder | undefined,
): Result<undefined, RunRefusal | AlreadyPlaced> => {
  const judged = once && key ? judgeKey(once, key) : ok(undefined);
  if (key?.status != null && !judged.ok) return judged;
  if (order) return err(order.id === null ? { code: 'store.conflict' } : { code: 'order.already_placed', orderId: order.id });
  return judged;
};
