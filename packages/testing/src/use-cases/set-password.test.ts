import {
  changePassword,
  confirmRegistration,
  decidePlacements,
  fewestLocations,
  inProcessSignals,
  login,
  register,
  requestPasswordReset,
  requestRegistration,
  resetPassword,
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
const person = { organizationName: 'Teahouse', name: 'Mina', email, password: 'correct wombat', language: 'en' } as const;
const origin = { device: null };
const passwords = ['first wombat', 'second wombat', 'third wombat'] as const;

/** Mina has signed up. Everything that is started at once has looked everything up before any of it is stored. */
const openOffice = async () => {
  const [clock, ids, mailer] = [fakeClock(), fakeIds(), fakeMailer()];
  const memory = memoryPersistence({ now: clock.now, decide: decidePlacements({ ids, policy: fewestLocations }) });
  const deps = {
    ...{ ...memory, ids, mailer, digest: sha256, now: clock.now, passwords: fakePasswords, linkTokens: fakeLinkTokens },
    ...{ tokens: fakeTokens(clock.now), secrets: fakeSecretSource(), signals: inProcessSignals() },
  };
  const signedUp = await register(deps)(person, origin);
  if (!signedUp.ok) throw new Error(signedUp.error.code);
  const { organization, user } = signedUp.value.member;
  const sessions = await memory.unitOfWork.read(organization.id, (stores) => stores.sessions.openOf(user.id, stores.now));
  const caller = { organizationId: organization.id, actor: { kind: 'user', id: user.id, name: user.name } } as const;
  const linkFor = async (address: string): Promise<string> => {
    await workAccountRequests(deps)();
    const mail = mailer.sent().findLast(({ to }) => to === address);
    if (!mail || !('token' in mail.content)) throw new Error('a link was sent');
    return mail.content.token;
  };
  return {
    clock,
    deps,
    who: { caller, userId: user.id, sessionId: sessions[0]?.id ?? ('' as never) },
    audited: (kind: string) => memory.stateOf(organization.id).audit.filter((entry) => entry.kind === kind).length,
    opens: async (password: string) => (await login(deps)({ email, password }, origin)).ok,
    resetLink: async () => {
      await requestPasswordReset(deps)({ email, language: 'en' });
      return linkFor(email);
    },
    signUpLink: async (address: string) => {
      await requestRegistration(deps)({ ...person, email: address });
      return linkFor(address);
    },
  };
};

const invalid = { ok: false, error: { code: 'link.invalid' } };

describe('setting a password', () => {
  it('counts once by one link, of many that use it at once', async () => {
    const { deps, resetLink, opens, audited } = await openOffice();
    const token = await resetLink();
    const set = await Promise.all(passwords.map((newPassword) => resetPassword(deps)({ token, newPassword })));
    expect(set.filter(({ ok }) => !ok)).toEqual([invalid, invalid]);
    const good = await Promise.all(passwords.map(opens));
    expect(good).toEqual(set.map(({ ok }) => ok));
    expect([await opens(person.password), audited('password.reset')]).toEqual([false, 1]);
  });

  it('counts once by one old password, of many that give it at once', async () => {
    const { deps, who, opens, audited } = await openOffice();
    const change = (newPassword: string) => changePassword(deps)(who, { email, oldPassword: person.password, newPassword });
    const changed = await Promise.all(passwords.map(change));
    expect(changed.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await Promise.all(passwords.map(opens))).toEqual(changed.map(({ ok }) => ok));
    expect(audited('password.changed')).toBe(1);
  });

  it('comes to nothing by a link that has expired, or whose user was disabled meanwhile', async () => {
    const { deps, resetLink, opens, clock, who } = await openOffice();
    const late = await resetLink();
    clock.advance(HOUR_MS);
    expect(await resetPassword(deps)({ token: late, newPassword: 'late wombat' })).toEqual(invalid);
    const token = await resetLink();
    await deps.unitOfWork.run(who.caller.organizationId, async ({ users, now }) => ({
      ok: true,
      value: await users.disable(who.userId, now),
    }));
    expect(await resetPassword(deps)({ token, newPassword: 'late wombat' })).toEqual(invalid);
    expect(await opens('late wombat')).toBe(false);
  });
});

describe('confirming an address', () => {
  it('opens one organization, of many that use one link at once, and none when it has expired', async () => {
    const { deps, signUpLink, clock } = await openOffice();
    const confirm = (token: string) => confirmRegistration(deps)({ token, password: person.password }, origin);
    const token = await signUpLink('amira@quokka.example');
    const confirmed = await Promise.all([1, 2, 3].map(() => confirm(token)));
    expect(confirmed.filter(({ ok }) => !ok)).toEqual([invalid, invalid]);
    expect(await deps.accountRequests.byToken(sha256(token))).toBeUndefined();
    const late = await signUpLink('omar@quokka.example');
    clock.advance(24 * HOUR_MS);
    expect(await confirm(late)).toEqual(invalid);
  });
});
