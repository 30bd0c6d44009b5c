import { InvitationId, ok, type Role, UserId } from '@rappit/domain';
import { PERSONAL, SECRET } from '../../../../../test/markers.js';
import type { MakeBackend } from './backend.test-kit.js';
import { type Answer, read, refusalIn } from './client.test-kit.js';
import { actsOf, anotherSession, type PageShape } from './scene.test-kit.js';
import { type Account, openWorld, PASSWORD, PREFIX, type World } from './world.test-kit.js';

type InvitationShape = {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly status: string;
  readonly invitedBy: string;
};
type SessionShape = {
  readonly token: string;
  readonly role: Role;
  readonly user: { readonly id: string };
  readonly organization: { readonly id: string };
};
type EntryShape = { readonly kind: string; readonly targetId: string; readonly actor: object; readonly facts: object };

const linkInvalid = { status: 400, code: 'link.invalid', paths: [] };
const notFound = { status: 404, code: 'invitation.not_found', paths: [] };
const account = { name: 'Lea Quokka', newPassword: `another long ${SECRET}` };

let count = 0;
const freshEmail = (): string => `guest-${++count}@${PERSONAL}.example`;

/** Asking people to become members, and becoming one. */
export const invitations = (make: MakeBackend): void => {
  describe('invitations', () => {
    let world: World;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    afterAll(() => world.close());
    inviting(() => world);
    joiningAnew(() => world);
    joiningWithAnAccount(() => world);
    ending(() => world);
    limits(() => world);
    races(() => world);
  });
};

const callsOf = (world: World, who: Account) => {
  const { ask, get, post } = actsOf(world, who);
  return {
    invite: (email: string, more: object = {}) => post('/invitations', { email, role: 'operator', ...more }),
    /** Invites an address, and answers the id and the token that came to it. */
    invited: async (email: string, more: object = {}) => {
      const answer = await post('/invitations', { email, role: 'operator', ...more });
      if (answer.status !== 201) throw new Error(answer.text);
      return { id: read<InvitationShape>(answer).id, token: await lastToken(world, email) };
    },
    resend: (id: string) => post(`/invitations/${id}/resend`),
    revoke: (id: string) => ask('DELETE', `/invitations/${id}`),
    list: async () => (await get<PageShape<InvitationShape>>('/invitations')).data,
    log: async (kind: string) => (await get<PageShape<EntryShape>>(`/audit-log?kind=${kind}`)).data,
    members: async () => (await get<PageShape<{ id: string; email: string; role: Role }>>('/members')).data,
  };
};

const accept = (world: World, token: string, more: object = {}, signedIn?: string): Promise<Answer> =>
  world.send('POST', `${PREFIX}/auth/invitations/accept`, { json: { token, ...more }, token: signedIn });

const mailsTo = async (world: World, email: string) =>
  (await world.mails()).filter(({ to, content }) => content.kind === 'invitation' && to.toLowerCase() === email.toLowerCase());

const lastToken = async (world: World, email: string): Promise<string> => {
  const mail = (await mailsTo(world, email)).at(-1);
  if (!mail || !('token' in mail.content)) throw new Error('a mail with a link was sent');
  return mail.content.token;
};

/** Answers without what says when and of what: the rest has to be alike. */
const alike = ({ status, headers, text }: Answer, email: string) => ({
  status,
  headers: [...headers.keys()].sort(),
  text: text.replaceAll(email, 'E-MAIL').replace(/"(id|\w+At)":"[^"]+"/g, '"$1":"…"'),
});

const inviting = (world: () => World): void => {
  it('are mailed in the language that was asked for, and listed, and told without the address', async () => {
    const admin = await world().signUp();
    const { invite, list, log } = callsOf(world(), admin);
    const email = freshEmail();
    const { id } = read<InvitationShape>(await invite(` ${email} `.trim(), { role: 'manager', language: 'ar' }));
    const [mail, ...more] = await mailsTo(world(), email);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ to: email, language: 'ar', content: { kind: 'invitation', minutes: 24 * 60 } });
    expect(await list()).toMatchObject([{ id, email, role: 'manager', status: 'pending', invitedBy: admin.userId }]);
    const entries = await log('invitation.created');
    expect(entries).toMatchObject([{ targetId: id, actor: { kind: 'user', id: admin.userId }, facts: { role: 'manager' } }]);
    expect(JSON.stringify(entries)).not.toContain(PERSONAL);
  });

  it('are answered alike, by the same work, for an address that has an account and for one that has none', async () => {
    const admin = await world().signUp();
    const { invite } = callsOf(world(), admin);
    const known = (await world().signUp()).email;
    const askFor = async (email: string) => {
      world().work.reset();
      const before = world().statements();
      const answer = await invite(email);
      return { ...alike(answer, email), work: world().work.done(), statements: world().statements() - before };
    };
    expect(await askFor(known)).toEqual(await askFor(freshEmail()));
  });

  it('go to the address as its user gave it, in the language that the user chose', async () => {
    const admin = await world().signUp();
    const { email } = await world().signUp();
    await callsOf(world(), admin).invite(email.toUpperCase(), { language: 'ar' });
    expect((await mailsTo(world(), email)).at(-1)).toMatchObject({ to: email, language: 'en' });
  });

  it('are not made for a member, nor twice for one address', async () => {
    const admin = await world().signUp();
    const member = await world().join(admin.organizationId, 'operator');
    const { invite, list } = callsOf(world(), admin);
    for (const email of [admin.email, member.email.toUpperCase()])
      expect(refusalIn(await invite(email))).toEqual({ status: 409, code: 'member.exists', paths: [] });
    const email = freshEmail();
    expect((await invite(email)).status).toBe(201);
    expect(refusalIn(await invite(email.toUpperCase()))).toEqual({ status: 409, code: 'invitation.exists', paths: [] });
    expect(await list()).toHaveLength(1);
  });

  it.each([
    ['no address', { email: 'nobody' }, 'email'],
    ['a role that does not exist', { role: 'owner' }, 'role'],
    ['a language that we don’t write', { language: 'xx' }, 'language'],
    ['another organization', { organizationId: 'x' }, 'organizationId'],
  ])('are not made with %s', async (_, asked, path) => {
    const { invite } = callsOf(world(), await world().signUp());
    expect(refusalIn(await invite(freshEmail(), asked))).toEqual({ status: 400, code: 'request.invalid', paths: [path] });
  });
};

const joiningAnew = (world: () => World): void => {
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

const joiningWithAnAccount = (world: () => World): void => {
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
    await world().gate.unitOfWork.run(guest.organizationId, async ({ users, now }) =>
      ok(await users.disable(UserId(guest.userId), now)),
    );
    expect(refusalIn(await accept(world(), token, account))).toEqual(signInNeeded);
    expect((await accept(world(), token, { password: PASSWORD })).status).toBe(400);
    expect(await members()).toHaveLength(1);
  });
};

const ending = (world: () => World): void => {
  it('can be taken back, and nobody accepts them any more', async () => {
    const { invited, revoke, resend, list, log } = callsOf(world(), await world().signUp());
    const { id, token } = await invited(freshEmail());
    expect((await revoke(id.toUpperCase())).status).toBe(204);
    expect(refusalIn(await accept(world(), token, account))).toEqual(linkInvalid);
    for (const answer of [await revoke(id), await resend(id)]) expect(refusalIn(answer)).toEqual(notFound);
    expect(await list()).toEqual([]);
    expect(await log('invitation.revoked')).toMatchObject([{ targetId: id, facts: {} }]);
  });

  it('open by the link that was sent last alone', async () => {
    const { invited, resend, log } = callsOf(world(), await world().signUp());
    const email = freshEmail();
    const { id, token } = await invited(email);
    expect((await resend(id)).status).toBe(200);
    const next = await lastToken(world(), email);
    expect(next).not.toBe(token);
    expect(refusalIn(await accept(world(), token, account))).toEqual(linkInvalid);
    expect((await accept(world(), next, account)).status).toBe(201);
    expect(await log('invitation.resent')).toMatchObject([{ targetId: id }]);
  });

  it.each([
    ['removed', (admin: Account, id: string) => actsOf(world(), admin).ask('DELETE', `/members/${id}`)],
    ['demoted', (admin: Account, id: string) => actsOf(world(), admin).ask('PATCH', `/members/${id}`, { role: 'manager' })],
  ])('count no more when whoever sent them is %s', async (_, act) => {
    const admin = await world().signUp();
    const leaver = await world().join(admin.organizationId, 'admin');
    const { id, token } = await callsOf(world(), leaver).invited(freshEmail(), { role: 'admin' });
    expect((await act(admin, leaver.userId)).status).toBeLessThan(300);
    expect(refusalIn(await accept(world(), token, account))).toEqual(linkInvalid);
    expect(await callsOf(world(), admin).list()).toEqual([]);
    expect(await callsOf(world(), admin).log('invitation.revoked')).toMatchObject([
      { targetId: id, actor: { id: admin.userId } },
    ]);
  });

  it('count while whoever sent them last may send them, whoever sent them first', async () => {
    const admin = await world().signUp();
    const leaver = await world().join(admin.organizationId, 'admin');
    const email = freshEmail();
    const { id } = await callsOf(world(), leaver).invited(email);
    await callsOf(world(), admin).resend(id);
    await actsOf(world(), admin).ask('DELETE', `/members/${leaver.userId}`);
    expect((await accept(world(), await lastToken(world(), email), account)).status).toBe(201);
  });

  it('open nothing when they have expired, are shown so, and can be sent again', async () => {
    const admin = await world().signUp();
    const { invited, invite, resend, list } = callsOf(world(), admin);
    const email = freshEmail();
    const { id, token } = await invited(email);
    await world().gate.unitOfWork.run(admin.organizationId, async ({ invitations: kept, now }) => {
      const found = await kept.find(InvitationId(id));
      return ok(found && (await kept.save({ ...found, expiresAt: now, sentAt: [new Date(0)] }, null)));
    });
    expect(refusalIn(await accept(world(), token, account))).toEqual(linkInvalid);
    expect((await list()).map(({ status }) => status)).toEqual(['expired']);
    expect((await resend(id)).status).toBe(200);
    expect((await list()).map(({ status }) => status)).toEqual(['pending']);
    expect((await accept(world(), await lastToken(world(), email), account)).status).toBe(201);
    expect(refusalIn(await invite(email))).toMatchObject({ code: 'member.exists' });
  });
};

const limits = (world: () => World): void => {
  it('are sent again three times an hour at most, also by taking them back and inviting anew', async () => {
    const { invited, invite, resend, revoke } = callsOf(world(), await world().signUp());
    const email = freshEmail();
    const { id } = await invited(email);
    expect((await resend(id)).status).toBe(200);
    expect((await revoke(id)).status).toBe(204);
    const { id: second } = read<InvitationShape>(await invite(email));
    expect((await resend(second)).status).toBe(200);
    const refused = await resend(second);
    expect(refusalIn(refused)).toEqual({ status: 429, code: 'invitation.sent_too_often', paths: [] });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(3_500);
    expect(seconds).toBeLessThanOrEqual(3_600);
    await revoke(second);
    expect(refusalIn(await invite(email.toUpperCase())).code).toBe('invitation.sent_too_often');
    expect(await mailsTo(world(), email)).not.toHaveLength(0);
    // Another organization's mails are its own.
    expect((await callsOf(world(), await world().signUp()).invite(email)).status).toBe(201);
  });
};

const races = (world: () => World): void => {
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

  it('are either accepted or taken back when both happen at once', async () => {
    const { invited, revoke, members, list } = callsOf(world(), await world().signUp());
    const { id, token } = await invited(freshEmail());
    const [accepted, revoked] = await Promise.all([accept(world(), token, account), revoke(id)]);
    if (accepted.status === 201) expect(refusalIn(revoked)).toEqual(notFound);
    else expect([refusalIn(accepted), revoked.status]).toEqual([linkInvalid, 204]);
    expect(await members()).toHaveLength(accepted.status === 201 ? 2 : 1);
    expect(await list()).toEqual([]);
  });

  it('are made once for an address that is invited many times at once', async () => {
    const { invite, list } = callsOf(world(), await world().signUp());
    const email = freshEmail();
    const answers = await Promise.all([1, 2, 3, 4].map(() => invite(email)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect(await list()).toHaveLength(1);
    expect(await mailsTo(world(), email)).toHaveLength(1);
  });
};
