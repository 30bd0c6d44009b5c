import { err, type Session, SessionId } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual, expectThat } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openTenant, type Tenant } from './tenant-stage.js';

const lock = ({ run }: Tenant, id: SessionId) => run(({ sessions }) => sessions.lock(id));
const stateOf = ({ run }: Tenant, { id }: Session, tokenHash: string) =>
  run(({ sessions }) => sessions.tokenState(id, tokenHash));
const later = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1_000);

export const sessionsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'finds a session as it was started, and none that never was',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      for (const device of ['A browser', null]) {
        const { session } = await tenant.signIn(tenant.admin, { device });
        expectEqual(await lock(tenant, session.id), session, 'the session');
      }
      expectEqual(await lock(tenant, SessionId(world.ids.next())), undefined, 'no session');
    },
  },
  {
    promise: 'keeps a session as it is after its refresh, and knows its old token as used',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const { session, tokenHash } = await tenant.signIn(tenant.admin);
      const next: Session = {
        ...session,
        organizationId: other.organization.id,
        refreshedAt: later(session.refreshedAt, 60),
        expiresAt: later(session.expiresAt, 60),
      };
      await tenant.run(({ sessions }) => sessions.refresh(next, { used: tokenHash, fresh: `${tokenHash}, next` }));
      expectEqual(await lock(tenant, session.id), next, 'the session');
      const states = [await stateOf(tenant, session, tokenHash), await stateOf(tenant, session, `${tokenHash}, next`)];
      expectEqual(states, ['used', 'fresh'], 'the states of its tokens');
    },
  },
  {
    promise: 'knows no token of another session, and none that was never there',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      const [one, two] = [await tenant.signIn(tenant.admin), await tenant.signIn(tenant.admin)];
      expectEqual(await stateOf(tenant, one.session, one.tokenHash), 'fresh', 'the own token');
      expectEqual(await stateOf(tenant, one.session, two.tokenHash), undefined, 'the token of another session');
      expectEqual(await stateOf(tenant, one.session, 'nothing'), undefined, 'no token');
    },
  },
  {
    promise: 'shows two uses of one token one after the other, whichever organizations they come from',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const { session, tokenHash } = await tenant.signIn(tenant.admin);
      // Whoever looked first takes its time, so that the others would overtake it if they could.
      const use = ({ run }: Tenant, fresh: string) =>
        run(async ({ sessions, now }) => {
          const locked = await sessions.lock(session.id);
          const state = locked && (await sessions.tokenState(locked.id, tokenHash));
          for (let times = 0; times < 20; times += 1) await sessions.openOf(session.userId, now);
          if (locked && state === 'fresh') await sessions.refresh(locked, { used: tokenHash, fresh });
          return state;
        });
      const uses = [tenant, other, tenant, other].map((one, index) => use(one, `${tokenHash}, ${index}`));
      expectEqual((await Promise.all(uses)).sort(), ['fresh', 'used', 'used', 'used'], 'what each use saw');
    },
  },
  {
    promise: 'moves a session to another organization, and changes nothing else of it',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const { session } = await tenant.signIn(tenant.admin);
      await other.run(({ sessions }) => sessions.moveTo({ ...session, organizationId: other.organization.id, device: 'x' }));
      expectEqual(await lock(tenant, session.id), { ...session, organizationId: other.organization.id }, 'the session');
    },
  },
  {
    promise: 'ends a session once, at the moment that was said first',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      const { session } = await tenant.signIn(tenant.admin);
      const endedAt = later(session.startedAt, 60);
      await tenant.run(({ sessions }) => sessions.end(session.id, endedAt));
      await tenant.run(({ sessions }) => sessions.end(session.id, later(endedAt, 60)));
      expectEqual(await lock(tenant, session.id), { ...session, endedAt }, 'the session');
    },
  },
  {
    promise: 'ends all sessions of a user but the one that is kept, says which, and touches nobody else’s',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      const colleague = await tenant.join('operator');
      const [kept, one, two] = await Promise.all([1, 2, 3].map(() => tenant.signIn(tenant.admin)));
      const theirs = await tenant.signIn(colleague);
      const all = [kept, one, two, theirs].flatMap((opened) => (opened ? [opened.session] : []));
      const ended = await tenant.run(({ sessions, now }) => sessions.endAllOf(tenant.admin.id, now, kept?.session.id));
      expectEqual([...ended].sort(), [one?.session.id, two?.session.id].sort(), 'which were ended');
      const open = (await Promise.all(all.map(({ id }) => lock(tenant, id)))).map((session) => session?.endedAt === null);
      expectEqual(open, [true, false, false, true], 'which are open');
      const rest = await tenant.run(({ sessions, now }) => sessions.endAllOf(tenant.admin.id, now));
      expectEqual(rest, [kept?.session.id], 'which are ended when none is kept');
    },
  },
  {
    promise: 'ends the sessions of a user that are for this organization, says which, and touches no others',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const colleague = await tenant.join('operator');
      const [here, moved] = [await tenant.signIn(tenant.admin), await tenant.signIn(tenant.admin)];
      const theirs = await tenant.signIn(colleague);
      const there = await other.signIn(tenant.admin);
      const arrived = await other.signIn(tenant.admin);
      await tenant.run(({ sessions }) => sessions.moveTo({ ...moved.session, organizationId: other.organization.id }));
      await tenant.run(({ sessions }) => sessions.moveTo({ ...arrived.session, organizationId: tenant.organization.id }));
      const ended = await tenant.run(({ sessions, now }) => sessions.endAllHere(tenant.admin.id, now));
      expectEqual([...ended].sort(), [here.session.id, arrived.session.id].sort(), 'which were ended');
      const all = [here, arrived, moved, there, theirs].map(({ session }) => session.id);
      const open = (await Promise.all(all.map((id) => lock(tenant, id)))).map((session) => session?.endedAt === null);
      expectEqual(open, [false, false, true, true, true], 'which are open');
      expectEqual(
        await tenant.run(({ sessions, now }) => sessions.endAllHere(tenant.admin.id, now)),
        [],
        'which are ended again',
      );
    },
  },
  {
    promise: 'lists the sessions of a user that are not over, the one that was refreshed last first',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      const [first, second, ended] = [
        await tenant.signIn(tenant.admin),
        await tenant.signIn(tenant.admin),
        await tenant.signIn(tenant.admin),
      ];
      await tenant.signIn(await tenant.join('operator'));
      await tenant.signIn(tenant.admin, { expiresAt: new Date('2026-01-01T00:00:00.000Z') });
      await tenant.run(({ sessions, now }) => sessions.end(ended.session.id, now));
      const refreshed = { ...first.session, refreshedAt: later(second.session.refreshedAt, 60) };
      await tenant.run(({ sessions }) =>
        sessions.refresh(refreshed, { used: first.tokenHash, fresh: `${first.tokenHash}, next` }),
      );
      const open = await tenant.run(({ sessions, now }) => sessions.openOf(tenant.admin.id, now));
      expectEqual(open, [refreshed, second.session], 'the open sessions');
    },
  },
  {
    promise: 'removes, in batches, what was over before a moment and is for the organization, with its tokens, and nothing else',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const [long, short] = [new Date('2026-01-01T00:00:00.000Z'), new Date('2026-01-03T00:00:00.000Z')];
      const [ended, expired, ago, open, theirs] = [
        await tenant.signIn(tenant.admin, { endedAt: long }),
        await tenant.signIn(tenant.admin, { expiresAt: long }),
        await tenant.signIn(tenant.admin, { endedAt: short }),
        await tenant.signIn(tenant.admin),
        await other.signIn(other.admin, { endedAt: long }),
      ];
      const drop = (limit: number) =>
        tenant.run(({ sessions }) => sessions.dropOver(new Date('2026-01-02T00:00:00.000Z'), limit));
      let batches = 0;
      for (; (await drop(1)) > 0; batches += 1) expectThat(batches < 10, 'it comes to an end');
      expectThat(batches > 1, 'it was done in batches');
      const left: boolean[] = [];
      for (const { session, tokenHash } of [ended, expired, ago, open, theirs]) {
        left.push((await lock(tenant, session.id)) !== undefined);
        expectEqual((await world.accounts.placeOfToken(tokenHash)) !== undefined, left.at(-1), 'whether its token is known');
      }
      expectEqual(left, [false, false, true, true, true], 'which are left');
    },
  },
  {
    promise: 'keeps nothing of a refresh that was refused after all',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      const { session, tokenHash } = await tenant.signIn(tenant.admin);
      await world.unitOfWork.run(tenant.organization.id, async ({ sessions, now }) => {
        await sessions.refresh({ ...session, refreshedAt: now }, { used: tokenHash, fresh: `${tokenHash}, next` });
        await sessions.end(session.id, now);
        return err({ code: 'test.refused' as const });
      });
      expectEqual(await lock(tenant, session.id), session, 'the session');
      expectEqual(await stateOf(tenant, session, tokenHash), 'fresh', 'the state of its token');
    },
  },
];
