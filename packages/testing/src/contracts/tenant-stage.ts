import {
  newSession,
  type Organization,
  OrganizationId,
  ok,
  type Role,
  type Session,
  SessionId,
  type User,
  UserId,
} from '@rappit/domain';
import { expectOk } from './expecting.js';
import type { AllStores, PersistenceWorld } from './persistence-world.js';

const at = new Date('2026-01-05T09:00:00.000Z');

/** E-mails hold an id, so that a store that is used by several tests has no user twice. */
export const userIn = ({ ids }: Pick<PersistenceWorld, 'ids'>): User => {
  const id = UserId(ids.next());
  return { id, email: `Mina.${id}@Quokka.Example`, name: 'Mina Okafor', language: 'en' };
};

export const organizationIn = ({ ids }: PersistenceWorld, name = 'Teahouse'): Organization => ({
  id: OrganizationId(ids.next()),
  name,
  createdAt: at,
});

/** An organization with one admin, opened the way a registration does. */
export const openTenant = async (world: PersistenceWorld, admin: User = userIn(world)) => {
  const organization = organizationIn(world);
  const run = async <Value>(work: (stores: AllStores & { readonly now: Date }) => Promise<Value>): Promise<Value> =>
    expectOk(await world.unitOfWork.run(organization.id, async (stores) => ok(await work(stores))), 'a unit of work');
  await run(async (stores) => {
    await stores.users.enrol(admin, 'hash');
    await stores.organization.open(organization);
    await stores.members.add(admin.id, 'admin');
  });
  return {
    organization,
    admin,
    run,
    /** A new user who is a member. */
    join: async (role: Role): Promise<User> => {
      const user = userIn(world);
      await run(async ({ users, members }) => {
        await users.enrol(user, 'hash');
        await members.add(user.id, role);
      });
      return user;
    },
    /** A session of a user, with one refresh token that is known by `tokenHash`. */
    signIn: async (user: User, change: Partial<Session> = {}): Promise<{ session: Session; tokenHash: string }> => {
      const tokenHash = `hash of ${world.ids.next()}`;
      const about = { id: SessionId(world.ids.next()), userId: user.id, organizationId: organization.id, device: 'A browser' };
      const session = await run(async ({ sessions, now }) => {
        const opened = { ...newSession(about, now), ...change };
        await sessions.start(opened, tokenHash);
        return opened;
      });
      return { session, tokenHash };
    },
  };
};

export type Tenant = Awaited<ReturnType<typeof openTenant>>;

/** What a token says that was issued for a session. */
export const identityOf = ({ id, userId, organizationId }: Session) => ({ userId, organizationId, sessionId: id });
