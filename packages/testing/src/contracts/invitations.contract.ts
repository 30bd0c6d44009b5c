import { type Invitation, InvitationId, UserId } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual, expectNotDone, expectThat } from './expecting.js';
import { allPages } from './paging.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openTenant, type Tenant, userIn } from './tenant-stage.js';

const HOUR_MS = 3_600_000;
const after = (at: Date, hours: number): Date => new Date(at.getTime() + hours * HOUR_MS);
const sent = new Date('2026-01-05T09:00:00.123Z');

/** An invitation that was sent twice and hasn't ended. */
export const exampleInvitation = (world: PersistenceWorld, facts: Partial<Invitation> = {}): Invitation => ({
  id: InvitationId(world.ids.next()),
  email: userIn(world).email,
  role: 'manager',
  language: 'ar',
  invitedBy: UserId(world.ids.next()),
  createdAt: sent,
  sentAt: [sent, after(sent, 1)],
  expiresAt: after(sent, 25),
  endedAt: null,
  ...facts,
});

const save = async (tenant: Tenant, world: PersistenceWorld, facts: Partial<Invitation> = {}): Promise<Invitation> => {
  const invitation = exampleInvitation(world, facts);
  const hash = invitation.endedAt === null ? hashOf(invitation) : null;
  await tenant.run(({ invitations }) => invitations.save(invitation, hash));
  return invitation;
};

const hashOf = ({ id }: Pick<Invitation, 'id'>): string => `hash of ${id}`;
const byEvery = (tenant: Tenant, { id, email }: Invitation, hash: string) =>
  tenant.run(async ({ invitations }) => [
    await invitations.find(id),
    await invitations.findByEmail(email),
    await invitations.findByToken(hash),
  ]);
const listed = (tenant: Tenant) => allPages(2, (page) => tenant.run(({ invitations }) => invitations.list(page)));

export const invitationsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise:
      'finds an invitation with every fact, by its id, its e-mail whatever its case, and its token, in its organization alone',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const invitation = await save(tenant, world);
      expectEqual(await byEvery(tenant, invitation, hashOf(invitation)), [invitation, invitation, invitation], 'what is found');
      const loud = { ...invitation, email: invitation.email.toUpperCase() };
      expectEqual((await byEvery(tenant, loud, 'nothing'))[1], invitation, 'what is found by the e-mail in capitals');
      const nothing = [undefined, undefined, undefined];
      expectEqual(await byEvery(other, invitation, hashOf(invitation)), nothing, 'what another organization finds');
      expectEqual(await byEvery(tenant, exampleInvitation(world), 'nothing'), nothing, 'what nobody has');
    },
  },
  {
    promise: 'finds no invitation that has ended, and lists those that have not, newest first, page by page, each once',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      const all = [await save(tenant, world), await save(tenant, world), await save(tenant, world), await save(tenant, world)];
      const [, second] = all;
      expectThat(second !== undefined, 'there are four');
      await tenant.run(({ invitations, now }) => invitations.save({ ...second, endedAt: now }, null));
      const nothing = [undefined, undefined, undefined];
      expectEqual(await byEvery(tenant, second, hashOf(second)), nothing, 'what is found of one that has ended');
      const open = all.filter(({ id }) => id !== second.id).reverse();
      expectEqual(await listed(tenant), open, 'the list');
    },
  },
  {
    promise: 'keeps an invitation as it is saved last, and only the token that it is saved with opens it',
    keeps: async (world) => {
      const tenant = await openTenant(world);
      const before = await save(tenant, world);
      const next = {
        ...before,
        sentAt: [...before.sentAt, after(sent, 2)],
        expiresAt: after(sent, 26),
        role: 'operator',
      } as const;
      await tenant.run(({ invitations }) => invitations.save(next, 'the next hash'));
      expectEqual(await byEvery(tenant, before, hashOf(before)), [next, next, undefined], 'what is found by the token before');
      expectEqual((await byEvery(tenant, before, 'the next hash'))[2], next, 'what is found by the next token');
      expectEqual(await listed(tenant), [next], 'the list');
    },
  },
  {
    promise: 'keeps at most one of an e-mail that has not ended, whatever its case, in each organization',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const first = await save(tenant, world);
      const second = exampleInvitation(world, { email: first.email.toUpperCase() });
      const saving = world.unitOfWork.run(tenant.organization.id, async ({ invitations }) => {
        await invitations.save(second, 'a second hash');
        return { ok: true, value: undefined };
      });
      await expectNotDone(saving, 'a second invitation of one e-mail');
      await other.run(({ invitations }) => invitations.save({ ...second, id: InvitationId(world.ids.next()) }, 'elsewhere'));
      await tenant.run(({ invitations, now }) => invitations.save({ ...first, endedAt: now }, null));
      await tenant.run(({ invitations }) => invitations.save(second, 'a second hash'));
      expectEqual(await listed(tenant), [second], 'the list');
    },
  },
  {
    promise: 'tells when an e-mail was written to from a moment on, by invitations that have ended too',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const { email } = await save(tenant, world, { endedAt: after(sent, 3), sentAt: [sent, after(sent, 1), after(sent, 2)] });
      await save(tenant, world, { email: email.toUpperCase(), sentAt: [after(sent, 4)] });
      await save(tenant, world, { sentAt: [after(sent, 5)] });
      await save(other, world, { email, sentAt: [after(sent, 5)] });
      const since = await tenant.run(({ invitations }) => invitations.sentSince(email, after(sent, 1)));
      const times = since.map((at) => at.getTime()).sort();
      expectEqual(
        times,
        [1, 2, 4].map((hours) => after(sent, hours).getTime()),
        'when it was written to',
      );
    },
  },
  {
    promise: 'ends whatever a member has sent last, says which, and nothing of anybody else’s',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const invitedBy = tenant.admin.id;
      const theirs = [await save(tenant, world, { invitedBy }), await save(tenant, world, { invitedBy })];
      await save(tenant, world, { invitedBy, endedAt: sent });
      const rest = await save(tenant, world);
      const elsewhere = await save(other, world, { invitedBy });
      const ended = await tenant.run(({ invitations, now }) => invitations.endAllBy(invitedBy, now));
      expectEqual([...ended].sort(), theirs.map(({ id }) => id).sort(), 'which were ended');
      expectEqual(await listed(tenant), [rest], 'what is left');
      expectEqual(await listed(other), [elsewhere], 'what another organization has');
      for (const invitation of theirs)
        expectEqual(await world.door.organizationOfInvitation(hashOf(invitation)), undefined, 'whose token it was');
    },
  },
  {
    promise: 'removes what nothing is needed of any more, so many at a time',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const now = await tenant.run(async (stores) => stores.now);
      const long = { createdAt: new Date(0), sentAt: [new Date(0)], expiresAt: after(now, -24 * 8) };
      for (let times = 0; times < 3; times += 1) await save(tenant, world, long);
      await save(tenant, world, { endedAt: after(now, -2) });
      const kept = [
        await save(tenant, world, { expiresAt: after(now, -24 * 6) }),
        await save(tenant, world, { expiresAt: after(now, 1) }),
      ];
      await save(other, world, long);
      const drop = (limit: number) => tenant.run(({ invitations }) => invitations.drop(limit));
      expectEqual([await drop(3), await drop(3), await drop(3)], [3, 1, 0], 'how many were removed each time');
      expectEqual(await listed(tenant), [...kept].reverse(), 'what is left');
      expectEqual((await listed(other)).length, 1, 'what another organization has');
    },
  },
  {
    promise: 'opens the door to the organization of a token, until its invitation has ended or has another token',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const [mine, theirs] = [await save(tenant, world), await save(other, world)];
      const organizationOf = (invitation: Invitation) => world.door.organizationOfInvitation(hashOf(invitation));
      expectEqual(await organizationOf(mine), tenant.organization.id, 'the organization of a token');
      expectEqual(await organizationOf(theirs), other.organization.id, 'the organization of another token');
      expectEqual(await world.door.organizationOfInvitation('nothing'), undefined, 'the organization of no token');
      await tenant.run(({ invitations }) => invitations.save(mine, `${hashOf(mine)}, the next`));
      expectEqual(await organizationOf(mine), undefined, 'the organization of the token before');
      await other.run(({ invitations, now }) => invitations.save({ ...theirs, endedAt: now }, null));
      expectEqual(await organizationOf(theirs), undefined, 'the organization of a token of one that has ended');
    },
  },
  {
    promise: 'finds a member by the e-mail, whatever its case, in this organization alone',
    keeps: async (world) => {
      const [tenant, other] = [await openTenant(world), await openTenant(world)];
      const user = await tenant.join('manager');
      const byEmail = ({ run }: Tenant, email: string) => run(({ members }) => members.findByEmail(email));
      const found = await tenant.run(({ members }) => members.find(user.id));
      expectEqual(await byEmail(tenant, user.email.toUpperCase()), found, 'the member');
      expectEqual(await byEmail(other, user.email), undefined, 'somebody else’s member');
      expectEqual(await byEmail(tenant, userIn(world).email), undefined, 'nobody');
      await tenant.run(({ users, now }) => users.disable(user.id, now));
      expectEqual(await byEmail(tenant, user.email), undefined, 'a user who was disabled');
    },
  },
];
