import { type Invitation, type InvitationStore, keptUntil } from '@rappit/domain';
import { rowsOf, type Scope } from '../scope.js';
import { pageOf } from './page.js';

/** Everything but the token's digest, which no query of the app answers. */
const shown = ['id', 'email', 'role', 'language', 'invited_by', 'created_at', 'sent_at', 'expires_at', 'ended_at'] as const;

type InvitationRow = {
  id: Invitation['id'];
  email: string;
  role: Invitation['role'];
  language: Invitation['language'];
  invited_by: Invitation['invitedBy'];
  created_at: Date;
  sent_at: Date[];
  expires_at: Date;
  ended_at: Date | null;
};

const toInvitation = (row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role,
  language: row.language,
  invitedBy: row.invited_by,
  createdAt: row.created_at,
  sentAt: row.sent_at,
  expiresAt: row.expires_at,
  endedAt: row.ended_at,
});

const fromInvitation = (invitation: Invitation): InvitationRow & { readonly kept_until: Date } => ({
  id: invitation.id,
  email: invitation.email,
  role: invitation.role,
  language: invitation.language,
  invited_by: invitation.invitedBy,
  created_at: invitation.createdAt,
  sent_at: [...invitation.sentAt],
  expires_at: invitation.expiresAt,
  ended_at: invitation.endedAt,
  kept_until: keptUntil(invitation),
});

const SENT = `SELECT at FROM invitations, unnest(sent_at) AS at WHERE organization_id = ? AND lower(email) = lower(?) AND at >= ?`;
const DROP = `
  DELETE FROM invitations WHERE organization_id = ? AND id IN (
    SELECT id FROM invitations WHERE organization_id = ? AND kept_until <= ? ORDER BY kept_until LIMIT ?)
  RETURNING id`;

export const invitationStore = (scope: Scope): InvitationStore => {
  const { trx, organizationId, now } = scope;
  const open = () => trx('invitations').where({ organization_id: organizationId }).whereNull('ended_at');
  const first = async (query: ReturnType<typeof open>): Promise<Invitation | undefined> => {
    const row = await query.first<InvitationRow | undefined>(...shown);
    return row && toInvitation(row);
  };
  return {
    find: (id) => first(open().where({ id })),
    findByEmail: (email) => first(open().whereRaw('lower(email) = lower(?)', [email])),
    findByToken: (tokenHash) => first(open().where({ token_hash: tokenHash })),
    list: async ({ limit, cursor }) => {
      const query = open()
        .orderBy('id', 'desc')
        .limit(limit + 1);
      if (cursor !== undefined) void query.where('id', '<', cursor);
      return pageOf((await query.select<InvitationRow[]>(...shown)).map(toInvitation), limit, ({ id }) => id);
    },
    sentSince: async (email, from) =>
      (await rowsOf<{ at: Date }>(scope, SENT, [organizationId, email, from])).map(({ at }) => at),
    save: async (invitation, tokenHash) => {
      const row = { organization_id: organizationId, ...fromInvitation(invitation), token_hash: tokenHash };
      await trx('invitations').insert(row).onConflict(['organization_id', 'id']).merge();
    },
    endAllBy: async (inviter, at) => {
      const ended = { ended_at: at, kept_until: keptUntil({ endedAt: at, expiresAt: at }), token_hash: null };
      const rows = await open().where({ invited_by: inviter }).update(ended).returning<Pick<InvitationRow, 'id'>[]>('id');
      return rows.map(({ id }) => id);
    },
    drop: async (limit) => (await rowsOf(scope, DROP, [organizationId, organizationId, now, limit])).length,
  };
};
