import { ACCESS_CHANGED, decidePlacements, disableUser, fewestLocations, inProcessSignals, system } from '@rappit/domain';
import { identityOf, openTenant } from '../contracts/tenant-stage.js';
import { fakeClock, fakeIds, memoryPersistence, sha256 } from '../fakes/index.js';

/** Mina is the only admin of one organization and an operator of another, which has an admin of its own. */
const openTwo = async () => {
  const [ids, clock] = [fakeIds(), fakeClock()];
  const memory = memoryPersistence({ now: clock.now, decide: decidePlacements({ ids, policy: fewestLocations }) });
  const world = { ...memory, ids, digest: sha256, newOrganization: () => Promise.reject(new Error('not asked for')) };
  const [home, other] = [await openTenant(world), await openTenant(world)];
  const mina = home.admin;
  await other.run(({ members }) => members.add(mina.id, 'operator'));
  const signals = inProcessSignals();
  const heard: string[] = [];
  signals.subscribe(ACCESS_CHANGED, (key) => heard.push(key));
  const disable = disableUser({ ...memory, ids, signals });
  return {
    ...{ memory, world, home, other, mina, heard },
    set: (email: string, disabled: boolean) => disable({ email, disabled, actor: system('operator') }),
    audit: ({ organization }: typeof home) => memory.stateOf(organization.id).audit.map(({ kind, targetId }) => [kind, targetId]),
  };
};

describe('disabling a user', () => {
  it('shuts the user out of every organization, says so in each, and names those that have no admin now', async () => {
    const { memory, home, other, mina, heard, set, audit } = await openTwo();
    const [here, there] = [await home.signIn(mina), await other.signIn(mina)];
    const colleague = await other.signIn(other.admin);
    const done = await set(mina.email.toUpperCase(), true);
    expect(done).toEqual({
      ok: true,
      value: { userId: mina.id, organizations: 2, withoutAdmin: [home.organization.id] },
    });
    expect(await memory.accounts.membershipsOf(mina.id)).toEqual([]);
    expect(heard).toEqual([mina.id]);
    for (const [tenant, { session }] of [
      [home, here],
      [other, there],
    ] as const)
      expect(audit(tenant)).toEqual([
        ['user.disabled', mina.id],
        ['session.ended', session.id],
      ]);
    expect(memory.stateOf(home.organization.id).audit[0]?.actor).toEqual({ kind: 'system', id: 'operator' });
    expect(await memory.accounts.membership(identityOf(colleague.session))).toMatchObject({ user: { id: other.admin.id } });
  });

  it('is ended without reviving a session', async () => {
    const { memory, home, mina, set, audit } = await openTwo();
    const { session } = await home.signIn(mina);
    await set(mina.email, true);
    expect(await set(mina.email, false)).toMatchObject({ ok: true, value: { organizations: 2, withoutAdmin: [] } });
    expect(await memory.accounts.membershipsOf(mina.id)).toHaveLength(2);
    expect(await memory.accounts.membership(identityOf(session))).toBeUndefined();
    expect(audit(home).map(([kind]) => kind)).toEqual(['user.disabled', 'session.ended', 'user.enabled']);
  });

  it('finds nobody by an address that nobody has, or somebody who belongs nowhere', async () => {
    const { home, other, mina, set } = await openTwo();
    for (const { run } of [home, other]) await run(({ members }) => members.remove(mina.id));
    for (const email of [mina.email, 'nobody@quokka.example'])
      expect(await set(email, true)).toEqual({ ok: false, error: { code: 'user.not_found' } });
  });
});
