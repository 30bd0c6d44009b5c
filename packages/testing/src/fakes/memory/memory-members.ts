import type { JoinedMember, Member, MemberStore, OrganizationStore, UserId, UserStore } from '@rappit/domain';
import { pageOf } from '../page-of.js';
import { memorySessions } from './memory-sessions.js';
import { having, type OrganizationState } from './organization-state.js';
import { type SharedState, type StoredUser, sameEmail, userByEmail } from './shared-state.js';
import type { Workbench } from './workbench.js';

/** A user who was disabled is a member nowhere, and neither is anybody of an organization that was never opened. */
export const joinedMemberOf = (
  { organization, members }: OrganizationState,
  { users }: SharedState,
  userId: UserId,
): JoinedMember | undefined => {
  const [held, stored] = [members.get(userId), users.get(userId)];
  if (!organization || !held || !stored || stored.disabledAt !== null) return undefined;
  const { version: _, ...about } = organization;
  return { organization: about, user: stored.user, role: held.role, joinedAt: held.joinedAt };
};

export const memberOf = (state: OrganizationState, shared: SharedState, userId: UserId): Member | undefined => {
  const joined = joinedMemberOf(state, shared, userId);
  return joined && { organization: joined.organization, user: joined.user, role: joined.role };
};

// Units of work run one after another: nobody else changes what one of them has found.
export const memoryOrganization = ({ state, change }: Workbench): OrganizationStore => ({
  open: async (organization) => change({ organization: { ...organization, version: 1 } }),
  find: async () => state().organization ?? undefined,
  lock: async () => state().organization ?? undefined,
  save: async (organization) => change({ organization }),
});

export const memoryUsers = (bench: Workbench, belongs: (userId: UserId) => boolean): UserStore => {
  const { shared, changeShared, state, now } = bench;
  const keep = (stored: StoredUser): void => changeShared({ users: having(shared().users, stored.user.id, stored) });
  return {
    enrol: async (asked, passwordHash) => {
      const found = userByEmail(shared(), asked.email);
      if (found && (found.disabledAt !== null || state().members.has(found.user.id) || belongs(found.user.id))) return undefined;
      const user = found ? { ...found.user, name: asked.name, language: asked.language } : asked;
      keep({ user, passwordHash, disabledAt: null });
      await memorySessions(bench).endAllOf(user.id, now);
      return user;
    },
    setPassword: async (id, passwordHash, before) => {
      const stored = shared().users.get(id);
      if (!stored || (before !== undefined && stored.passwordHash !== before)) return false;
      keep({ ...stored, passwordHash });
      return true;
    },
    keepsPassword: async (id, passwordHash) => shared().users.get(id)?.passwordHash === passwordHash,
    disable: async (id, disabledAt) => {
      const stored = shared().users.get(id);
      if (stored) keep({ ...stored, disabledAt });
    },
  };
};

export const memoryMembers = ({ state, change, shared, now }: Workbench): MemberStore => {
  const all = (): readonly JoinedMember[] =>
    [...state().members.keys()].flatMap((id) => joinedMemberOf(state(), shared(), id) ?? []);
  return {
    find: async (userId) => joinedMemberOf(state(), shared(), userId),
    findByEmail: async (email) => all().find(({ user }) => sameEmail(user.email, email)),
    list: async (page) => pageOf(all(), page, { placeOf: ({ user }) => user.id }),
    count: async (role) => all().filter((member) => member.role === role).length,
    add: async (userId, role) => {
      if (state().members.has(userId)) return false;
      change({ members: having(state().members, userId, { role, joinedAt: now }) });
      return true;
    },
    setRole: async (userId, role) => {
      const held = state().members.get(userId);
      if (held) change({ members: having(state().members, userId, { ...held, role }) });
    },
    remove: async (userId) =>
      change({
        members: new Map([...state().members].filter(([id]) => id !== userId)),
        orderFilters: new Map([...state().orderFilters].filter(([, { memberId }]) => memberId !== userId)),
      }),
  };
};
