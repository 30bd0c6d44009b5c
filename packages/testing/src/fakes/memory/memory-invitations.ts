import { type Invitation, type InvitationId, type InvitationStore, keptUntil } from '@rappit/domain';
import { pageOf } from '../page-of.js';
import { having, type OrganizationState } from './organization-state.js';
import { sameEmail } from './shared-state.js';
import { Conflict, type Workbench } from './workbench.js';

type Kept = OrganizationState['invitations'] extends ReadonlyMap<InvitationId, infer Value> ? Value : never;

export const memoryInvitations = ({ state, change, now }: Workbench): InvitationStore => {
  const all = (): readonly Kept[] => [...state().invitations.values()];
  const open = (): readonly Kept[] => all().filter(({ invitation }) => invitation.endedAt === null);
  const first = (isIt: (kept: Kept) => boolean): Invitation | undefined => open().find(isIt)?.invitation;
  const keep = (invitation: Invitation, tokenHash: string | null): void =>
    change({ invitations: having(state().invitations, invitation.id, { invitation, tokenHash }) });
  return {
    find: async (id) => first(({ invitation }) => invitation.id === id),
    findByEmail: async (email) => first(({ invitation }) => sameEmail(invitation.email, email)),
    findByToken: async (tokenHash) => first((kept) => kept.tokenHash === tokenHash),
    list: async (page) =>
      pageOf(
        open().map(({ invitation }) => invitation),
        page,
        { placeOf: ({ id }) => id, newestFirst: true },
      ),
    sentSince: async (email, from) =>
      all().flatMap(({ invitation }) => (sameEmail(invitation.email, email) ? invitation.sentAt.filter((at) => at >= from) : [])),
    save: async (invitation, tokenHash) => {
      const other = first(({ invitation: { id, email } }) => id !== invitation.id && sameEmail(email, invitation.email));
      if (other && invitation.endedAt === null) throw new Conflict('an address has one invitation that has not ended');
      keep(invitation, tokenHash);
    },
    endAllBy: async (inviter, at) => {
      const theirs = open().flatMap(({ invitation }) => (invitation.invitedBy === inviter ? [invitation] : []));
      for (const invitation of theirs) keep({ ...invitation, endedAt: at }, null);
      return theirs.map(({ id }) => id);
    },
    drop: async (limit) => {
      const over = all()
        .filter(({ invitation }) => keptUntil(invitation) <= now)
        .slice(0, limit);
      const gone = new Set(over.map(({ invitation }) => invitation.id));
      change({ invitations: new Map([...state().invitations].filter(([id]) => !gone.has(id))) });
      return gone.size;
    },
  };
};
