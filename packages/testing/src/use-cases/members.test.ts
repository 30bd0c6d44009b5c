import {
  ACCESS_CHANGED,
  type Caller,
  changeOrganization,
  changeRole,
  decidePlacements,
  fewestLocations,
  inProcessSignals,
  OrganizationId,
  ok,
  type Role,
  removeMember,
  system,
  UserId,
} from '@rappit/domain';
import { fakeClock, fakeIds, memoryPersistence } from '../fakes/index.js';

/** An organization with two admins, Mina and Omar, and an operator, Lea. */
const openOffice = async () => {
  const [clock, ids] = [fakeClock(), fakeIds()];
  const { unitOfWork, stateOf } = memoryPersistence({
    now: clock.now,
    decide: decidePlacements({ ids, policy: fewestLocations }),
  });
  const organizationId = OrganizationId(ids.next());
  const people: Readonly<Record<'mina' | 'omar' | 'lea', UserId>> = {
    mina: UserId(ids.next()),
    omar: UserId(ids.next()),
    lea: UserId(ids.next()),
  };
  const held: readonly (readonly [keyof typeof people, Role])[] = [
    ['mina', 'admin'],
    ['omar', 'admin'],
    ['lea', 'operator'],
  ];
  await unitOfWork.run(organizationId, async ({ organization, users, members, now }) => {
    await organization.open({ id: organizationId, name: 'Teahouse', createdAt: now });
    for (const [name, role] of held) {
      await users.enrol({ id: people[name], email: `${name}@quokka.example`, name, language: 'en' }, 'hash');
      await members.add(people[name], role);
    }
    return ok(undefined);
  });
  const signals = inProcessSignals();
  const heard: string[] = [];
  signals.subscribe(ACCESS_CHANGED, (key) => heard.push(key));
  const deps = { unitOfWork, ids, signals };
  const as = (name: keyof typeof people): Caller => ({
    organizationId,
    actor: { kind: 'user', id: people[name], name },
  });
  return {
    people,
    as,
    heard,
    give: changeRole(deps),
    remove: removeMember(deps),
    rename: changeOrganization(deps),
    roles: () => [...stateOf(organizationId).members.values()].map(({ role }) => role),
    audit: () => stateOf(organizationId).audit.map(({ kind }) => kind),
    caller: { organizationId, actor: system('test') } satisfies Caller,
  };
};

const denied = { ok: false, error: { code: 'permission.denied' } };

describe('a change of who belongs to an organization', () => {
  it('is made by whoever may make it still when it is made, not when the request was let in', async () => {
    const { give, remove, rename, as, people, roles, audit } = await openOffice();
    expect(await give(as('mina'), people.omar, 'manager')).toMatchObject({ ok: true });
    // Omar's requests were let in while he was an admin.
    expect(await give(as('omar'), people.mina, 'operator')).toEqual(denied);
    expect(await remove(as('omar'), people.lea)).toEqual(denied);
    expect(await rename(as('omar'), { name: 'Omar’s' })).toEqual(denied);
    expect(await remove(as('mina'), people.omar)).toMatchObject({ ok: true });
    expect(await rename(as('omar'), { name: 'Omar’s' })).toEqual(denied);
    expect([roles(), audit()]).toEqual([
      ['admin', 'operator'],
      ['member.role_changed', 'member.removed'],
    ]);
  });

  it('is heard at once by whoever remembers what somebody may do, and only when there was one', async () => {
    const { give, remove, as, people, heard } = await openOffice();
    await give(as('mina'), people.lea, 'manager');
    await remove(as('mina'), people.omar);
    await remove(as('mina'), people.mina);
    expect(heard).toEqual([people.lea, people.omar]);
  });

  it('can be made for nobody who isn’t a member, and leaves no trace', async () => {
    const { give, remove, as, audit } = await openOffice();
    for (const answer of [await give(as('mina'), UserId('nobody'), 'admin'), await remove(as('mina'), UserId('nobody'))])
      expect(answer).toEqual({ ok: false, error: { code: 'member.not_found' } });
    expect(audit()).toEqual([]);
  });

  it('leaves an admin, whoever makes it', async () => {
    const { give, remove, caller, people, roles } = await openOffice();
    expect(await remove(caller, people.omar)).toMatchObject({ ok: true });
    for (const answer of [await remove(caller, people.mina), await give(caller, people.mina, 'operator')])
      expect(answer).toEqual({ ok: false, error: { code: 'member.last_admin' } });
    expect(roles()).toEqual(['admin', 'operator']);
  });
});
