import {
  bug,
  type ClaimedKeys,
  err,
  IDEMPOTENCY_HOURS,
  type Once,
  type OnceRefusal,
  ok,
  type Refusal,
  type Result,
  type StoredAnswer,
} from '@rappit/domain';
import { rowsOf, type Scope, touching } from './scope.js';

/**
 * Tries to lock a key until the end of the transaction, so that a second request is answered at once instead of waiting for the first.
 * The unique row stays the truth.
 */
export const tryLockKey = (organization: string, scope: string, key: string): string =>
  `pg_try_advisory_xact_lock(hashtextextended(concat_ws(E'\\n', ${organization}::text, ${scope}, ${key}), 0))`;

/** Whether the key `k` was claimed so long ago that it counts no more. */
export const EXPIRED = `k.claimed_at < now() - interval '${IDEMPOTENCY_HOURS} hours'`;

/** Whether the key is ours now, and what was stored under it before. */
export type KeyRow = {
  claimed: boolean;
  fingerprint: string | null;
  status: number | null;
  body: string | null;
  resource: string | null;
};

/** What a claim came to. */
export const judgeKey = ({ fingerprint }: Once, row: KeyRow): Result<undefined, OnceRefusal> => {
  if (row.claimed) return ok(undefined);
  if (row.fingerprint !== null && row.fingerprint !== fingerprint) return err({ code: 'idempotency.key_reused' });
  if (row.status === null || row.body === null) return err({ code: 'idempotency.in_progress' });
  return err({ code: 'idempotency.replayed', answer: { status: row.status, body: row.body, resource: row.resource } });
};

const CLAIM = `
  WITH asked AS (SELECT ?::uuid AS organization_id, ?::text AS scope, ?::text AS key, ?::text AS fingerprint),
  locked AS MATERIALIZED (SELECT a.*, ${tryLockKey('organization_id', 'scope', 'key')} AS got FROM asked a),
  claimed AS (
    INSERT INTO idempotency_keys AS k (organization_id, scope, key, fingerprint)
    SELECT organization_id, scope, key, fingerprint FROM locked WHERE got
    ON CONFLICT (organization_id, scope, key) DO UPDATE
      SET fingerprint = excluded.fingerprint, claimed_at = now(), status = NULL, body = NULL, resource = NULL
      WHERE ${EXPIRED}
    RETURNING true)
  SELECT EXISTS (SELECT FROM claimed) AS claimed, k.fingerprint, k.status, k.body, k.resource
  FROM locked l LEFT JOIN idempotency_keys k ON k.organization_id = l.organization_id AND k.scope = l.scope AND k.key = l.key`;

/** Claims a key before its effect. */
export const claim = async (scope: Scope, once: Once): Promise<Result<undefined, OnceRefusal>> => {
  const [row] = await rowsOf<KeyRow>(scope, CLAIM, [scope.organizationId, once.scope, once.key, once.fingerprint]);
  return judgeKey(once, row ?? bug('a claim answers one row'));
};

const STORE_ANSWER = `UPDATE idempotency_keys SET status = ?, body = ?, resource = ? WHERE organization_id = ? AND scope = ? AND key = ?`;

const DROP = `
  DELETE FROM idempotency_keys
  WHERE organization_id = ? AND (scope, key) IN (
    SELECT scope, key FROM idempotency_keys WHERE organization_id = ? AND claimed_at < ? LIMIT ? FOR UPDATE SKIP LOCKED)`;

export const claimedKeys = ({ trx, organizationId }: Scope): ClaimedKeys => ({
  drop: async (before, limit) =>
    (await trx.raw<{ rowCount: number }>(DROP, [organizationId, organizationId, before, limit])).rowCount,
});

/** Stores what a claimed key was answered. */
export const storeAnswer = async (scope: Scope, once: Once, outcome: Result<unknown, Refusal>): Promise<void> => {
  const { status, body, resource }: StoredAnswer = once.answer(outcome);
  await touching(scope, 1, STORE_ANSWER, [status, body, resource, scope.organizationId, once.scope, once.key]);
};
