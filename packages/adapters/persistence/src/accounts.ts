import { type Accounts, type Credentials, err, type Member, OrganizationId, ok, UserId } from '@rappit/domain';
import type { Knex } from 'knex';
import { violatedConstraint } from './sqlstate.js';

type MemberRow = {
  organization_id: string;
  organization_name: string;
  created_at: Date;
  user_id: string;
  email: string;
  name: string;
  role: Member['role'];
};

const toMember = (row: MemberRow): Member => ({
  organization: { id: OrganizationId(row.organization_id), name: row.organization_name, createdAt: row.created_at },
  user: { id: UserId(row.user_id), email: row.email, name: row.name },
  role: row.role,
});

/** Organizations, users and memberships: shared tables, reached by a signed-in user's own id or by an e-mail that was typed. */
export const postgresAccounts = (knex: Knex): Accounts => {
  const members = () =>
    knex('memberships as m')
      .join('organizations as o', 'o.id', 'm.organization_id')
      .join('users as u', 'u.id', 'm.user_id')
      .select('m.organization_id', 'o.name as organization_name', 'o.created_at', 'm.user_id', 'u.email', 'u.name', 'm.role');
  return {
    register: async (organization, admin, passwordHash) => {
      try {
        await knex.transaction(async (trx) => {
          await trx('users').insert({ id: admin.id, email: admin.email, name: admin.name, password_hash: passwordHash });
          await trx('organizations').insert({ id: organization.id, name: organization.name, created_at: organization.createdAt });
          await trx('memberships').insert({ organization_id: organization.id, user_id: admin.id, role: 'admin' });
        });
        return ok({ organization, user: admin, role: 'admin' });
      } catch (error) {
        if (violatedConstraint(error) === 'users_email') return err({ code: 'account.email_taken' });
        throw error;
      }
    },
    credentialsOf: async (email): Promise<Credentials | undefined> => {
      const row = await knex('users')
        .whereRaw('lower(email) = lower(?)', [email])
        .first<{ id: string; email: string; name: string; password_hash: string } | undefined>();
      return row && { user: { id: UserId(row.id), email: row.email, name: row.name }, passwordHash: row.password_hash };
    },
    membership: async (userId, organizationId) => {
      const row = await members()
        .where({ 'm.organization_id': organizationId, 'm.user_id': userId })
        .first<MemberRow | undefined>();
      return row && toMember(row);
    },
    membershipsOf: async (userId) =>
      (await members().where({ 'm.user_id': userId }).orderBy('m.created_at').limit(100)).map(toMember),
  };
};
