import type { Role } from '@rappit/domain';
import type { MakeBackend } from './backend.test-kit.js';
import { type Answer, read, refusalIn } from './client.test-kit.js';
import { actsOf, anotherSession, type PageShape, type SpareSession } from './scene.test-kit.js';
import { type Account, openWorld, PASSWORD, PREFIX, type World } from './world.test-kit.js';

type SessionShape = { readonly token: string; readonly refreshToken: string; readonly organization: { readonly id: string } };
type OpenShape = { readonly id: string; readonly device: string | null; readonly current: boolean };

const notSignedIn = { status: 401, code: 'token.invalid', paths: [] };

/** How long one stays signed in, and how that ends. */
export const sessions = (make: MakeBackend): void => {
  describe('sessions', () => {
    let world: World;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    afterAll(() => world.close());
    refreshing(() => world);
    ending(() => world);
    switching(() => world);
    disabling(() => world);
  });
};

const callsOf = (world: World) => {
  const call = (method: string, path: string, asked: object = {}): Promise<Answer> =>
    world.send(method, `${PREFIX}${path}`, asked);
  return {
    refresh: (refreshToken: string) => call('POST', '/auth/refresh', { json: { refreshToken } }),
    me: (token: string) => call('GET', '/auth/me', { token }),
    logout: (token: string) => call('POST', '/auth/logout', { token }),
    login: ({ email }: Pick<Account, 'email'>, headers: Readonly<Record<string, string>> = {}) =>
      call('POST', '/auth/login', { json: { email, password: PASSWORD }, headers }),
    switchTo: (token: string, organizationId: string) => call('POST', '/auth/switch', { token, json: { organizationId } }),
    list: async (token: string) => read<PageShape<OpenShape>>(await call('GET', '/auth/sessions', { token })).data,
    end: (token: string, id = '') => call('DELETE', `/auth/sessions${id === '' ? '' : `/${id}`}`, { token }),
    audited: async (account: Account, kind: string) =>
      (await actsOf(world, account).get<PageShape<{ targetId: string; facts: object }>>(`/audit-log?kind=${kind}`)).data,
  };
};

/** Nothing of a session is good for anything any more. */
const expectOver = async (world: World, tokens: readonly Pick<SpareSession, 'token' | 'refreshToken'>[]): Promise<void> => {
  const { me, refresh } = callsOf(world);
  for (const { token, refreshToken } of tokens) {
    expect(refusalIn(await me(token))).toEqual(notSignedIn);
    expect(refusalIn(await refresh(refreshToken))).toEqual(notSignedIn);
  }
};

const refreshing = (world: () => World): void => {
  it('goes on with each refresh, by tokens that were never there before', async () => {
    const { refresh, me } = callsOf(world());
    const account = await world().signUp();
    let { refreshToken } = account;
    const seen = new Set([account.token, refreshToken]);
    for (let times = 1; times <= 3; times += 1) {
      const next = read<SessionShape>(await refresh(refreshToken));
      expect((await me(next.token)).status).toBe(200);
      refreshToken = next.refreshToken;
      seen.add(next.token).add(refreshToken);
      expect(seen.size).toBe(2 + 2 * times);
    }
  });

  it('ends the whole session when a refresh token comes a second time, also for whoever holds the newest one', async () => {
    const { refresh, audited } = callsOf(world());
    const account = await world().signUp();
    const stolen = await anotherSession(world(), account);
    const newest = read<SessionShape>(await refresh(stolen.refreshToken));
    expect(refusalIn(await refresh(stolen.refreshToken))).toEqual(notSignedIn);
    await expectOver(world(), [stolen, newest]);
    expect(await audited(account, 'session.reused')).toMatchObject([
      { targetId: stolen.sessionId, facts: { userId: account.userId } },
    ]);
  });

  it('ends the session when one refresh token comes many times at once', async () => {
    const { refresh, audited } = callsOf(world());
    const account = await world().signUp();
    const stolen = await anotherSession(world(), account);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => refresh(stolen.refreshToken)));
    const granted = answers.filter(({ status }) => status === 200).map((answer) => read<SessionShape>(answer));
    expect(granted).toHaveLength(1);
    for (const refused of answers.filter(({ status }) => status !== 200)) expect(refusalIn(refused)).toEqual(notSignedIn);
    await expectOver(world(), [stolen, ...granted]);
    expect(await audited(account, 'session.reused')).toHaveLength(1);
  });

  it('leaves the other sessions of the user alone', async () => {
    const { refresh, me } = callsOf(world());
    const account = await world().signUp();
    const stolen = await anotherSession(world(), account);
    for (let times = 0; times < 2; times += 1) await refresh(stolen.refreshToken);
    expect((await me(account.token)).status).toBe(200);
    expect((await refresh(account.refreshToken)).status).toBe(200);
  });

  it('answers a token that never was, one that was used and one of an ended session to the byte alike', async () => {
    const { refresh, logout } = callsOf(world());
    const account = await world().signUp();
    const [used, over] = [await anotherSession(world(), account), await anotherSession(world(), account)];
    await refresh(used.refreshToken);
    await logout(over.token);
    const texts = await Promise.all(
      ['nothing', account.token, used.refreshToken, over.refreshToken].map(async (token) => (await refresh(token)).text),
    );
    expect(new Set(texts).size).toBe(1);
  });
};

const ending = (world: () => World): void => {
  it('ends with signing out, and no other session does', async () => {
    const { logout, me, audited } = callsOf(world());
    const account = await world().signUp();
    const spare = await anotherSession(world(), account);
    expect((await logout(spare.token)).status).toBe(204);
    await expectOver(world(), [spare]);
    expect(refusalIn(await logout(spare.token))).toEqual(notSignedIn);
    expect((await me(account.token)).status).toBe(200);
    expect(await audited(account, 'session.ended')).toMatchObject([{ targetId: spare.sessionId }]);
  });

  it('shows where one is signed in, by what the client called itself, and never a token', async () => {
    const { login, list } = callsOf(world());
    const account = await world().signUp();
    const signedIn = read<SessionShape>(await login(account, { 'user-agent': 'A phone' }));
    const open = await list(signedIn.token);
    expect(open.map(({ current, device }) => [current, device === 'A phone'])).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(JSON.stringify(open)).not.toContain(signedIn.refreshToken);
    expect((await list(account.token)).map(({ current }) => current)).toEqual([false, true]);
  });

  it('ends one of the own sessions, or all others', async () => {
    const { end, list, audited } = callsOf(world());
    const account = await world().signUp();
    const [first, second, third] = await Promise.all([1, 2, 3].map(() => anotherSession(world(), account)));
    if (!first || !second || !third) throw new Error('there are three sessions');
    expect((await end(account.token, first.sessionId.toUpperCase())).status).toBe(204);
    await expectOver(world(), [first]);
    expect(refusalIn(await end(account.token, first.sessionId))).toEqual({ status: 404, code: 'session.not_found', paths: [] });
    expect((await end(account.token)).status).toBe(204);
    await expectOver(world(), [second, third]);
    expect((await list(account.token)).map(({ current }) => current)).toEqual([true]);
    expect(new Set((await audited(account, 'session.ended')).map(({ targetId }) => targetId))).toEqual(
      new Set([first, second, third].map(({ sessionId }) => sessionId)),
    );
  });

  it('does not end the session of a colleague', async () => {
    const { end, me } = callsOf(world());
    const [account, colleague] = [await world().signUp(), await world().signUp()];
    await world().makeMember(account.organizationId, colleague.userId, 'admin');
    const theirs = await anotherSession(world(), colleague);
    expect(refusalIn(await end(account.token, theirs.sessionId))).toMatchObject({ status: 404, code: 'session.not_found' });
    expect((await me(theirs.token)).status).toBe(200);
  });
};

type MeShape = {
  readonly role: Role;
  readonly organization: { readonly id: string };
  readonly organizations: readonly { readonly organization: { readonly id: string }; readonly role: Role }[];
};

const switching = (world: () => World): void => {
  it('goes on in another organization with the role that is held there, now and after a refresh', async () => {
    const { switchTo, me, refresh, audited } = callsOf(world());
    const [account, other] = [await world().signUp(), await world().signUp()];
    await world().makeMember(other.organizationId, account.userId, 'operator');
    expect(read<MeShape>(await me(account.token)).organizations.map(({ organization, role }) => [organization.id, role])).toEqual(
      [
        [account.organizationId, 'admin'],
        [other.organizationId, 'operator'],
      ],
    );
    const switched = read<SessionShape>(await switchTo(account.token, other.organizationId));
    expect(read<MeShape>(await me(switched.token))).toMatchObject({
      role: 'operator',
      organization: { id: other.organizationId },
    });
    expect(read<MeShape>(await me(account.token))).toMatchObject({ role: 'admin', organization: { id: account.organizationId } });
    expect(read<SessionShape>(await refresh(account.refreshToken)).organization.id).toBe(other.organizationId);
    expect(await audited(other, 'session.started')).toHaveLength(2);
  });

  it('does not go on where one is no member', async () => {
    const { switchTo, refresh } = callsOf(world());
    const [account, other] = [await world().signUp(), await world().signUp()];
    const refused = await switchTo(account.token, other.organizationId);
    expect(refusalIn(refused)).toEqual({ status: 404, code: 'organization.not_found', paths: [] });
    expect(read<SessionShape>(await refresh(account.refreshToken)).organization.id).toBe(account.organizationId);
  });
};

const disabling = (world: () => World): void => {
  it('shuts out a user who was disabled, everywhere at once, like anybody who is unknown', async () => {
    const { login } = callsOf(world());
    const account = await world().signUp();
    await world().disable(account);
    await expectOver(world(), [account]);
    const [known, unknown] = [await login(account), await login({ email: 'nobody@quokka.example' })];
    expect([known.status, known.text]).toEqual([401, unknown.text]);
  });
};
