import {
  type Caller,
  createApiKey,
  decidePlacements,
  fewestLocations,
  type NewApiKey,
  OrganizationId,
  ok,
  type Role,
  recogniseApiKey,
  revokeApiKey,
  type Scope,
  UserId,
} from '@rappit/domain';
import { fakeClock, fakeIds, fakeSecretSource, memoryPersistence, sha256 } from '../fakes/index.js';

const HOUR_MS = 3_600_000;

/** An organization whose one member makes API keys, and holds whatever role the test says. */
const openOffice = async () => {
  const [clock, ids] = [fakeClock(), fakeIds()];
  const { unitOfWork, door, stateOf } = memoryPersistence({
    now: clock.now,
    decide: decidePlacements({ ids, policy: fewestLocations }),
  });
  const organization = { id: OrganizationId(ids.next()), name: 'Teahouse', createdAt: clock.now() };
  const user = { id: UserId(ids.next()), email: 'mina@quokka.example', name: 'Mina Okafor', language: 'en' } as const;
  await unitOfWork.run(organization.id, async ({ organization: opening, users, members }) => {
    await users.enrol(user, 'hash');
    await opening.open(organization);
    return ok(await members.add(user.id, 'admin'));
  });
  const deps = {
    unitOfWork,
    door,
    ids,
    digest: sha256,
    secrets: fakeSecretSource(),
  };
  const caller: Caller = { organizationId: organization.id, actor: { kind: 'user', id: user.id, name: user.name } };
  const ask = (asked: Partial<NewApiKey>, as: Role = 'admin') =>
    createApiKey(deps)(caller, { user, role: as }, { name: 'Scanner', scopes: ['item.view'], expiresAt: null, ...asked });
  return {
    clock,
    ask,
    make: async (asked: Partial<NewApiKey> = {}) => {
      const made = await ask(asked);
      if (!made.ok) throw new Error(made.error.code);
      return made.value;
    },
    recognise: recogniseApiKey(deps),
    revoke: (id: Parameters<ReturnType<typeof revokeApiKey>>[1]) => revokeApiKey(deps)(caller, id),
    become: (role: Role | null) =>
      unitOfWork.run(organization.id, async ({ members }) =>
        ok(role === null ? await members.remove(user.id) : await members.setRole(user.id, role)),
      ),
    state: () => stateOf(organization.id),
  };
};

describe('an API key', () => {
  it('is known by its secret, acts for its organization and may do what its scopes say', async () => {
    const { make, recognise, state } = await openOffice();
    const { key, secret } = await make({ name: ' Scanner ', scopes: ['item.view', 'order.write', 'item.view'] });
    expect(key).toMatchObject({ name: 'Scanner', prefix: secret.slice(0, 12), scopes: ['item.view', 'order.write'] });
    expect(await recognise(secret)).toMatchObject({ key: { id: key.id, name: 'Scanner' }, rights: ['item.view', 'order.write'] });
    expect(JSON.stringify([...state().apiKeys])).not.toContain(secret);
  });

  it('is told in the audit log when it is made and when it is revoked, without a name', async () => {
    const { make, revoke, state } = await openOffice();
    const { key } = await make();
    await revoke(key.id);
    expect(state().audit).toMatchObject([
      { kind: 'api_key.created', targetId: key.id, facts: { scopes: ['item.view'], expiresAt: null } },
      { kind: 'api_key.revoked', targetId: key.id, facts: {} },
    ]);
    expect(JSON.stringify(state().audit)).not.toMatch(/Scanner|Mina/);
  });

  it('opens nothing from the moment it expires, and not before', async () => {
    const { make, recognise, clock } = await openOffice();
    const { secret } = await make({ expiresAt: new Date(clock.now().getTime() + HOUR_MS) });
    clock.advance(HOUR_MS - 1);
    expect(await recognise(secret)).toMatchObject({ rights: ['item.view'] });
    clock.advance(1);
    expect(await recognise(secret)).toBeUndefined();
  });

  it('opens nothing once it is revoked, and is revoked once', async () => {
    const { make, recognise, revoke } = await openOffice();
    const { key, secret } = await make();
    expect(await revoke(key.id)).toMatchObject({ ok: true });
    expect(await recognise(secret)).toBeUndefined();
    expect(await revoke(key.id)).toEqual({ ok: false, error: { code: 'api_key.not_found' } });
  });

  it('may never do more than its maker may now, and nothing when its maker is gone', async () => {
    const { make, recognise, become } = await openOffice();
    const { secret } = await make({ scopes: ['item.view', 'item.write', 'reservation.release'] });
    const rights = async (): Promise<readonly Scope[] | undefined> => (await recognise(secret))?.rights;
    await become('manager');
    expect(await rights()).toEqual(['item.view', 'item.write']);
    await become('operator');
    expect(await rights()).toEqual(['item.view']);
    await become(null);
    expect(await rights()).toBeUndefined();
  });

  it('isn’t made with more than its maker may, nor with an end in the past', async () => {
    const { ask, clock, state } = await openOffice();
    expect(await ask({ scopes: ['item.view', 'channel.connect', 'reservation.release'] }, 'manager')).toEqual({
      ok: false,
      error: { code: 'api_key.scope_refused', scopes: ['channel.connect', 'reservation.release'] },
    });
    expect(await ask({ expiresAt: clock.now() })).toEqual({ ok: false, error: { code: 'api_key.expiry_past' } });
    expect([state().apiKeys.size, state().audit]).toEqual([0, []]);
  });

  it.each([
    ['no text', () => ''],
    ['another’s', () => `rpt_${'x'.repeat(43)}`],
    ['one that lost its end', (secret: string) => secret.slice(0, -1)],
    ['one that grew', (secret: string) => `${secret}0`],
    ['one without its beginning', (secret: string) => secret.slice(4)],
    ['its hash', sha256],
    ['one with its last character changed', (secret: string) => `${secret.slice(0, -1)}x`],
  ])('isn’t known by %s', async (_, spoil) => {
    const { make, recognise } = await openOffice();
    expect(await recognise(spoil((await make()).secret))).toBeUndefined();
  });
});
