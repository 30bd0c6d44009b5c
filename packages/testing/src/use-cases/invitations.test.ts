import {
  acceptInvitation,
  type Caller,
  decidePlacements,
  dropInvitations,
  fewestLocations,
  type Invitation,
  inProcessSignals,
  invite,
  mailInvitation,
  OrganizationId,
  ok,
  type Role,
  relayOutbox,
  resendInvitation,
  revokeInvitation,
  system,
  UserId,
} from '@rappit/domain';
import { PERSONAL, SECRET } from '../../../../test/markers.js';
import {
  fakeClock,
  fakeIds,
  fakeLinkTokens,
  fakeMailer,
  fakePasswords,
  fakeSecretSource,
  fakeTokens,
  memoryPersistence,
  sha256,
} from '../fakes/index.js';

const HOUR_MS = 3_600_000;
const email = `lea@${PERSONAL}.example`;
const origin = { device: null };
const account = { name: 'Lea', newPassword: `a long ${SECRET}` };

/** An organization of Mina's, who invites, with a mail server that can fail and a clock that can be moved. */
const openOffice = async () => {
  const [clock, ids, mailer] = [fakeClock(), fakeIds(), fakeMailer()];
  const memory = memoryPersistence({ now: clock.now, decide: decidePlacements({ ids, policy: fewestLocations }) });
  const deps = {
    ...memory,
    ids,
    mailer,
    digest: sha256,
    passwords: fakePasswords,
    tokens: fakeTokens(clock.now),
    secrets: fakeSecretSource(),
    linkTokens: fakeLinkTokens,
    signals: inProcessSignals(),
  };
  const [organizationId, mina] = [OrganizationId(ids.next()), UserId(ids.next())];
  await memory.unitOfWork.run(organizationId, async ({ organization, users, members, now }) => {
    await organization.open({ id: organizationId, name: 'Teahouse', createdAt: now });
    await users.enrol({ id: mina, email: `mina@${PERSONAL}.example`, name: 'Mina', language: 'en' }, 'hash');
    return ok(await members.add(mina, 'admin'));
  });
  const caller: Caller = { organizationId, actor: { kind: 'user', id: mina, name: 'Mina' } };
  const relay = relayOutbox({ unitOfWork: memory.unitOfWork, subscribers: [mailInvitation(deps)] });
  return {
    clock,
    mailer,
    organizationId,
    caller,
    ask: (role: Role, as: Caller = caller) => invite(deps)(as, mina, { email, role, language: 'ar' }),
    made: async (): Promise<Invitation> => {
      const made = await invite(deps)(caller, mina, { email, role: 'operator', language: 'ar' });
      if (!made.ok) throw new Error(made.error.code);
      return made.value;
    },
    resend: (id: Invitation['id']) => resendInvitation(deps)(caller, mina, id),
    revoke: (id: Invitation['id'], as: Caller = caller) => revokeInvitation(deps)(as, id),
    accept: (token: string, more: object = account) => acceptInvitation(deps)({ token, ...more }, origin),
    drop: () => dropInvitations(deps)(organizationId),
    become: (role: Role | null) =>
      memory.unitOfWork.run(organizationId, async ({ members }) =>
        ok(role === null ? await members.remove(mina) : await members.setRole(mina, role)),
      ),
    work: () => relay(organizationId),
    tokens: () => mailer.sent().map(({ content }) => ('token' in content ? content.token : '')),
    state: () => memory.stateOf(organizationId),
  };
};

const linkInvalid = { ok: false, error: { code: 'link.invalid' } };
const denied = { ok: false, error: { code: 'permission.denied' } };

describe('an invitation', () => {
  it('is mailed when the mail server is back, the same mail once', async () => {
    const { made, work, mailer, clock, tokens } = await openOffice();
    mailer.breakDown('mail.unavailable');
    const { id } = await made();
    await work();
    mailer.mend();
    clock.advance(HOUR_MS);
    await work();
    await work();
    expect(mailer.sent()).toMatchObject([
      {
        id: `${id}.1`,
        to: email,
        language: 'ar',
        content: { organizationName: 'Teahouse', inviterName: 'Mina', minutes: 1_440 },
      },
    ]);
    expect(tokens()).toHaveLength(1);
  });

  it.each<[string, (office: Awaited<ReturnType<typeof openOffice>>, id: Invitation['id']) => Promise<unknown>]>([
    ['was taken back', ({ revoke }, id) => revoke(id)],
    ['has expired', async ({ clock }) => clock.advance(24 * HOUR_MS)],
    ['lost its sender', ({ become }) => become(null)],
  ])('is not mailed any more when it %s', async (_, happens) => {
    const office = await openOffice();
    office.mailer.breakDown('mail.unavailable');
    const { id } = await office.made();
    await office.work();
    await happens(office, id);
    office.mailer.mend();
    office.clock.advance(HOUR_MS);
    await office.work();
    expect(office.mailer.sent()).toEqual([]);
  });

  it('is mailed by its last token alone when it was sent again before the mail server was back', async () => {
    const { made, resend, work, mailer, clock, tokens, accept } = await openOffice();
    mailer.breakDown('mail.unavailable');
    const { id } = await made();
    await work();
    await resend(id);
    mailer.mend();
    clock.advance(HOUR_MS);
    await work();
    await work();
    expect(mailer.sent().map((mail) => mail.id)).toEqual([`${id}.2`]);
    expect(await accept(tokens()[0] ?? '')).toMatchObject({ ok: true });
  });

  it('is dropped quietly when its address does not exist', async () => {
    const { made, work, mailer } = await openOffice();
    mailer.breakDown('mail.refused');
    await made();
    expect([await work(), await work()]).toEqual([1, 0]);
  });

  it('counts for a day, to the moment', async () => {
    for (const [milliseconds, expected] of [
      [24 * HOUR_MS - 1, { ok: true }],
      [24 * HOUR_MS, linkInvalid],
    ] as const) {
      const { made, work, tokens, clock, accept } = await openOffice();
      await made();
      await work();
      clock.advance(milliseconds);
      expect(await accept(tokens()[0] ?? '')).toMatchObject(expected);
    }
  });

  it.each<[string, Role | null]>([
    ['may invite nobody any more', 'manager'],
    ['is gone', null],
  ])('opens nothing when whoever sent it %s, even if it was not taken back', async (_, role) => {
    const { made, work, tokens, become, accept, state } = await openOffice();
    await made();
    await work();
    await become(role);
    expect(await accept(tokens()[0] ?? '')).toEqual(linkInvalid);
    await become('admin');
    expect(state().members.size).toBe(role === null ? 0 : 1);
  });

  it('is made, sent again and taken back by whoever may still when that is done', async () => {
    const { made, ask, resend, revoke, become, caller } = await openOffice();
    const { id } = await made();
    await become('manager');
    expect([await ask('operator'), await resend(id), await revoke(id)]).toEqual([denied, denied, denied]);
    expect(await revoke(id, { ...caller, actor: system('test') })).toMatchObject({ ok: true });
  });

  it('is told by ids alone, and neither its token nor its password is kept', async () => {
    const { made, work, tokens, accept, state } = await openOffice();
    await made();
    await work();
    await accept(tokens()[0] ?? '');
    expect(state().audit.map(({ kind }) => kind)).toEqual(['invitation.created', 'member.joined', 'session.started']);
    expect(JSON.stringify([state().audit, state().outbox])).not.toContain(PERSONAL);
    expect(JSON.stringify([...state().invitations])).not.toContain(tokens()[0] ?? '');
  });

  it('is removed a week after it expired', async () => {
    const { made, drop, clock, state } = await openOffice();
    await made();
    clock.advance(8 * 24 * HOUR_MS - 1);
    expect(await drop()).toBe(0);
    clock.advance(1);
    expect([await drop(), state().invitations.size]).toEqual([1, 0]);
  });

  it('can be made anew for an address whose invitation has expired', async () => {
    const { made, ask, clock, state } = await openOffice();
    const { id } = await made();
    clock.advance(24 * HOUR_MS);
    expect(await ask('manager')).toMatchObject({ ok: true });
    expect(state().invitations.get(id)?.invitation.endedAt).toEqual(clock.now());
  });
});
