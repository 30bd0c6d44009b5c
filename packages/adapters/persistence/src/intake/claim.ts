import type { AlreadyPlaced } from '@rappit/domain';
import {
  bug,
  err,
  type OrderId,
  type OrganizationId,
  ok,
  type PlacementRequest,
  type Result,
  type RunRefusal,
} from '@rappit/domain';
import type { PoolClient } from 'pg';
import { claimKeys, judgeKey, type KeyRow } from '../idempotency.js';
import { recordset } from '../rows.js';

/** The first order of an organization is number 1001. */
const FIRST_NUMBER = 1_000;

const askedColumns = { n: 'integer', scope: 'text', key: 'text', fingerprint: 'text', channel_id: 'uuid', external_id: 'text' };

/**
 * The first statement: claims idempotency keys and the shops' own order ids, all in one order, and draws order numbers.
 * A shop's order that somebody else is placing right now is not waited for.
 */
const CLAIM = `
  WITH wished AS (SELECT * FROM ${recordset('$2', 'a', askedColumns)}),
  natural_keys AS MATERIALIZED (
    SELECT n, channel_id, external_id, pg_try_advisory_xact_lock(hashtextextended(concat_ws(E'\\n', $1::text, channel_id::text, external_id), 1)) AS free
    FROM (SELECT * FROM wished WHERE external_id IS NOT NULL ORDER BY channel_id, external_id) s),
  asked AS (
    SELECT w.n, w.scope, w.key, w.fingerprint, coalesce(s.free, true) AS free, o.id AS order_id, coalesce(s.free, true) AND o.id IS NULL AS open
    FROM wished w
    LEFT JOIN natural_keys s ON s.n = w.n
    LEFT JOIN orders o ON o.organization_id = $1::uuid AND o.channel_id = s.channel_id AND o.external_id = s.external_id),
  ${claimKeys('$1')},
  numbers AS (
    INSERT INTO order_numbers AS c (organization_id, last) VALUES ($1::uuid, ${FIRST_NUMBER} + $3::bigint)
    ON CONFLICT (organization_id) DO UPDATE SET last = c.last + $3::bigint RETURNING last)
  SELECT k.*, a.free, a.order_id, (SELECT last FROM numbers) AS last_number, now() AS now
  FROM keys k JOIN asked a ON a.n = k.n
  ORDER BY k.n`;

type ClaimRow = KeyRow & { n: number; free: boolean; order_id: OrderId | null; last_number: number; now: Date };

export type Claims = {
  readonly now: Date;
  readonly numbers: readonly string[];
  /** For each request: whether it may go on. */
  readonly verdicts: readonly Result<undefined, RunRefusal | AlreadyPlaced>[];
};

export const claimAll = async (
  client: PoolClient,
  organizationId: OrganizationId,
  requests: readonly PlacementRequest[],
): Promise<Claims> => {
  const asked = requests.map(({ once, draft: { source } }, n) => ({
    n,
    scope: once?.scope,
    key: once?.key,
    fingerprint: once?.fingerprint,
    ...(source.kind === 'channel' && { channel_id: source.channelId, external_id: source.externalId }),
  }));
  const { rows } = await client.query<ClaimRow>({
    name: 'intake-claim',
    text: CLAIM,
    values: [organizationId, JSON.stringify(asked), requests.length],
  });
  const first = rows[0] ?? bug('a claim answers a row for each request');
  return {
    now: first.now,
    numbers: requests.map((_, index) => String(first.last_number - requests.length + 1 + index)),
    verdicts: requests.map(({ once }, index) => verdictOf(once, rows[index] ?? bug('a claim answers a row for each request'))),
  };
};

const verdictOf = (once: PlacementRequest['once'], row: ClaimRow): Result<undefined, RunRefusal | AlreadyPlaced> => {
  const judged = judgeKey(once, row);
  if (row.status !== null && !judged.ok) return judged;
  if (row.order_id !== null) return err({ code: 'order.already_placed', orderId: row.order_id });
  if (!row.free) return err({ code: 'store.conflict' });
  return judged.ok ? ok(undefined) : judged;
};
