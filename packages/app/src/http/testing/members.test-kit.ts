import type { Role } from '@rappit/domain';
import type { MakeBackend } from './backend.test-kit.js';
import { type Answer, read, refusalIn } from './client.test-kit.js';
import { actsOf, anotherSession, type PageShape } from './scene.test-kit.js';
import { type Account, openWorld, PREFIX, type World } from './world.test-kit.js';

type MemberShape = { readonly id: string; readonly email: string; readonly role: Role; readonly joinedAt: string };
type EntryShape = { readonly kind: string; readonly targetId: string; readonly actor: object; readonly facts: object };

const notSignedIn = { status: 401, code: 'token.invalid', paths: [] };
const denied = { status: 403, code: 'permission.denied', paths: [] };
const lastAdmin = { status: 409, code: 'member.last_admin', paths: [] };

/** Who belongs to an organization, and how that changes. */
export const members = (make: MakeBackend): void => {
  describe('members', () => {
    let world: World;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    afterAll(() => world.close());
    looking(() => world);
    roleChanges(() => world);
    removals(() => world);
    lastAdmins(() => world);
  });
};

const callsOf = (world: World, account: Account) => {
  const { ask, get } = actsOf(world, account);
  return {
    list: async (query = '') => (await get<PageShape<MemberShape>>(`/members${query}`)).data,
    give: (userId: string, role: string) => ask('PATCH', `/members/${userId}`, { role }),
    remove: (userId: string) => ask('DELETE', `/members/${userId}`),
    log: async (kind: string) => (await get<PageShape<EntryShape>>(`/audit-log?kind=${kind}`)).data,
  };
};

const meOf = (world: World, token: string): Promise<Answer> => world.send('GET', `${PREFIX}/auth/me`, { token });

const looking = (world: () => World): void => {
  it('are shown to every role, page by page, each once', async () => {
    const account = await world().signUp();
    const others = [
      await world().join(account.organizationId, 'manager'),
      await world().join(account.organizationId, 'operator'),
    ];
    for (const viewer of [account, ...others]) {
      const { data, nextCursor } = await actsOf(world(), viewer).get<PageShape<MemberShape>>('/members?limit=2');
      const rest = await callsOf(world(), viewer).list(`?limit=2&cursor=${nextCursor}`);
      expect([...data, ...rest].map(({ id, email, role }) => [id, email, role])).toEqual([
        [account.userId, account.email, 'admin'],
        [others[0]?.userId, others[0]?.email, 'manager'],
        [others[1]?.userId, others[1]?.email, 'operator'],
      ]);
    }
  });
};

const roleChanges = (world: () => World): void => {
  it('may do from the next request on what their new role allows, and it is told who gave it', async () => {
    const account = await world().signUp();
    const member = await world().join(account.organizationId, 'operator');
    const { give, log } = callsOf(world(), account);
    const rename = () => actsOf(world(), member).ask('PATCH', '/organization', { name: 'Renamed by a colleague' });
    expect(refusalIn(await rename())).toEqual(denied);
    expect(read<MemberShape>(await give(member.userId.toUpperCase(), 'admin'))).toMatchObject({
      id: member.userId,
      role: 'admin',
    });
    expect((await rename()).status).toBe(200);
    expect((await give(member.userId, 'manager')).status).toBe(200);
    expect(refusalIn(await rename())).toEqual(denied);
    expect(await log('member.role_changed')).toMatchObject([
      { targetId: member.userId, actor: { kind: 'user', id: account.userId }, facts: { from: 'admin', to: 'manager' } },
      { targetId: member.userId, actor: { kind: 'user', id: account.userId }, facts: { from: 'operator', to: 'admin' } },
    ]);
  });

  it('are given the role that they have without a trace', async () => {
    const account = await world().signUp();
    const { give, log } = callsOf(world(), account);
    expect((await give(account.userId, 'admin')).status).toBe(200);
    expect(await log('member.role_changed')).toEqual([]);
  });

  it.each([
    ['no role', {}, 'role'],
    ['a role that does not exist', { role: 'owner' }, 'role'],
    ['a role in another case', { role: 'Admin' }, 'role'],
    ['another user', { role: 'operator', userId: 'x' }, 'userId'],
  ])('are not given %s', async (_, json, path) => {
    const account = await world().signUp();
    const answer = await actsOf(world(), account).ask('PATCH', `/members/${account.userId}`, json);
    expect(refusalIn(answer)).toEqual({ status: 400, code: 'request.invalid', paths: [path] });
  });
};

const removals = (world: () => World): void => {
  it('are out at once when they are removed: by their tokens, their sessions here and their keys', async () => {
    const account = await world().signUp();
    const member = await world().join(account.organizationId, 'admin');
    const elsewhere = await anotherSession(world(), member);
    const { id: keyId, secret } = await actsOf(world(), member).addKey(['item.view']);
    const { remove, list, log } = callsOf(world(), account);
    expect((await remove(member.userId)).status).toBe(204);
    expect(refusalIn(await meOf(world(), member.token))).toEqual(notSignedIn);
    expect(refusalIn(await world().send('GET', `${PREFIX}/items`, { token: secret }))).toEqual(notSignedIn);
    const refreshed = await world().send('POST', `${PREFIX}/auth/refresh`, { json: { refreshToken: member.refreshToken } });
    expect(refusalIn(refreshed)).toEqual(notSignedIn);
    // What they do in an organization of their own is nobody's business here.
    expect((await meOf(world(), elsewhere.token)).status).toBe(200);
    expect((await list()).map(({ id }) => id)).toEqual([account.userId]);
    expect(await log('member.removed')).toMatchObject([{ targetId: member.userId, facts: { role: 'admin' } }]);
    expect(await log('api_key.revoked')).toMatchObject([{ targetId: keyId, actor: { id: account.userId } }]);
    expect(await log('session.ended')).toMatchObject([{ facts: { userId: member.userId } }]);
    expect(refusalIn(await remove(member.userId))).toEqual({ status: 404, code: 'member.not_found', paths: [] });
  });

  it('come back without the keys and the sessions that they had', async () => {
    const account = await world().signUp();
    const member = await world().join(account.organizationId, 'admin');
    const { secret } = await actsOf(world(), member).addKey(['item.view']);
    await callsOf(world(), account).remove(member.userId);
    await world().makeMember(account.organizationId, member.userId, 'admin');
    expect(refusalIn(await world().send('GET', `${PREFIX}/items`, { token: secret }))).toEqual(notSignedIn);
    expect(refusalIn(await meOf(world(), member.token))).toEqual(notSignedIn);
  });

  it('leave by removing themselves, while another admin stays', async () => {
    const account = await world().signUp();
    const other = await world().join(account.organizationId, 'admin');
    expect((await callsOf(world(), account).remove(account.userId)).status).toBe(204);
    expect(refusalIn(await meOf(world(), account.token))).toEqual(notSignedIn);
    expect((await callsOf(world(), other).list()).map(({ id }) => id)).toEqual([other.userId]);
  });
};

const lastAdmins = (world: () => World): void => {
  it('stay, and stay admins, while nobody else is one', async () => {
    const account = await world().signUp();
    await world().join(account.organizationId, 'manager');
    const { give, remove, log } = callsOf(world(), account);
    for (const role of ['manager', 'operator']) expect(refusalIn(await give(account.userId, role))).toEqual(lastAdmin);
    expect(refusalIn(await remove(account.userId))).toEqual(lastAdmin);
    expect((await meOf(world(), account.token)).status).toBe(200);
    for (const kind of ['member.role_changed', 'member.removed']) expect(await log(kind)).toEqual([]);
  });

  it.each([
    ['remove', (calls: ReturnType<typeof callsOf>, userId: string) => calls.remove(userId)],
    ['demote', (calls: ReturnType<typeof callsOf>, userId: string) => calls.give(userId, 'operator')],
  ])('are still there after many admins %s each other at once', async (_, act) => {
    const account = await world().signUp();
    const admins = [account, ...(await Promise.all([1, 2, 3].map(() => world().join(account.organizationId, 'admin'))))];
    const answers = await Promise.all(
      admins.map((admin, index) => act(callsOf(world(), admin), admins[(index + 1) % admins.length]?.userId ?? '')),
    );
    for (const answer of answers.filter(({ status }) => status >= 300)) expect([401, 403, 409]).toContain(answer.status);
    const left = await world().gate.unitOfWork.read(account.organizationId, ({ members: stored }) => stored.count('admin'));
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(admins.length);
  });
};
