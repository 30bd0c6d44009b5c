import type { AccountRequest, AccountRequestId, Session, SessionId, User, UserId } from '@rappit/domain';
import type { Progress } from './organization-state.js';

export type StoredUser = { readonly user: User; readonly passwordHash: string; readonly disabledAt: Date | null };
export type StoredToken = { readonly sessionId: SessionId; readonly used: boolean };

export type StoredRequest = Progress & {
  readonly request: AccountRequest;
  readonly tokenHash: string | null;
  readonly expiresAt: Date;
};

/** Everything that organizations share, as a value. */
export type SharedState = {
  readonly users: ReadonlyMap<UserId, StoredUser>;
  readonly sessions: ReadonlyMap<SessionId, Session>;
  /** By the digest of the token. */
  readonly refreshTokens: ReadonlyMap<string, StoredToken>;
  readonly accountRequests: ReadonlyMap<AccountRequestId, StoredRequest>;
};

export const nothingShared: SharedState = {
  users: new Map(),
  sessions: new Map(),
  refreshTokens: new Map(),
  accountRequests: new Map(),
};

export const sameEmail = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const userByEmail = ({ users }: SharedState, email: string): StoredUser | undefined =>
  [...users.values()].find(({ user }) => sameEmail(user.email, email));
