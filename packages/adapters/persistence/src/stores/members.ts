import type { Member, MemberStore, OrganizationStore, UserId } from '@rappit/domain';
import { type MemberRow, membersIn, toMember } from '../member-rows.js';
import type { Scope } from '../scope.js';

export const organizationStore = ({ trx, organizationId }: Scope): OrganizationStore => ({
  open: async ({ name, createdAt }) => {
    await trx('organizations').insert({ id: organizationId, name, created_at: createdAt });
  },
});

export const memberStore = ({ trx, organizationId }: Scope): MemberStore => {
  const one = (userId: UserId) => trx('memberships').where({ organization_id: organizationId, user_id: userId });
  return {
    find: async (userId): Promise<Member | undefined> => {
      const row = await membersIn(trx)
        .where({ 'm.organization_id': organizationId, 'm.user_id': userId })
        .first<MemberRow | undefined>();
      return row && toMember(row);
    },
    add: async (userId, role) => {
      const row = { organization_id: organizationId, user_id: userId, role };
      const added = await trx('memberships').insert(row).onConflict(['organization_id', 'user_id']).ignore().returning('user_id');
      return added.length > 0;
    },
    setRole: async (userId, role) => {
      await one(userId).update({ role });
    },
    remove: async (userId) => {
      await one(userId).delete();
    },
  };
};
