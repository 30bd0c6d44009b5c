import { InvitationId, ok } from '@rappit/domain';
import { PERSONAL } from '../../../../../test/markers.js';
import type { MakeBackend } from './backend.test-kit.js';
import { type Answer, read, refusalIn } from './client.test-kit.js';
import {
  accept,
  account,
  invitationCallsOf as callsOf,
  freshEmail,
  type InvitationShape,
  lastToken,
  linkInvalid,
  mailsTo,
} from './invitation-calls.test-kit.js';
import { actsOf } from './scene.test-kit.js';
import { type Account, openWorld, type World } from './world.test-kit.js';

const notFound = { status: 404, code: 'invitation.not_found', paths: [] };

/** Asking people to become members, and taking that back. */
export const invitations = (make: MakeBackend): void => {
  describe('invitations', () => {
    let world: World;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    afterAll(() => world.close());
    inviting(() => world);
    ending(() => world);
    limits(() => world);
    races(() => world);
  });
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
