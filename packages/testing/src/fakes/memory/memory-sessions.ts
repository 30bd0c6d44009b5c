import { isSessionOver, type Session, type SessionStore } from '@rappit/domain';
import { having } from './organization-state.js';
import type { Workbench } from './workbench.js';

export const memorySessions = ({ state, shared, changeShared }: Workbench): SessionStore => {
  const keep = (session: Session): void => changeShared({ sessions: having(shared().sessions, session.id, session) });
  const addToken = (tokenHash: string, { id }: Session): void =>
    changeShared({ refreshTokens: having(shared().refreshTokens, tokenHash, { sessionId: id, used: false }) });
  const openOf = (userId: Session['userId'], now: Date): readonly Session[] =>
    [...shared().sessions.values()].filter((session) => session.userId === userId && !isSessionOver(session, now));
  const end = (id: Session['id'], endedAt: Date): void => {
    const session = shared().sessions.get(id);
    if (session) keep({ ...session, endedAt: session.endedAt ?? endedAt });
  };
  return {
    start: async (session, tokenHash) => {
      keep(session);
      addToken(tokenHash, session);
    },
    lock: async (id) => shared().sessions.get(id),
    tokenState: async (id, tokenHash) => {
      const token = shared().refreshTokens.get(tokenHash);
      if (token?.sessionId !== id) return undefined;
      return token.used ? 'used' : 'fresh';
    },
    refresh: async (session, { used, fresh }) => {
      keep(session);
      changeShared({ refreshTokens: having(shared().refreshTokens, used, { sessionId: session.id, used: true }) });
      addToken(fresh, session);
    },
    moveTo: async ({ id, organizationId }) => {
      const session = shared().sessions.get(id);
      if (session) keep({ ...session, organizationId });
    },
    end: async (id, at) => end(id, at),
    endAllOf: async (userId, at, kept) => {
      const ids = openOf(userId, at).flatMap(({ id }) => (id === kept ? [] : [id]));
      for (const id of ids) end(id, at);
      return ids;
    },
    endAllHere: async (userId, at) => {
      const here = state().organization?.id;
      const ids = openOf(userId, at).flatMap(({ id, organizationId }) => (organizationId === here ? [id] : []));
      for (const id of ids) end(id, at);
      return ids;
    },
    dropOver: async (before, limit) => {
      const here = state().organization?.id;
      const over = [...shared().sessions.values()].filter(
        ({ organizationId, endedAt, expiresAt }) => organizationId === here && (endedAt ?? expiresAt) < before,
      );
      const dropped = new Set(over.slice(0, limit).map(({ id }) => id));
      changeShared({
        sessions: new Map([...shared().sessions].filter(([id]) => !dropped.has(id))),
        refreshTokens: new Map([...shared().refreshTokens].filter(([, { sessionId }]) => !dropped.has(sessionId))),
      });
      return dropped.size;
    },
    openOf: async (userId, now) =>
      [...openOf(userId, now)].sort((a, b) => b.refreshedAt.getTime() - a.refreshedAt.getTime()).slice(0, 100),
  };
};
