import { OrganizationId, type Session, SessionId, type SessionStore, UserId } from '@rappit/domain';
import type { Scope } from '../scope.js';

type SessionRow = {
  readonly id: string;
  readonly user_id: string;
  readonly organization_id: string;
  readonly device: string | null;
  readonly started_at: Date;
  readonly refreshed_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
};

const toSession = (row: SessionRow): Session => ({
  id: SessionId(row.id),
  userId: UserId(row.user_id),
  organizationId: OrganizationId(row.organization_id),
  device: row.device,
  startedAt: row.started_at,
  refreshedAt: row.refreshed_at,
  expiresAt: row.expires_at,
  endedAt: row.ended_at,
});

const fromSession = (session: Session): SessionRow => ({
  id: session.id,
  user_id: session.userId,
  organization_id: session.organizationId,
  device: session.device,
  started_at: session.startedAt,
  refreshed_at: session.refreshedAt,
  expires_at: session.expiresAt,
  ended_at: session.endedAt,
});

type IdRow = { readonly id: SessionId };
const idsOf = (rows: readonly IdRow[]): readonly SessionId[] => rows.map(({ id }) => id);

const OVER = 's.organization_id = ? AND least(s.ended_at, s.expires_at) < ?';
/** Tokens first, since a session that was refreshed for months has thousands of them. */
const DROP_TOKENS = `
  DELETE FROM session_tokens
  WHERE hash IN (SELECT t.hash FROM session_tokens t JOIN sessions s ON s.id = t.session_id WHERE ${OVER} LIMIT ?)`;
const DROP_SESSIONS = `
  DELETE FROM sessions
  WHERE id IN (
    SELECT s.id FROM sessions s
    WHERE ${OVER} AND NOT EXISTS (SELECT FROM session_tokens t WHERE t.session_id = s.id) LIMIT ? FOR UPDATE SKIP LOCKED)`;

/** Shared tables: a session is reached by its own unguessable id, by the digest of one of its tokens, or by its user. */
export const sessionStore = ({ trx, organizationId }: Scope): SessionStore => {
  const one = (id: SessionId) => trx('sessions').where({ id });
  const openOf = (userId: UserId, now: Date) =>
    trx('sessions').where({ user_id: userId }).whereNull('ended_at').where('expires_at', '>', now);
  const addToken = async (hash: string, id: SessionId): Promise<void> => {
    await trx('session_tokens').insert({ hash, session_id: id });
  };
  return {
    start: async (session, tokenHash) => {
      await trx('sessions').insert(fromSession(session));
      await addToken(tokenHash, session.id);
    },
    lock: async (id) => {
      const row = await one(id).forUpdate().first<SessionRow | undefined>('*');
      return row && toSession(row);
    },
    tokenState: async (id, tokenHash) => {
      const row = await trx('session_tokens')
        .where({ hash: tokenHash, session_id: id })
        .first<{ used: boolean } | undefined>('used');
      if (!row) return undefined;
      return row.used ? 'used' : 'fresh';
    },
    refresh: async (session, { used, fresh }) => {
      await trx('session_tokens').where({ hash: used, session_id: session.id }).update({ used: true });
      await one(session.id).update({
        organization_id: session.organizationId,
        refreshed_at: session.refreshedAt,
        expires_at: session.expiresAt,
      });
      await addToken(fresh, session.id);
    },
    moveTo: async ({ id, organizationId }) => {
      await one(id).update({ organization_id: organizationId });
    },
    end: async (id, at) => {
      await one(id).whereNull('ended_at').update({ ended_at: at });
    },
    endAllOf: async (userId, at, kept) => {
      const query = openOf(userId, at);
      if (kept !== undefined) void query.whereNot({ id: kept });
      return idsOf(await query.update({ ended_at: at }).returning<IdRow[]>('id'));
    },
    endAllHere: async (userId, at) =>
      idsOf(
        await openOf(userId, at).where({ organization_id: organizationId }).update({ ended_at: at }).returning<IdRow[]>('id'),
      ),
    openOf: async (userId, now) =>
      (await openOf(userId, now).orderBy('refreshed_at', 'desc').limit(100).select<SessionRow[]>('*')).map(toSession),
    dropOver: async (before, limit) => {
      const drop = async (sql: string): Promise<number> =>
        (await trx.raw<{ rowCount: number }>(sql, [organizationId, before, limit])).rowCount;
      return (await drop(DROP_TOKENS)) + (await drop(DROP_SESSIONS));
    },
  };
};
