import { type Accounts, type Credentials, OrganizationId, SessionId, type User, UserId } from '@rappit/domain';
import type { Knex } from 'knex';
import { type MemberRow, membersIn, toMember } from './member-rows.js';

type UserRow = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly language: User['language'];
  readonly password_hash: string;
};
type PlaceRow = { readonly id: string; readonly user_id: string; readonly organization_id: string };

/** Shared tables, reached by a signed-in user's own ids, by the digest of a token, or by an e-mail that was typed. */
export const postgresAccounts = (knex: Knex): Accounts => ({
  credentialsOf: async (email): Promise<Credentials | undefined> => {
    const row = await knex('users').whereRaw('lower(email) = lower(?)', [email]).first<UserRow | undefined>();
    if (!row) return undefined;
    const { id, email: stored, name, language, password_hash: passwordHash } = row;
    return { user: { id: UserId(id), email: stored, name, language }, passwordHash };
  },
  membership: async ({ userId, organizationId, sessionId }) => {
    const row = await membersIn(knex)
      .join('sessions as s', 's.user_id', 'm.user_id')
      .where({ 'm.organization_id': organizationId, 'm.user_id': userId, 's.id': sessionId })
      .whereNull('s.ended_at')
      .whereRaw('s.expires_at > now()')
      .first<MemberRow | undefined>();
    return row && toMember(row);
  },
  membershipsOf: async (userId) =>
    (await membersIn(knex).where({ 'm.user_id': userId }).orderBy(['m.created_at', 'm.organization_id']).limit(100)).map(
      toMember,
    ),
  organizationsOf: async (userId) =>
    (
      await knex('memberships')
        .where({ user_id: userId })
        .orderBy('organization_id')
        .select<{ readonly organization_id: OrganizationId }[]>('organization_id')
    ).map((row) => row.organization_id),
  placeOfToken: async (tokenHash) => {
    const row = await knex('session_tokens as t')
      .join('sessions as s', 's.id', 't.session_id')
      .where({ 't.hash': tokenHash })
      .first<PlaceRow | undefined>('s.id', 's.user_id', 's.organization_id');
    return (
      row && { sessionId: SessionId(row.id), userId: UserId(row.user_id), organizationId: OrganizationId(row.organization_id) }
    );
  },
});
