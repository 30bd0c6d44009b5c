import { ok } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual, expectOk, expectWithin } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openTenant, type Tenant, userIn } from './tenant-stage.js';

const NOBODY_WAITS_SO_LONG_MS = 10_000;

const listed = (tenant: Tenant, limit = 100) => allPages(limit, (page) => tenant.run(({ members }) => members.list(page)));

export const membersContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'lists members with every fact, in the order of the users’ ids, page by page, each once',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const users = [tenant.admin, await tenant.join('operator'), await tenant.join('manager'), await tenant.join('admin')];
      await other.join('admin');
      const all = await listed(tenant, 2);
      expectEqual(
        all.map(({ user, role }) => [user, role]),
        users.map((user, index) => [user, ['admin', 'operator', 'manager', 'admin'][index]]),
        'the members',
      );
      const found = await tenant.run(({ members }) => members.find(tenant.admin.id));
      expectEqual(all[0], found, 'a member as listed and as found');
    },
  },
  {
    promise: 'knows when a member joined',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      const user = userIn(world);
      const joinedAt = await tenant.run(async ({ users, members, now }) => {
        await users.enrol(user, 'hash');
        await members.add(user.id, 'operator');
        return now;
      });
      expectEqual((await tenant.run(({ members }) => members.find(user.id)))?.joinedAt, joinedAt, 'when the member joined');
    },
  },
  {
    promise: 'counts the members of a role, in this organization alone',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      await other.join('admin');
      const manager = await tenant.join('manager');
      const counts = () => tenant.run(async ({ members }) => [await members.count('admin'), await members.count('manager')]);
      expectEqual(await counts(), [1, 1], 'admins and managers');
      await tenant.run(({ members }) => members.setRole(manager.id, 'admin'));
      expectEqual(await counts(), [2, 0], 'admins and managers after a change');
      await tenant.run(({ members }) => members.remove(tenant.admin.id));
      expectEqual(await counts(), [1, 0], 'admins and managers after a removal');
    },
  },
  {
    promise: 'neither lists nor counts a user who was disabled, until that ends',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      const user = await tenant.join('admin');
      const seen = async () => [
        (await listed(tenant)).map(({ user: { id } }) => id),
        await tenant.run((all) => all.members.count('admin')),
      ];
      const before = await seen();
      await tenant.run(({ users, now }) => users.disable(user.id, now));
      expectEqual(await seen(), [[tenant.admin.id], 1], 'who is there while one is disabled');
      await tenant.run(({ users }) => users.disable(user.id, null));
      expectEqual(await seen(), before, 'who is there afterwards');
    },
  },
  {
    promise: 'keeps what an organization is called, and which version that is',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const read = ({ run }: Tenant) => run(({ organization }) => organization.find());
      expectEqual(await read(tenant), { ...tenant.organization, version: 1 }, 'the organization');
      const locked = await tenant.run(({ organization }) => organization.lock());
      expectEqual(locked, { ...tenant.organization, version: 1 }, 'the organization as it is locked');
      const renamed = { ...tenant.organization, name: 'Coffee house', version: 2 };
      await tenant.run(({ organization }) => organization.save(renamed));
      expectEqual(await read(tenant), renamed, 'the organization that was renamed');
      expectEqual(await read(other), { ...other.organization, version: 1 }, 'another organization');
      const [membership] = await world.accounts.membershipsOf(tenant.admin.id);
      expectEqual(membership?.organization, { ...tenant.organization, name: 'Coffee house' }, 'what its members see');
    },
  },
  {
    promise: 'lets one unit of work at a time have the organization, each on what the one before left',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      const others = await Promise.all([1, 2, 3, 4].map(() => tenant.join('admin')));
      const leave = (index: number) =>
        world.unitOfWork.run(tenant.organization.id, async ({ organization, members }) => {
          await organization.lock();
          const admins = await members.count('admin');
          const leaver = others[index];
          if (leaver) await members.remove(leaver.id);
          return ok(admins);
        });
      const answers = await expectWithin(NOBODY_WAITS_SO_LONG_MS, Promise.all([0, 1, 2, 3].map(leave)), 'four at once');
      const counted = answers.map((answer) => expectOk(answer, 'a unit of work')).sort();
      expectEqual(counted, [2, 3, 4, 5], 'how many admins each of them counted');
    },
  },
];
