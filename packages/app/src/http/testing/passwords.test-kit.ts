import { type Mail, type OrganizationId, ok, UserId } from '@rappit/domain';
import { PERSONAL, SECRET } from '../../../../../test/markers.js';
import type { MakeBackend } from './backend.test-kit.js';
import { type Answer, refusalIn } from './client.test-kit.js';
import { actsOf, anotherSession, type PageShape } from './scene.test-kit.js';
import { type Account, openWorld, PASSWORD, PREFIX, type World } from './world.test-kit.js';

const NEW = `another long ${SECRET}`;
const linkInvalid = { status: 400, code: 'link.invalid', paths: [] };

/** Passwords that are forgotten, guessed and changed. */
export const passwords = (make: MakeBackend): void => {
  describe('passwords', () => {
    let world: World;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    afterAll(() => world.close());
    forgotten(() => world);
    changed(() => world);
    elsewhere(() => world);
  });
};

const callsOf = (world: World) => {
  const post = (path: string, json: object, token?: string): Promise<Answer> =>
    world.send('POST', `${PREFIX}/auth${path}`, { json, token });
  return {
    forgot: (email: string) => post('/password/forgot', { email }),
    reset: (token: string, newPassword = NEW) => post('/password/reset', { token, newPassword }),
    change: ({ token }: Pick<Account, 'token'>, oldPassword: string, newPassword = NEW) =>
      post('/password/change', { oldPassword, newPassword }, token),
    login: async ({ email }: Account, password: string) => (await post('/login', { email, password })).status,
    me: async (token: string) => (await world.send('GET', `${PREFIX}/auth/me`, { token })).status,
    refresh: async (refreshToken: string) => (await post('/refresh', { refreshToken })).status,
    mailsTo: async ({ email }: Pick<Account, 'email'>) => (await world.mails()).filter(({ to }) => to === email),
    audited: async (account: Account, kind: string) =>
      (await actsOf(world, account).get<PageShape<{ targetId: string }>>(`/audit-log?kind=${kind}`)).data,
  };
};

const tokenIn = (mail: Mail | undefined): string => {
  if (!mail || !('token' in mail.content)) throw new Error('a mail with a link was sent');
  return mail.content.token;
};

const forgotten = (world: () => World): void => {
  it('sets a new password by the link of a mail, once, and signs the user out everywhere', async () => {
    const { forgot, reset, login, me, refresh, mailsTo, audited } = callsOf(world());
    const account = await world().signUp();
    const other = await anotherSession(world(), account);
    expect((await forgot(account.email.toUpperCase())).status).toBe(202);
    const [mail, ...more] = await mailsTo(account);
    expect(more).toEqual([]);
    expect(mail?.content).toMatchObject({ kind: 'resetPassword', minutes: 60 });
    expect((await reset(tokenIn(mail))).status).toBe(204);
    expect([await login(account, PASSWORD), await login(account, NEW)]).toEqual([401, 200]);
    for (const { token, refreshToken } of [account, other])
      expect([await me(token), await refresh(refreshToken)]).toEqual([401, 401]);
    expect(refusalIn(await reset(tokenIn(mail), `a third long ${SECRET}`))).toEqual(linkInvalid);
    expect(await login(account, NEW)).toBe(200);
    const again = { ...account, ...(await anotherSession(world(), account, NEW)) };
    expect(await audited(again, 'password.reset')).toMatchObject([{ targetId: account.userId }]);
    expect(await audited(again, 'session.ended')).toHaveLength(2);
  });

  it('takes one of many that use a link at once', async () => {
    const { forgot, reset, mailsTo } = callsOf(world());
    const account = await world().signUp();
    await forgot(account.email);
    const token = tokenIn((await mailsTo(account)).at(-1));
    const answers = await Promise.all([1, 2, 3, 4].map((count) => reset(token, `${SECRET} number ${count}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400, 400, 400]);
  });

  it('has no use for any link that was asked for before a password was set', async () => {
    const { forgot, reset, mailsTo } = callsOf(world());
    const account = await world().signUp();
    for (const _ of [1, 2, 3]) await forgot(account.email);
    const [first, second, third] = (await mailsTo(account)).map(tokenIn);
    expect(new Set([first, second, third]).size).toBe(3);
    expect((await reset(second ?? '')).status).toBe(204);
    for (const token of [first, third]) expect(refusalIn(await reset(token ?? ''))).toEqual(linkInvalid);
  });

  it('refuses a link that nobody was mailed, to the byte like one that was used', async () => {
    const { forgot, reset, mailsTo } = callsOf(world());
    const account = await world().signUp();
    await forgot(account.email);
    const token = tokenIn((await mailsTo(account)).at(-1));
    await reset(token);
    const texts = await Promise.all(
      [token, 'nothing', `${token}x`, account.token.slice(0, 200)].map(async (one) => (await reset(one)).text),
    );
    expect(new Set(texts).size).toBe(1);
  });

  it('takes no password that is too short, and leaves the link good', async () => {
    const { forgot, reset, mailsTo } = callsOf(world());
    const account = await world().signUp();
    await forgot(account.email);
    const token = tokenIn((await mailsTo(account)).at(-1));
    expect(refusalIn(await reset(token, 'short'))).toEqual({ status: 400, code: 'request.invalid', paths: ['newPassword'] });
    expect((await reset(token)).status).toBe(204);
  });

  it('sends nothing to whom nobody knows, and nothing to a user who was disabled or belongs nowhere any more', async () => {
    const { forgot, mailsTo } = callsOf(world());
    const [disabled, gone] = [await world().signUp(), await world().signUp()];
    await world().makeRole(gone, null);
    await world().disable(disabled);
    for (const email of [disabled.email, gone.email, `nobody-at-all@${PERSONAL}.example`]) {
      expect((await forgot(email)).status).toBe(202);
      expect(await mailsTo({ email })).toEqual([]);
    }
  });
};

const changed = (world: () => World): void => {
  it('changes the password for whoever knows the old one, and ends the other sessions', async () => {
    const { change, login, me, mailsTo, audited } = callsOf(world());
    const account = await world().signUp();
    const other = await anotherSession(world(), account);
    expect((await change(account, PASSWORD)).status).toBe(204);
    expect([await me(account.token), await me(other.token)]).toEqual([200, 401]);
    expect([await login(account, PASSWORD), await login(account, NEW)]).toEqual([401, 200]);
    expect((await mailsTo(account)).map(({ content }) => content.kind)).toEqual(['passwordChanged']);
    expect(await audited(account, 'password.changed')).toMatchObject([{ targetId: account.userId }]);
    expect(await audited(account, 'session.ended')).toMatchObject([{ targetId: other.sessionId }]);
  });

  it('changes nothing for whoever does not, nor twice at once', async () => {
    const { change, login } = callsOf(world());
    const account = await world().signUp();
    expect(refusalIn(await change(account, 'not the password'))).toEqual({
      status: 422,
      code: 'account.password_wrong',
      paths: [],
    });
    expect(await login(account, PASSWORD)).toBe(200);
    const answers = await Promise.all([1, 2, 3].map((count) => change(account, PASSWORD, `${SECRET} number ${count}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422, 422]);
  });

  it('leaves a link for a new password good for nothing', async () => {
    const { forgot, change, reset, mailsTo } = callsOf(world());
    const account = await world().signUp();
    await forgot(account.email);
    const token = tokenIn((await mailsTo(account)).at(-1));
    await change(account, PASSWORD);
    expect(refusalIn(await reset(token))).toEqual(linkInvalid);
  });
};

const join = (world: World, { userId }: Account, organizationId: OrganizationId) =>
  world.gate.unitOfWork.run(organizationId, async ({ members }) => ok(await members.add(UserId(userId), 'operator')));

const elsewhere = (world: () => World): void => {
  it('is told to the user’s other organizations too, and to no others', async () => {
    const { change, audited } = callsOf(world());
    const [account, host, stranger] = [await world().signUp(), await world().signUp(), await world().signUp()];
    await join(world(), account, host.organizationId);
    await change(account, PASSWORD);
    await world().mails();
    expect(await audited(host, 'password.changed')).toMatchObject([{ targetId: account.userId }]);
    expect(await audited(stranger, 'password.changed')).toEqual([]);
  });
};
