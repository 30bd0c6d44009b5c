import { type AccountRequest, type AccountRequestId, type AccountRequests, bug, type DueRequest } from '@rappit/domain';
import type { Knex } from 'knex';

export type RequestRow = {
  readonly id: AccountRequestId;
  readonly kind: AccountRequest['asks']['kind'];
  readonly email: string;
  readonly language: AccountRequest['language'];
  readonly registrant: Extract<AccountRequest['asks'], { kind: 'registration' }>['registrant'] | null;
  readonly attempts: number;
};

const CLAIM = `
  UPDATE account_requests SET attempts = attempts + 1, due_at = now() + make_interval(secs => ?)
  WHERE id IN (
    SELECT id FROM account_requests WHERE status = 'due' AND due_at <= now() ORDER BY due_at, id LIMIT ? FOR UPDATE SKIP LOCKED)
  RETURNING id, kind, email, language, registrant, attempts`;

const DROP_EXPIRED = `
  DELETE FROM account_requests
  WHERE id IN (SELECT id FROM account_requests WHERE expires_at <= now() ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED)`;

const asksOf = ({ kind, registrant }: RequestRow): AccountRequest['asks'] =>
  kind === 'registration' ? { kind, registrant: registrant ?? bug('a registration has its registrant') } : { kind };

const toRequest = (row: RequestRow): AccountRequest => ({
  id: row.id,
  email: row.email,
  language: row.language,
  asks: asksOf(row),
});

/** A shared table, reached by a token's digest, or by the job that works it off. */
export const postgresAccountRequests = (knex: Knex): AccountRequests => {
  const one = (id: AccountRequestId) => knex('account_requests').where({ id });
  return {
    make: async ({ id, email, language, asks }, minutes) => {
      await knex('account_requests').insert({
        id,
        kind: asks.kind,
        email,
        language,
        registrant: asks.kind === 'registration' ? asks.registrant : null,
        expires_at: knex.raw('now() + make_interval(mins => ?)', [minutes]),
      });
    },
    claim: async (limit, leaseSeconds): Promise<readonly DueRequest[]> => {
      const { rows } = await knex.raw<{ rows: RequestRow[] }>(CLAIM, [leaseSeconds, limit]);
      return rows.map((row) => ({ request: toRequest(row), attempts: row.attempts }));
    },
    giveToken: async (id, tokenHash) => {
      await one(id).update({ token_hash: tokenHash });
    },
    settled: async (id) => {
      await one(id).update({ status: 'done' });
    },
    failed: async (id, reason, retryAt) => {
      await one(id).update(retryAt ? { due_at: retryAt, reason } : { status: 'dead', reason });
    },
    byToken: async (tokenHash) => {
      const row = await knex('account_requests')
        .where({ token_hash: tokenHash })
        .whereRaw('expires_at > now()')
        .first<RequestRow | undefined>('*');
      return row && toRequest(row);
    },
    drop: async (id) => {
      await one(id).delete();
    },
    dropExpired: async (limit) => (await knex.raw<{ rowCount: number }>(DROP_EXPIRED, [limit])).rowCount,
    nextDue: async () => {
      const row = await knex('account_requests').where({ status: 'due' }).min<{ at: Date | null }>('due_at as at').first();
      return row?.at ?? null;
    },
  };
};
