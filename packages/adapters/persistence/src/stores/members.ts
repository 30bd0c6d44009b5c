import type { JoinedMember, MemberStore, OrganizationId, OrganizationProfile, OrganizationStore, UserId } from '@rappit/domain';
import { type MemberRow, membersIn, toJoinedMember } from '../member-rows.js';
import type { Scope } from '../scope.js';
import { pageOf } from './page.js';

type OrganizationRow = {
  readonly id: OrganizationId;
  readonly name: string;
  readonly created_at: Date;
  readonly version: number;
};

const toOrganization = ({ id, name, created_at, version }: OrganizationRow): OrganizationProfile => ({
  id,
  name,
  createdAt: created_at,
  version,
});

export const organizationStore = ({ trx, organizationId }: Scope): OrganizationStore => {
  const ours = () => trx('organizations').where({ id: organizationId });
  return {
    open: async ({ name, createdAt }) => {
      await trx('organizations').insert({ id: organizationId, name, created_at: createdAt });
    },
    find: async () => {
      const row = await ours().first<OrganizationRow | undefined>('*');
      return row && toOrganization(row);
    },
    // Rows that refer to it are added meanwhile all the same.
    lock: async () => {
      const row = await ours().forNoKeyUpdate().first<OrganizationRow | undefined>('*');
      return row && toOrganization(row);
    },
    save: async ({ name, version }) => {
      await ours().update({ name, version });
    },
  };
};

export const memberStore = ({ trx, organizationId }: Scope): MemberStore => {
  const one = (userId: UserId) => trx('memberships').where({ organization_id: organizationId, user_id: userId });
  const ours = () => membersIn(trx).where({ 'm.organization_id': organizationId });
  return {
    find: async (userId): Promise<JoinedMember | undefined> => {
      const row = await ours().where({ 'm.user_id': userId }).first<MemberRow | undefined>();
      return row && toJoinedMember(row);
    },
    findByEmail: async (email): Promise<JoinedMember | undefined> => {
      const row = await ours().whereRaw('lower(u.email) = lower(?)', [email]).first<MemberRow | undefined>();
      return row && toJoinedMember(row);
    },
    list: async ({ limit, cursor }) => {
      const query = ours()
        .orderBy('m.user_id')
        .limit(limit + 1);
      if (cursor !== undefined) void query.where('m.user_id', '>', cursor);
      const rows: readonly MemberRow[] = await query;
      return pageOf(rows.map(toJoinedMember), limit, ({ user }) => user.id);
    },
    count: async (role) => {
      const [row] = await ours().where({ 'm.role': role }).clearSelect().count<{ count: string }[]>();
      return Number(row?.count ?? 0);
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
