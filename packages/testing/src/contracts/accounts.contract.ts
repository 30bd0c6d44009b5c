import { type Accounts, type IdSource, type Organization, OrganizationId, type User, UserId } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual, expectOk, expectRefused } from './expecting.js';

export type AccountsWorld = { readonly accounts: Accounts; readonly ids: IdSource };

const at = new Date('2026-01-05T09:00:00.000Z');
const organizationIn = ({ ids }: AccountsWorld, name = 'Teahouse'): Organization => ({
  id: OrganizationId(ids.next()),
  name,
  createdAt: at,
});

/** E-mails hold an id, so that a store that is used by several tests has no guest twice. */
const userIn = ({ ids }: AccountsWorld, localPart = 'Mina'): User => {
  const id = UserId(ids.next());
  return { id, email: `${localPart}.${id}@Example.com`, name: 'Mina Okafor' };
};

export const accountsContract: readonly ContractCase<AccountsWorld>[] = [
  {
    promise: 'makes an organization, a user and an admin of it in one step',
    keeps: async (world) => {
      const [organization, user] = [organizationIn(world), userIn(world)];
      const member = { organization, user, role: 'admin' };
      expectEqual(expectOk(await world.accounts.register(organization, user, 'hash'), 'registering'), member, 'the member');
      expectEqual(await world.accounts.membership(user.id, organization.id), member, 'the membership');
      expectEqual(await world.accounts.membershipsOf(user.id), [member], 'the memberships of the user');
    },
  },
  {
    promise: 'finds what sign-in needs by the e-mail, whatever its case',
    keeps: async (world) => {
      const user = userIn(world);
      await world.accounts.register(organizationIn(world), user, 'hash');
      for (const email of [user.email, user.email.toLowerCase(), user.email.toUpperCase()])
        expectEqual(await world.accounts.credentialsOf(email), { user, passwordHash: 'hash' }, `the credentials of ${email}`);
      expectEqual(await world.accounts.credentialsOf(`x${user.email}`), undefined, 'the credentials of nobody');
    },
  },
  {
    promise: 'refuses an e-mail that a user has, whatever its case, and stores nothing of it',
    keeps: async (world) => {
      const user = userIn(world);
      await world.accounts.register(organizationIn(world), user, 'hash');
      const [organization, second] = [organizationIn(world, 'Second'), { ...userIn(world), email: user.email.toUpperCase() }];
      expectRefused(await world.accounts.register(organization, second, 'other'), 'account.email_taken', 'registering again');
      expectEqual(await world.accounts.credentialsOf(user.email), { user, passwordHash: 'hash' }, 'the credentials that stay');
      expectEqual(await world.accounts.membershipsOf(second.id), [], 'the memberships of the second user');
      expectEqual(
        await world.accounts.membership(user.id, organization.id),
        undefined,
        'a membership in the second organization',
      );
    },
  },
  {
    promise: 'lets one of many win that register one e-mail at once',
    keeps: async (world) => {
      const { email } = userIn(world);
      const registering = () => world.accounts.register(organizationIn(world), { ...userIn(world), email }, 'hash');
      const answers = await Promise.all([registering(), registering(), registering()]);
      expectEqual(answers.filter(({ ok }) => ok).length, 1, 'registrations that were done');
    },
  },
  {
    promise: 'tells a stranger and an organization that does not exist alike',
    keeps: async (world) => {
      const [organization, user, stranger] = [organizationIn(world), userIn(world), userIn(world)];
      await world.accounts.register(organization, user, 'hash');
      await world.accounts.register(organizationIn(world, 'Elsewhere'), stranger, 'hash');
      expectEqual(await world.accounts.membership(stranger.id, organization.id), undefined, 'the membership of a stranger');
      expectEqual(
        await world.accounts.membership(user.id, organizationIn(world).id),
        undefined,
        'a membership in no organization',
      );
    },
  },
];
