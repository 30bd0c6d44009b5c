import type { Digest, IdSource, Moment, Signals, UnitOfWork } from '../kernel/index.js';
import type { Accounts } from './accounts.port.js';
import { auditEntry } from './audit.js';
import type { Member, UserId } from './member.js';
import type { AccessToken, AccessTokens, PasswordHasher, SecretSource } from './secrets.port.js';
import { newSession, type Session, SessionId } from './session.js';
import type { TenancyStores } from './stores.port.js';

/** What signing in and out needs of the world. */
export type SignInDeps = {
  readonly unitOfWork: UnitOfWork<TenancyStores>;
  readonly accounts: Accounts;
  readonly passwords: PasswordHasher;
  readonly tokens: AccessTokens;
  readonly secrets: SecretSource;
  readonly digest: Digest;
  readonly ids: IdSource;
  readonly signals: Signals;
};

/** Where a request comes from that nobody has signed yet. `device` is what the client calls itself. */
export type Origin = { readonly device: string | null; readonly requestId?: string | undefined };

/** Both tokens are shown this once: only digests are kept. */
export type SignedIn = AccessToken & {
  readonly member: Member;
  readonly refreshToken: string;
  /** When the refresh token is good no more, unless it is used before. */
  readonly refreshExpiresAt: Date;
};

/** Heard by whoever remembers what a user may do; the key is the user's id. */
export const ACCESS_CHANGED = 'access';

export const accessChanged = (userId: UserId) => ({ topic: ACCESS_CHANGED, key: userId });

/** A user acting by themselves, as the audit log names them. */
export const actingAs = ({ user, organization }: Member, requestId: string | undefined) =>
  ({ organizationId: organization.id, actor: { kind: 'user', id: user.id, name: user.name }, requestId }) as const;

type Opening = Pick<SignInDeps, 'tokens' | 'secrets' | 'digest' | 'ids'>;

/** Starts a session inside a unit of work of the member's organization. */
export const openSession = async (
  { tokens, secrets, digest, ids }: Opening,
  { sessions, audit, now }: Pick<TenancyStores, 'sessions' | 'audit'> & Moment,
  { member, device, requestId }: Origin & { readonly member: Member },
): Promise<SignedIn> => {
  const organizationId = member.organization.id;
  const session = newSession({ id: SessionId(ids.next()), userId: member.user.id, organizationId, device }, now);
  const refreshToken = secrets.next();
  await sessions.start(session, digest(refreshToken));
  const started = { kind: 'session.started', targetId: session.id, facts: {} } as const;
  await audit.append([auditEntry({ caller: actingAs(member, requestId), at: now, ids }, started)]);
  return signedIn(tokens, { session, member, refreshToken });
};

export const signedIn = (
  tokens: AccessTokens,
  { session, member, refreshToken }: { readonly session: Session; readonly member: Member; readonly refreshToken: string },
): SignedIn => ({
  ...tokens.issue({ userId: member.user.id, organizationId: member.organization.id, sessionId: session.id }),
  member,
  refreshToken,
  refreshExpiresAt: session.expiresAt,
});
