import { type Accounts, type Credentials, err, type Member, ok } from '@rappit/domain';

/** Users and memberships: what organizations share. */
export const memoryAccounts = (): Accounts => {
  const users = new Map<string, Credentials>();
  const members: Member[] = [];
  return {
    register: async (organization, user, passwordHash) => {
      if (users.has(user.email.toLowerCase())) return err({ code: 'account.email_taken' });
      const member: Member = { organization, user, role: 'admin' };
      users.set(user.email.toLowerCase(), { user, passwordHash });
      members.push(member);
      return ok(member);
    },
    credentialsOf: async (email) => users.get(email.toLowerCase()),
    membership: async (userId, organizationId) =>
      members.find(({ user, organization }) => user.id === userId && organization.id === organizationId),
    membershipsOf: async (userId) => members.filter(({ user }) => user.id === userId),
  };
};
