import {
  auditPasswordSetElsewhere,
  changePassword,
  decidePlacements,
  type EventSubscriber,
  fewestLocations,
  inProcessSignals,
  mailPasswordSet,
  OrganizationId,
  register,
  requestPasswordReset,
  requestRegistration,
  UserId,
  workAccountRequests,
} from '@rappit/domain';
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
const email = 'mina@quokka.example';
const person = { organizationName: 'Teahouse', name: 'Mina', email, password: 'correct wombat', language: 'ar' } as const;

/** An office that Mina has signed up at, with a mail server that can fail and a clock that can be moved. */
const openOffice = async () => {
  const [clock, ids, mailer] = [fakeClock(), fakeIds(), fakeMailer()];
  const memory = memoryPersistence({ now: clock.now, decide: decidePlacements({ ids, policy: fewestLocations }) });
  const deps = {
    ...memory,
    ids,
    mailer,
    digest: sha256,
    now: clock.now,
    passwords: fakePasswords,
    tokens: fakeTokens(clock.now),
    secrets: fakeSecretSource(),
    linkTokens: fakeLinkTokens,
    signals: inProcessSignals(),
  };
  const signedUp = await register(deps)(person, { device: null });
  if (!signedUp.ok) throw new Error(signedUp.error.code);
  return {
    ...deps,
    clock,
    member: signedUp.value.member,
    forget: () => requestPasswordReset(deps)({ email, language: 'en' }),
    signUp: (address: string) => requestRegistration(deps)({ ...person, email: address }),
    work: workAccountRequests(deps),
    sent: () => mailer.sent().map(({ to, content }) => [to, content.kind]),
    kept: () => memory.accountRequests.nextDue(),
  };
};

describe('what is asked for an address', () => {
  it('is mailed in the user’s own language, to the address as the user gave it', async () => {
    const { forget, work, mailer, member } = await openOffice();
    await forget();
    expect(await work()).toBe(1);
    expect(mailer.sent()).toMatchObject([{ to: email, language: 'ar', content: { name: 'Mina', minutes: 60 } }]);
    expect(member.user.language).toBe('ar');
    expect(await work()).toBe(0);
  });

  it('is mailed when the mail server is back, the same mail, later and later', async () => {
    const { forget, work, mailer, clock, accountRequests } = await openOffice();
    mailer.breakDown('mail.unavailable');
    await forget();
    expect([await work(), await work()]).toEqual([1, 0]);
    clock.advance(2_000);
    expect([await work(), await work()]).toEqual([1, 0]);
    clock.advance(2_000);
    expect(await work()).toBe(0);
    clock.advance(2_000);
    mailer.mend();
    expect(await work()).toBe(1);
    const [mail, ...more] = mailer.sent();
    if (mail?.content.kind !== 'resetPassword') throw new Error('a link was sent');
    expect(more).toEqual([]);
    expect((await accountRequests.byToken(sha256(mail.content.token)))?.id).toBe(mail.id);
  });

  it('is mailed again, the same mail, when whoever sent it died before saying so', async () => {
    const { forget, mailer, clock, ...deps } = await openOffice();
    await forget();
    const dying = { ...deps.accountRequests, settled: () => Promise.reject(new Error('killed')) };
    await expect(workAccountRequests({ ...deps, mailer, accountRequests: dying })()).rejects.toThrow('killed');
    clock.advance(HOUR_MS / 10);
    await deps.work();
    const [first, second] = mailer.sent();
    expect(mailer.sent()).toHaveLength(2);
    expect(second).toEqual(first);
  });

  it('is dropped when the mail is refused, when it said all there was to say, and when nobody was meant', async () => {
    const { forget, signUp, work, mailer, sent, kept, accountRequests, ids } = await openOffice();
    await signUp(email.toUpperCase());
    await work();
    expect(sent()).toEqual([[email, 'alreadyRegistered']]);
    mailer.breakDown('mail.refused');
    await forget();
    await work();
    mailer.mend();
    await requestPasswordReset({ accountRequests, ids })({ email: 'nobody@quokka.example', language: 'en' });
    await work();
    expect(sent()).toHaveLength(1);
    expect(await kept()).toBeNull();
    expect(await accountRequests.dropExpired(10)).toBe(0);
  });

  it('waits for its link no longer than it says', async () => {
    const { forget, signUp, work, mailer, clock, accountRequests } = await openOffice();
    await forget();
    await signUp('amira@quokka.example');
    await work();
    const hashes = mailer.sent().flatMap(({ content }) => ('token' in content ? [sha256(content.token)] : []));
    const found = async () =>
      (await Promise.all(hashes.map((hash) => accountRequests.byToken(hash)))).map((one) => one?.asks.kind);
    expect(await found()).toEqual(['passwordReset', 'registration']);
    clock.advance(HOUR_MS);
    expect(await found()).toEqual([undefined, 'registration']);
    clock.advance(23 * HOUR_MS);
    expect(await found()).toEqual([undefined, undefined]);
    expect(await accountRequests.dropExpired(10)).toBe(2);
  });
});

describe('a password that was set', () => {
  const setting = async () => {
    const office = await openOffice();
    const { member, unitOfWork, accounts, ids } = office;
    const other = { id: OrganizationId(ids.next()), name: 'Coffeehouse', createdAt: office.clock.now() };
    await unitOfWork.run(other.id, async ({ organization, members }) => {
      await organization.open(other);
      return { ok: true, value: await members.add(member.user.id, 'operator') };
    });
    const caller = { organizationId: member.organization.id, actor: { kind: 'user', id: member.user.id, name: 'Mina' } } as const;
    const open = await unitOfWork.read(caller.organizationId, ({ sessions, now }) => sessions.openOf(member.user.id, now));
    const who = { caller, userId: UserId(member.user.id), sessionId: open[0]?.id ?? ('' as never) };
    await changePassword(office)(who, { email, oldPassword: person.password, newPassword: 'another wombat' });
    const event = office.eventsOf(caller.organizationId).find(({ type }) => type === 'user.password_set');
    if (!event) throw new Error('it was announced');
    const hear = (subscriber: EventSubscriber) => subscriber(caller.organizationId, event);
    const logOf = (id: OrganizationId) =>
      unitOfWork.read(id, async ({ audit }) => (await audit.list({ limit: 10 }, { kind: 'password.changed' })).data);
    return { ...office, caller, other, accounts, event, hear, logOf };
  };

  it('is told to the audit log of each organization of the user once, however often it is heard', async () => {
    const { hear, logOf, caller, other, ...deps } = await setting();
    for (const _ of [1, 2, 3]) await hear(auditPasswordSetElsewhere(deps));
    const [here, there] = [await logOf(caller.organizationId), await logOf(other.id)];
    expect([here.length, there.length]).toEqual([1, 1]);
    expect(there[0]).toMatchObject({ targetId: deps.member.user.id, actor: { kind: 'user', id: deps.member.user.id } });
  });

  it('is told to the user, and not taken for told while no mail can be sent', async () => {
    const { hear, mailer, ...deps } = await setting();
    mailer.breakDown('mail.unavailable');
    await expect(hear(mailPasswordSet({ ...deps, mailer }))).rejects.toThrow('mail.unavailable');
    mailer.mend();
    await hear(mailPasswordSet({ ...deps, mailer }));
    expect(mailer.sent()).toMatchObject([{ to: email, language: 'ar', content: { kind: 'passwordChanged', name: 'Mina' } }]);
  });
});
