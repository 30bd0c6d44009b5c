import { type JoinedMember, type Member, OrganizationId, UserId } from '@rappit/domain';
import type { Knex } from 'knex';

export type MemberRow = {
  readonly organization_id: string;
  readonly organization_name: string;
  readonly created_at: Date;
  readonly user_id: string;
  readonly email: string;
  readonly name: string;
  readonly language: Member['user']['language'];
  readonly role: Member['role'];
  readonly joined_at: Date;
};

export const toMember = (row: MemberRow): Member => ({
  organization: { id: OrganizationId(row.organization_id), name: row.organization_name, createdAt: row.created_at },
  user: { id: UserId(row.user_id), email: row.email, name: row.name, language: row.language },
  role: row.role,
});

export const toJoinedMember = (row: MemberRow): JoinedMember => ({ ...toMember(row), joinedAt: row.joined_at });

/** Members with their organization and their user; whoever was disabled is none. To be narrowed by whoever asks. */
export const membersIn = (knex: Knex) =>
  knex('memberships as m')
    .join('organizations as o', 'o.id', 'm.organization_id')
    .join('users as u', 'u.id', 'm.user_id')
    .whereNull('u.disabled_at')
    .select(
      'm.organization_id',
      'o.name as organization_name',
      'o.created_at',
      'm.user_id',
      'u.email',
      'u.name',
      'u.language',
      'm.role',
      'm.created_at as joined_at',
    );
