import type { Member, MemberStore, OrganizationStore, UserId, UserStore } from '@rappit/domain';
import { having, type OrganizationState } from './organization-state.js';
import { type SharedState, userByEmail } from './shared-state.js';
import type { Workbench } from './workbench.js';

/** A user who was disabled is a member nowhere, and neither is anybody of an organization that was never opened. */
export const memberOf = (
  { organization, members }: OrganizationState,
  { users }: SharedState,
  userId: UserId,
): Member | undefined => {
  const [held, stored] = [members.get(userId), users.get(userId)];
  if (!organization || !held || !stored || stored.disabledAt !== null) return undefined;
  return { organization, user: stored.user, role: held.role };
};

export const memoryOrganization = ({ change }: Workbench): OrganizationStore => ({
  open: async (organization) => change({ organization }),
});

export const memoryUsers = ({ shared, changeShared }: Workbench): UserStore => ({
  add: async (user, passwordHash) => {
    if (userByEmail(shared(), user.email)) return false;
    changeShared({ users: having(shared().users, user.id, { user, passwordHash, disabledAt: null }) });
    return true;
  },
  disable: async (id, disabledAt) => {
    const stored = shared().users.get(id);
    if (stored) changeShared({ users: having(shared().users, id, { ...stored, disabledAt }) });
  },
});

export const memoryMembers = ({ state, change, shared, now }: Workbench): MemberStore => ({
  find: async (userId) => memberOf(state(), shared(), userId),
  add: async (userId, role) => {
    if (state().members.has(userId)) return false;
    change({ members: having(state().members, userId, { role, joinedAt: now }) });
    return true;
  },
  setRole: async (userId, role) => {
    const held = state().members.get(userId);
    if (held) change({ members: having(state().members, userId, { ...held, role }) });
  },
  remove: async (userId) => change({ members: new Map([...state().members].filter(([id]) => id !== userId)) }),
});
