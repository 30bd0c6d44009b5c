import { SECRET } from '../../../../../test/markers.js';
import type { MakeBackend } from './backend.test-kit.js';
import { read, refusalIn } from './client.test-kit.js';
import {
  accept,
  account,
  invitationCallsOf as callsOf,
  freshEmail,
  linkInvalid,
  type SessionShape,
} from './invitation-calls.test-kit.js';
import { actsOf, anotherSession } from './scene.test-kit.js';
import { openWorld, PASSWORD, PREFIX, type World } from './world.test-kit.js';

/** Becoming a member by an invitation. */
export const joining = (make: MakeBackend): void => {
  describe('accepted invitations', () => {
    let world: World;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    afterAll(() => world.close());
    anew(() => world);
    withAnAccount(() => world);
    atOnce(() => world);
  });
};

const anew = (world: () => World): void => {
  it('make whoever has no account a user and a member by a name and a password, once', async () => {
    const admin = await world().signUp();
    const { invited, list, log, members } = callsOf(world(), admin);
    const email = freshEmail();
    const { id, token } = await invited(email, { role: 'manager', language: 'ar' });
    expect(refusalIn(await accept(world(), token))).toEqual({
      status: 400,
      code: 'invitation.account_needed',
      paths: ['name', 'newPassword'],
    });
    const joined = await accept(world(), token, account);
    expect(joined.status).toBe(201);
    const session = read<SessionShape>(joined);
    expect(session).toMatchObject({
      role: 'manager',
      organization: { id: admin.organizationId },
      user: { email, name: account.name, language: 'ar' },
    });
    expect((await world().send('GET', `${PREFIX}/members`, { token: session.token })).status).toBe(200);
    expect(refusalIn(await accept(world(), token, account))).toEqual(linkInvalid);
    expect((await members()).map((member) => [member.email, member.role])).toContainEqual([email, 'manager']);
    expect(await list()).toEqual([]);
    expect(await log('member.joined')).toMatchObject([
      { targetId: session.user.id, actor: { kind: 'user', id: session.user.id }, facts: { role: 'manager', invitationId: id } },
    ]);
    expect((await anotherSession(world(), { email }, account.newPassword)).sessionId).not.toBe('');
  });

  it.each([
    ['a password of seven characters', { name: 'Lea', newPassword: `${SECRET}7` }, ['newPassword']],
    ['a name of nothing', { name: ' ', newPassword: account.newPassword }, ['name']],
    ['another address', { ...account, email: 'x' }, ['email']],
    ['another role', { ...account, role: 'admin' }, ['role']],
  ])('make nobody a member by %s', async (_, json, paths) => {
    const { invited, members } = callsOf(world(), await world().signUp());
    const { token } = await invited(freshEmail());
    expect(refusalIn(await accept(world(), token, json))).toEqual({ status: 400, code: 'request.invalid', paths });
    expect(await members()).toHaveLength(1);
  });

  it('open nothing by a token that was never sent, or that was made for something else', async () => {
    const admin = await world().signUp();
    const { invited } = callsOf(world(), admin);
    const { id, token } = await invited(freshEmail());
    await world().send('POST', `${PREFIX}/auth/password/forgot`, { json: { email: admin.email } });
    const reset = (await world().mails()).findLast(({ to, content }) => to === admin.email && 'token' in content);
    const others = [
      'unknown',
      id,
      `${token}x`,
      token.toUpperCase(),
      reset && 'token' in reset.content ? reset.content.token : '',
    ];
    for (const other of others) expect(refusalIn(await accept(world(), other, account))).toEqual(linkInvalid);
    const newPassword = account.newPassword;
    const asReset = await world().send('POST', `${PREFIX}/auth/password/reset`, { json: { token, newPassword } });
    expect(refusalIn(asReset)).toEqual(linkInvalid);
  });
};

const withAnAccount = (world: () => World): void => {
  const signInNeeded = { status: 409, code: 'invitation.sign_in_needed', paths: [] };

  it('make a user a member who proves to be the one by the password of the account', async () => {
    const [admin, guest] = [await world().signUp(), await world().signUp()];
    const { token } = await callsOf(world(), admin).invited(guest.email.toUpperCase());
    // Whoever reads the mailbox can't take the account over.
    for (const json of [{}, account]) expect(refusalIn(await accept(world(), token, json))).toEqual(signInNeeded);
    expect(refusalIn(await accept(world(), token, { password: 'not the password' }))).toEqual({
      status: 401,
      code: 'account.credentials_wrong',
      paths: [],
    });
    const session = read<SessionShape>(await accept(world(), token, { password: PASSWORD }));
    expect(session).toMatchObject({ role: 'operator', user: { id: guest.userId }, organization: { id: admin.organizationId } });
    const me = await world().send('GET', `${PREFIX}/auth/me`, { token: guest.token });
    expect(read<{ organizations: unknown[] }>(me).organizations).toHaveLength(2);
  });

  it('make a user a member who is signed in to the account, and nobody else who is signed in', async () => {
    const [admin, guest, other] = [await world().signUp(), await world().signUp(), await world().signUp()];
    const { token } = await callsOf(world(), admin).invited(guest.email);
    const { secret } = await actsOf(world(), guest).addKey(['item.view']);
    for (const stranger of [other.token, admin.token, secret, 'token-0'])
      expect(refusalIn(await accept(world(), token, {}, stranger))).toEqual(signInNeeded);
    const session = read<SessionShape>(await accept(world(), token, {}, guest.token));
    expect(session).toMatchObject({ user: { id: guest.userId }, organization: { id: admin.organizationId } });
  });

  it('let a member who was removed come back, as somebody new when they belong nowhere else', async () => {
    const admin = await world().signUp();
    const { invited, members } = callsOf(world(), admin);
    const email = freshEmail();
    const first = read<SessionShape>(await accept(world(), (await invited(email)).token, account));
    await actsOf(world(), admin).ask('DELETE', `/members/${first.user.id}`);
    const { token } = await invited(email);
    const again = { name: 'Lea again', newPassword: `yet another ${SECRET}` };
    expect(read<SessionShape>(await accept(world(), token, again)).user.id).toBe(first.user.id);
    expect(await members()).toHaveLength(2);
  });

  it('do not let a user in who was disabled', async () => {
    const [admin, guest] = [await world().signUp(), await world().signUp()];
    const { invited, members } = callsOf(world(), admin);
    const { token } = await invited(guest.email);
    await world().disable(guest);
    expect(refusalIn(await accept(world(), token, account))).toEqual(signInNeeded);
    expect((await accept(world(), token, { password: PASSWORD })).status).toBe(400);
    expect(await members()).toHaveLength(1);
  });
};

const atOnce = (world: () => World): void => {
  it('let one of many in that accept at once, with a new account or with one that is there', async () => {
    const admin = await world().signUp();
    const { invited, members } = callsOf(world(), admin);
    const guest = await world().signUp();
    for (const [email, json] of [
      [freshEmail(), account],
      [guest.email, { password: PASSWORD }],
    ] as const) {
      const before = (await members()).length;
      const { token } = await invited(email);
      const answers = await Promise.all([1, 2, 3, 4].map(() => accept(world(), token, json)));
      const codes = answers.map((answer) => (answer.status === 201 ? 'joined' : refusalIn(answer).code));
      expect(codes.filter((code) => code === 'joined')).toHaveLength(1);
      for (const code of codes) expect(['joined', 'link.invalid', 'invitation.sign_in_needed']).toContain(code);
      expect(await members()).toHaveLength(before + 1);
    }
  });
};
