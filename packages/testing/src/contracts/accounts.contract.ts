import { err, type Member, ok, SessionId } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual, expectRefused, expectThat } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { identityOf, openTenant, organizationIn, userIn } from './tenant-stage.js';

const anHour = 3_600_000;

export const accountsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'finds what sign-in needs by the e-mail, whatever its case',
    keeps: async (world) => {
      const { admin } = await openTenant(world);
      for (const email of [admin.email, admin.email.toLowerCase(), admin.email.toUpperCase()])
        expectEqual(
          await world.accounts.credentialsOf(email),
          { user: admin, passwordHash: 'hash' },
          `the credentials of ${email}`,
        );
      expectEqual(await world.accounts.credentialsOf(`x${admin.email}`), undefined, 'the credentials of nobody');
    },
  },
  {
    promise:
      'enrols no second user of an e-mail whose user belongs somewhere, whatever its case, and goes on in the same unit of work',
    keeps: async (world) => {
      const { admin } = await openTenant(world);
      const [second, third] = [{ ...userIn(world), email: admin.email.toUpperCase() }, userIn(world)];
      const { run } = await openTenant(world);
      const enrolled = await run(async ({ users }) => [await users.enrol(second, 'other'), await users.enrol(third, 'third')]);
      expectEqual(enrolled, [undefined, third], 'who was enrolled');
      expectEqual((await world.accounts.credentialsOf(admin.email))?.passwordHash, 'hash', 'the password that stays');
      expectEqual((await world.accounts.credentialsOf(third.email))?.user, third, 'the user who was enrolled');
    },
  },
  {
    promise:
      'enrols a user anew who belongs nowhere any more, ends the sessions of before, and leaves one alone who was disabled',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const [gone, disabled] = [await tenant.join('operator'), await tenant.join('operator')];
      const { session } = await tenant.signIn(gone);
      await tenant.run(async ({ users, members, now }) => {
        for (const { id } of [gone, disabled]) await members.remove(id);
        await users.disable(disabled.id, now);
      });
      const anew = { ...userIn(world), email: gone.email.toLowerCase(), name: 'Mina Anew', language: 'ar' as const };
      const enrolled = await other.run(({ users }) => users.enrol(anew, 'new hash'));
      const kept = { ...gone, name: 'Mina Anew', language: 'ar' };
      expectEqual(enrolled, kept, 'the user, as it was but for the name and the language');
      expectEqual(await world.accounts.credentialsOf(gone.email), { user: kept, passwordHash: 'new hash' }, 'the credentials');
      expectEqual(
        (await tenant.run(({ sessions }) => sessions.lock(session.id)))?.endedAt === null,
        false,
        'whether a session goes on',
      );
      const refused = await other.run(({ users }) => users.enrol({ ...userIn(world), email: disabled.email }, 'new hash'));
      expectEqual(refused, undefined, 'who was enrolled with the e-mail of a user who was disabled');
    },
  },
  {
    promise: 'sets a password, when told so only in place of the one that is stored, and says whether one is stored still',
    keeps: async (world) => {
      const { admin, run } = await openTenant(world);
      const set = (hash: string, before?: string) => run(({ users }) => users.setPassword(admin.id, hash, before));
      expectEqual(
        [await set('second', 'wrong'), await set('second', 'hash'), await set('third')],
        [false, true, true],
        'what was set',
      );
      expectEqual((await world.accounts.credentialsOf(admin.email))?.passwordHash, 'third', 'the password');
      const keeps = await run(async ({ users }) => [
        await users.keepsPassword(admin.id, 'third'),
        await users.keepsPassword(admin.id, 'second'),
        await users.keepsPassword(userIn(world).id, 'third'),
      ]);
      expectEqual(keeps, [true, false, false], 'which passwords are stored');
    },
  },
  {
    promise: 'sets no password while somebody counts on the one that is stored',
    keeps: async (world) => {
      const { admin, run } = await openTenant(world);
      const other = await openTenant(world);
      let isSet = false;
      let counting = (): void => undefined;
      const counts = new Promise<void>((resolve) => {
        counting = resolve;
      });
      const signingIn = run(async ({ users, sessions, now }) => {
        const keeps = await users.keepsPassword(admin.id, 'hash');
        counting();
        for (let times = 0; times < 20; times += 1) await sessions.openOf(admin.id, now);
        return { keeps, isSet };
      });
      await counts;
      const setting = other
        .run(({ users }) => users.setPassword(admin.id, 'second'))
        .then(() => {
          isSet = true;
        });
      const [counted] = await Promise.all([signingIn, setting]);
      expectThat(!(counted.keeps && counted.isSet), 'a password that somebody counts on is not replaced before they are done');
    },
  },
  {
    promise: 'lets one of many win that register one e-mail at once, also when its user belonged nowhere before',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      const gone = await tenant.join('operator');
      await tenant.run(({ members }) => members.remove(gone.id));
      for (const { email } of [userIn(world), gone]) {
        const registering = () => {
          const organization = organizationIn(world);
          return world.unitOfWork.run(organization.id, async ({ users, members, organization: opening }) => {
            const user = await users.enrol({ ...userIn(world), email }, 'hash');
            if (!user) return err({ code: 'test.taken' as const });
            await opening.open(organization);
            return ok(await members.add(user.id, 'admin'));
          });
        };
        const answers = await Promise.all([registering(), registering(), registering()]);
        expectEqual(answers.filter((answer) => answer.ok && answer.value).length, 1, `registrations of ${email}`);
      }
    },
  },
  {
    promise: 'keeps nothing of a registration that was refused after all',
    keeps: async (world) => {
      const [organization, user] = [organizationIn(world), userIn(world)];
      const refused = await world.unitOfWork.run(organization.id, async ({ users, organization: opening, members }) => {
        await users.enrol(user, 'hash');
        await opening.open(organization);
        await members.add(user.id, 'admin');
        return err({ code: 'test.refused' as const });
      });
      expectRefused(refused, 'test.refused', 'the registration');
      expectEqual(await world.accounts.credentialsOf(user.email), undefined, 'the credentials');
      expectEqual(await world.accounts.membershipsOf(user.id), [], 'the memberships');
    },
  },
  {
    promise: 'knows the member that a session speaks for, and all memberships, oldest first',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      const other = await openTenant(world);
      const { session } = await tenant.signIn(tenant.admin);
      await other.run(({ members }) => members.add(tenant.admin.id, 'operator'));
      const here = { organization: tenant.organization, user: tenant.admin, role: 'admin' };
      const there = { organization: other.organization, user: tenant.admin, role: 'operator' };
      expectEqual(await world.accounts.membership(identityOf(session)), here, 'the membership');
      const switched = { ...identityOf(session), organizationId: other.organization.id };
      expectEqual(await world.accounts.membership(switched), there, 'the membership in the other organization');
      expectEqual(await world.accounts.membershipsOf(tenant.admin.id), [here, there], 'the memberships');
    },
  },
  {
    promise: 'answers a stranger, an organization that does not exist, and a session that is not the user’s alike',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const own = identityOf((await tenant.signIn(tenant.admin)).session);
      const theirs = identityOf((await other.signIn(other.admin)).session);
      const strangers = {
        'a stranger': { ...own, organizationId: other.organization.id },
        'no organization': { ...own, organizationId: organizationIn(world).id },
        'no session': { ...own, sessionId: SessionId(world.ids.next()) },
        'the session of another user': { ...own, sessionId: theirs.sessionId },
        'another user by the own session': { ...theirs, sessionId: own.sessionId },
      };
      for (const [name, identity] of Object.entries(strangers))
        expectEqual(await world.accounts.membership(identity), undefined, name);
    },
  },
  {
    promise: 'knows nobody by a session that has ended or expired',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      const { session: ended } = await tenant.signIn(tenant.admin);
      const { session: expired } = await tenant.signIn(tenant.admin, { expiresAt: new Date(Date.parse('2026-01-01')) });
      await tenant.run(({ sessions, now }) => sessions.end(ended.id, now));
      for (const session of [ended, expired])
        expectEqual(await world.accounts.membership(identityOf(session)), undefined, 'the membership');
    },
  },
  {
    promise: 'knows a user who was disabled as a member nowhere, until that ends',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      const { session } = await tenant.signIn(tenant.admin);
      const seen = async (): Promise<readonly (Member | undefined)[]> => [
        await world.accounts.membership(identityOf(session)),
        ...(await world.accounts.membershipsOf(tenant.admin.id)),
        await tenant.run(({ members }) => members.find(tenant.admin.id)),
      ];
      const before = await seen();
      await tenant.run(({ users, now }) => users.disable(tenant.admin.id, new Date(now.getTime() - anHour)));
      expectEqual(await seen(), [undefined, undefined], 'what a disabled user is');
      await tenant.run(({ users }) => users.disable(tenant.admin.id, null));
      expectEqual(await seen(), before, 'what the user is again');
    },
  },
  {
    promise: 'knows where a user belongs, also while the user is disabled, and not where the user was removed',
    keeps: async (world) => {
      const [tenant, other, left] = [await openTenant(world), await openTenant(world), await openTenant(world)];
      for (const { run } of [other, left]) await run(({ members }) => members.add(tenant.admin.id, 'operator'));
      await left.run(({ members }) => members.remove(tenant.admin.id));
      const places = async () => [...(await world.accounts.organizationsOf(tenant.admin.id))].sort();
      const both = [tenant.organization.id, other.organization.id].sort();
      expectEqual(await places(), both, 'where a user belongs');
      await tenant.run(({ users, now }) => users.disable(tenant.admin.id, now));
      expectEqual(await places(), both, 'where a disabled user belongs');
      expectEqual(await world.accounts.organizationsOf(userIn(world).id), [], 'where a stranger belongs');
    },
  },
  {
    promise: 'makes a user a member once, with the role that was given first',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      const user = await tenant.join('operator');
      expectEqual(await tenant.run(({ members }) => members.add(user.id, 'admin')), false, 'whether it was added again');
      expectEqual((await tenant.run(({ members }) => members.find(user.id)))?.role, 'operator', 'the role');
      expectEqual(await tenant.run(({ members }) => members.find(userIn(world).id)), undefined, 'a stranger');
      const other = await openTenant(world);
      expectEqual(await other.run(({ members }) => members.find(user.id)), undefined, 'somebody else’s member');
    },
  },
  {
    promise: 'gives a member another role, or takes the membership away, in this organization alone',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const user = await tenant.join('operator');
      await other.run(({ members }) => members.add(user.id, 'operator'));
      const roles = async () => (await world.accounts.membershipsOf(user.id)).map(({ role }) => role);
      await tenant.run(({ members }) => members.setRole(user.id, 'manager'));
      expectEqual(await roles(), ['manager', 'operator'], 'the roles after a change');
      await tenant.run(({ members }) => members.remove(user.id));
      expectEqual(await roles(), ['operator'], 'the roles after a removal');
      await tenant.run(({ members }) => members.setRole(user.id, 'admin'));
      expectEqual(await roles(), ['operator'], 'the roles when somebody who is gone is given one');
    },
  },
  {
    promise: 'finds where a refresh token belongs, used or not, and nothing for one that it never kept',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      const { session, tokenHash } = await tenant.signIn(tenant.admin);
      const place = identityOf(session);
      expectEqual(await world.accounts.placeOfToken(tokenHash), place, 'the place of a fresh token');
      await tenant.run(({ sessions }) => sessions.refresh(session, { used: tokenHash, fresh: `${tokenHash}, the next` }));
      expectEqual(await world.accounts.placeOfToken(tokenHash), place, 'the place of a used token');
      expectEqual(await world.accounts.placeOfToken(`${tokenHash}, the next`), place, 'the place of the next token');
      expectEqual(await world.accounts.placeOfToken('nothing'), undefined, 'the place of no token');
    },
  },
];
