import { type Accounts, isSessionOver, type Member, type UserId } from '@rappit/domain';
import { memberOf } from './memory-members.js';
import type { MemoryTenants } from './memory-tenants.js';
import { userByEmail } from './shared-state.js';

/** What is asked before it is known which organization somebody belongs to. */
export const memoryAccounts = (tenants: MemoryTenants, now: () => Date): Accounts => ({
  credentialsOf: async (email) => {
    const found = userByEmail(tenants.shared(), email);
    return found && { user: found.user, passwordHash: found.passwordHash };
  },
  membership: async ({ userId, organizationId, sessionId }) => {
    const session = tenants.shared().sessions.get(sessionId);
    if (!session || session.userId !== userId || isSessionOver(session, now())) return undefined;
    return memberOf(tenants.stateOf(organizationId), tenants.shared(), userId);
  },
  membershipsOf: async (userId) => membershipsOf(tenants, userId),
  organizationsOf: async (userId) =>
    tenants.all().flatMap(([, { organization, members }]) => (organization && members.has(userId) ? [organization.id] : [])),
  placeOfToken: async (tokenHash) => {
    const { refreshTokens, sessions } = tenants.shared();
    const token = refreshTokens.get(tokenHash);
    const session = token && sessions.get(token.sessionId);
    return session && { sessionId: session.id, userId: session.userId, organizationId: session.organizationId };
  },
});

const membershipsOf = (tenants: MemoryTenants, userId: UserId): readonly Member[] =>
  tenants
    .all()
    .flatMap(([, state]) => {
      const member = memberOf(state, tenants.shared(), userId);
      const joinedAt = state.members.get(userId)?.joinedAt;
      return member && joinedAt ? [{ member, joinedAt: joinedAt.getTime() }] : [];
    })
    .sort((a, b) => a.joinedAt - b.joinedAt)
    .map(({ member }) => member);
