import { type AccountRequest, AccountRequestId, err, type OrganizationId } from '@rappit/domain';
import type { ContractCase } from './contract.js';
import { expectEqual, expectRefused, expectThat } from './expecting.js';
import type { PersistenceWorld } from './persistence-world.js';
import { openTenant, organizationIn, userIn } from './tenant-stage.js';

const HOUR = 60;
const long = 3_600;

const requestIn = (world: PersistenceWorld, facts: Partial<AccountRequest> = {}): AccountRequest => ({
  id: AccountRequestId(world.ids.next()),
  email: userIn(world).email,
  language: 'ar',
  asks: { kind: 'passwordReset' },
  ...facts,
});

const registration = {
  kind: 'registration',
  registrant: { organizationName: 'متجر "النيل"', name: 'Amira', passwordHash: 'hash' },
} as const;

/** Other cases may have left requests in the same store: these are claimed, as by another worker, and not looked at. */
const clearOf = async ({ accountRequests }: PersistenceWorld): Promise<void> => {
  while ((await accountRequests.claim(100, long)).length > 0);
};

const made = async (world: PersistenceWorld, count: number): Promise<readonly AccountRequest[]> => {
  await clearOf(world);
  const requests = Array.from({ length: count }, () => requestIn(world));
  for (const request of requests) await world.accountRequests.make(request, HOUR);
  return requests;
};

const use = (world: PersistenceWorld, { id }: AccountRequest, organizationId: OrganizationId = organizationIn(world).id) =>
  world.unitOfWork.run(organizationId, async ({ accountRequests }) =>
    (await accountRequests.use(id)) ? { ok: true, value: undefined } : err({ code: 'test.used' as const }),
  );

export const accountRequestsContract: readonly ContractCase<PersistenceWorld>[] = [
  {
    promise: 'hands out a request as it was made, and finds it by its token from when it has one',
    keeps: async (world) => {
      const { accountRequests } = world;
      await clearOf(world);
      const requests = [requestIn(world), requestIn(world, { language: 'en', asks: registration })];
      for (const request of requests) {
        await accountRequests.make(request, HOUR);
        expectEqual(await accountRequests.claim(10, long), [{ request, attempts: 1 }], 'what is due');
        expectEqual(await accountRequests.byToken(`hash of ${request.id}`), undefined, 'what is found before');
        await accountRequests.giveToken(request.id, `hash of ${request.id}`);
        expectEqual(await accountRequests.byToken(`hash of ${request.id}`), request, 'what is found by its token');
      }
      expectEqual(await accountRequests.byToken('nothing'), undefined, 'what is found by no token');
    },
  },
  {
    promise: 'leases each to one worker, and hands out again what nobody finished',
    keeps: async (world) => {
      await made(world, 4);
      const claims = await Promise.all([1, 2, 3].map(() => world.accountRequests.claim(3, long)));
      const ids = claims.flat().map(({ request }) => request.id);
      expectEqual([ids.length, new Set(ids).size], [4, 4], 'claims, and different requests among them');
      const [request] = await made(world, 1);
      const attempts = [await world.accountRequests.claim(1, 0), await world.accountRequests.claim(1, 0)].flat();
      expectEqual(
        attempts,
        [1, 2].map((attempt) => ({ request, attempts: attempt })),
        'two leases that ended at once',
      );
    },
  },
  {
    promise: 'hands out a failed one when it is due again, one that was given up or settled never, and says when the next is due',
    keeps: async (world) => {
      const { accountRequests } = world;
      const [again, dead, settled] = await made(world, 3);
      expectThat(again !== undefined && dead !== undefined && settled !== undefined, 'three requests were made');
      await accountRequests.claim(10, long);
      const before = await accountRequests.nextDue();
      expectThat(before !== null, 'a lease ends some time');
      await accountRequests.failed(again.id, 'mail.unavailable', new Date(before.getTime() - 3 * long * 1_000));
      await accountRequests.failed(dead.id, 'mail.unavailable', null);
      await accountRequests.settled(settled.id);
      expectEqual(await accountRequests.nextDue(), new Date(before.getTime() - 3 * long * 1_000), 'when the next is due');
      expectEqual(await accountRequests.claim(10, long), [{ request: again, attempts: 2 }], 'what is due');
    },
  },
  {
    promise: 'lets one of many use a request, and leaves nothing of it',
    keeps: async (world) => {
      const [request] = await made(world, 1);
      expectThat(request !== undefined, 'a request was made');
      await world.accountRequests.giveToken(request.id, `hash of ${request.id}`);
      const uses = await Promise.all([1, 2, 3].map(() => use(world, request)));
      expectEqual(uses.filter(({ ok }) => ok).length, 1, 'uses that counted');
      expectEqual(await world.accountRequests.byToken(`hash of ${request.id}`), undefined, 'what is left');
    },
  },
  {
    promise: 'counts no use that was refused after all',
    keeps: async (world) => {
      const [request] = await made(world, 1);
      expectThat(request !== undefined, 'a request was made');
      const refused = await world.unitOfWork.run(organizationIn(world).id, async ({ accountRequests }) => {
        await accountRequests.use(request.id);
        return err({ code: 'test.refused' as const });
      });
      expectRefused(refused, 'test.refused', 'the use');
      expectEqual((await use(world, request)).ok, true, 'whether it can be used');
    },
  },
  {
    promise: 'forgets what has expired: it is not found, can not be used, and is dropped',
    keeps: async (world) => {
      const { accountRequests } = world;
      const [request] = await made(world, 1);
      const late = requestIn(world);
      expectThat(request !== undefined, 'a request was made');
      await accountRequests.make(late, 0);
      for (const { id } of [request, late]) await accountRequests.giveToken(id, `hash of ${id}`);
      expectEqual(await accountRequests.byToken(`hash of ${late.id}`), undefined, 'what is found of an expired one');
      expectRefused(await use(world, late), 'test.used', 'using an expired one');
      await accountRequests.dropExpired(10_000);
      expectEqual(await accountRequests.byToken(`hash of ${request.id}`), request, 'what has not expired');
      expectEqual(await accountRequests.dropExpired(10_000), 0, 'what is left to be dropped');
    },
  },
  {
    promise: 'drops what has expired in batches',
    keeps: async (world) => {
      const { accountRequests } = world;
      await accountRequests.dropExpired(10_000);
      for (let count = 0; count < 3; count += 1) await accountRequests.make(requestIn(world), 0);
      const dropped = [await accountRequests.dropExpired(2), await accountRequests.dropExpired(2)];
      expectEqual([...dropped, await accountRequests.dropExpired(2)], [2, 1, 0], 'how many were dropped');
    },
  },
  {
    promise: 'drops a request, and every link for a new password of one e-mail, whatever its case, and no other',
    keeps: async (world) => {
      const { accountRequests } = world;
      const { email } = userIn(world);
      const [one, two, signUp, other] = [
        requestIn(world, { email }),
        requestIn(world, { email: email.toUpperCase() }),
        requestIn(world, { email, asks: registration }),
        requestIn(world),
      ];
      for (const request of [one, two, signUp, other]) {
        await accountRequests.make(request, HOUR);
        await accountRequests.giveToken(request.id, `hash of ${request.id}`);
      }
      const { run } = await openTenant(world);
      await run((stores) => stores.accountRequests.dropResets(email));
      const found = await Promise.all([one, two, signUp, other].map(({ id }) => accountRequests.byToken(`hash of ${id}`)));
      expectEqual(found, [undefined, undefined, signUp, other], 'what is left');
      await accountRequests.drop(other.id);
      expectEqual(await accountRequests.byToken(`hash of ${other.id}`), undefined, 'what was dropped');
    },
  },
];
