import {
  bug,
  err,
  IDEMPOTENCY_HOURS,
  type Once,
  type OnceRefusal,
  ok,
  type Refusal,
  type Result,
  type StoredAnswer,
} from '@rappit/domain';
import { recordset } from './rows.js';
import { rowsOf, type Scope } from './scope.js';

/**
 * Claims keys before their effects.
 * - `asked` is a relation with `n, scope, key, fingerprint, open`; those without a key are passed through as claimed, those that aren't open claim nothing.
 * - The advisory lock lets a second request be answered at once instead of waiting for the first; the unique row stays the truth.
 * - A key older than its time is claimed anew.
 * Answers, for each `n`: whether the lock was got, whether the key is ours now, and what was stored under it before.
 */
export const claimKeys = (organization: string): string => `
  locked AS MATERIALIZED (
    SELECT a.*, key IS NULL OR pg_try_advisory_xact_lock(hashtextextended(concat_ws(E'\\n', ${organization}::text, scope, key), 0)) AS got
    FROM (SELECT * FROM asked ORDER BY scope, key) a),
  claimed AS (
    INSERT INTO idempotency_keys AS k (organization_id, scope, key, fingerprint)
    SELECT ${organization}::uuid, scope, key, fingerprint FROM locked WHERE got AND open AND key IS NOT NULL
    ON CONFLICT (organization_id, scope, key) DO UPDATE
      SET fingerprint = excluded.fingerprint, claimed_at = now(), status = NULL, body = NULL, resource = NULL
      WHERE k.claimed_at < now() - interval '${IDEMPOTENCY_HOURS} hours'
    RETURNING scope, key),
  keys AS (
    SELECT l.n, l.got, l.key IS NULL OR c.key IS NOT NULL AS claimed, k.fingerprint, k.status, k.body, k.resource
    FROM locked l
    LEFT JOIN claimed c ON c.scope = l.scope AND c.key = l.key
    LEFT JOIN LATERAL (
      SELECT * FROM idempotency_keys f WHERE f.organization_id = ${organization}::uuid AND f.scope = l.scope AND f.key = l.key LIMIT 1) k ON true)`;

export type KeyRow = {
  got: boolean;
  claimed: boolean;
  fingerprint: string | null;
  status: number | null;
  body: string | null;
  resource: string | null;
};

/** What a claim came to. */
export const judgeKey = (once: Once | undefined, row: KeyRow): Result<undefined, OnceRefusal> => {
  if (row.got && row.claimed) return ok(undefined);
  if (row.fingerprint !== null && row.fingerprint !== once?.fingerprint) return err({ code: 'idempotency.key_reused' });
  if (row.status === null || row.body === null) return err({ code: 'idempotency.in_progress' });
  return err({ code: 'idempotency.replayed', answer: { status: row.status, body: row.body, resource: row.resource } });
};

const CLAIM = `WITH asked AS (SELECT 0 AS n, ?::text AS scope, ?::text AS key, ?::text AS fingerprint, true AS open), ${claimKeys('?')} SELECT * FROM keys`;

export const claim = async (scope: Scope, once: Once): Promise<Result<undefined, OnceRefusal>> => {
  const { organizationId } = scope;
  const [row] = await rowsOf<KeyRow>(scope, CLAIM, [
    once.scope,
    once.key,
    once.fingerprint,
    organizationId,
    organizationId,
    organizationId,
  ]);
  return judgeKey(once, row ?? bug('a claim answers one row'));
};

const answers = recordset('?', 'r', { scope: 'text', key: 'text', status: 'integer', body: 'text', resource: 'text' });

/** Stores what claimed keys were answered. Parameters: the answers as JSON, the organization. */
export const STORE_ANSWERS = `UPDATE idempotency_keys k SET status = r.status, body = r.body, resource = r.resource FROM ${answers}
  WHERE k.organization_id = ?::uuid AND k.scope = r.scope AND k.key = r.key`;

export type AnswerRow = StoredAnswer & { readonly scope: string; readonly key: string };

export const answerRow = ({ scope, key, answer }: Once, outcome: Result<unknown, Refusal>): AnswerRow => ({
  scope,
  key,
  ...answer(outcome),
});

export const storeAnswer = async (scope: Scope, once: Once, outcome: Result<unknown, Refusal>): Promise<void> => {
  await rowsOf(scope, STORE_ANSWERS, [JSON.stringify([answerRow(once, outcome)]), scope.organizationId]);
};
