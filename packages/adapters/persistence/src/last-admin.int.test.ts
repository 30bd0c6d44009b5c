import { type Caller, changeRole, inProcessSignals, type OrganizationId, ok, removeMember, UserId } from '@rappit/domain';
import {
  asSuperuser,
  newOrganization,
  openBeside,
  openWorld,
  type TestWorld,
  untilSomebodyWaits,
} from './test-world.test-kit.js';

describe('admins who show each other out', () => {
  let world: TestWorld;
  let beside: TestWorld;
  beforeAll(async () => {
    world = await openWorld();
    beside = await openBeside(world);
  });
  afterAll(async () => {
    await beside.persistence.close();
    await world.persistence.close();
  });

  /** An organization with so many admins more than the one it was opened with. */
  const office = async (more: number): Promise<readonly [OrganizationId, readonly UserId[]]> => {
    const organizationId = await newOrganization(world);
    await world.persistence.unitOfWork.run(organizationId, async ({ users, members }) => {
      for (let count = 0; count < more; count += 1) {
        const id = UserId(world.ids.next());
        await users.enrol({ id, email: `${id}@quokka.example`, name: 'Another admin', language: 'en' }, 'hash');
        await members.add(id, 'admin');
      }
      return ok(undefined);
    });
    return [organizationId, await adminsOf(organizationId)];
  };
  const adminsOf = (organizationId: OrganizationId): Promise<readonly UserId[]> =>
    world.persistence.unitOfWork.read(organizationId, async ({ members }) =>
      (await members.list({ limit: 100 })).data.flatMap(({ user, role }) => (role === 'admin' ? [user.id] : [])),
    );

  const depsOf = ({ persistence, ids }: TestWorld) => ({ unitOfWork: persistence.unitOfWork, ids, signals: inProcessSignals() });
  const removing = ({ at, as, whom }: { at: TestWorld; as: Caller; whom: UserId }) => removeMember(depsOf(at))(as, whom);
  const demoting = ({ at, as, whom }: { at: TestWorld; as: Caller; whom: UserId }) =>
    changeRole(depsOf(at))(as, whom, 'operator');
  const user = (organizationId: OrganizationId, id: UserId): Caller => ({
    organizationId,
    actor: { kind: 'user', id, name: 'Admin' },
  });

  it.each([
    ['removals', removing, removing],
    ['demotions', demoting, demoting],
    ['a removal and a demotion', removing, demoting],
  ])('are heard one after the other, from two processes: %s', async (_, first, second) => {
    const [organizationId, [mina, omar]] = await office(1);
    if (!mina || !omar) throw new Error('there are two admins');
    await asSuperuser(world, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT FROM organizations WHERE id = $1 FOR UPDATE', [organizationId]);
      const answers = Promise.all([
        first({ at: world, as: user(organizationId, mina), whom: omar }),
        second({ at: beside, as: user(organizationId, omar), whom: mina }),
      ]);
      await untilSomebodyWaits(client, 2);
      await client.query('COMMIT');
      const codes = (await answers).map((answer) => (answer.ok ? 'ok' : answer.error.code));
      expect([...codes].sort()).toEqual(['ok', 'permission.denied']);
      expect(await adminsOf(organizationId)).toEqual([codes[0] === 'ok' ? mina : omar]);
    });
  });

  it('never leave an organization without one, whoever leaves at once', async () => {
    const [organizationId, admins] = await office(7);
    const answers = await Promise.all(
      admins.map((admin, index) => {
        const who = { at: index % 2 === 0 ? world : beside, as: user(organizationId, admin), whom: admin };
        return index % 3 === 0 ? demoting(who) : removing(who);
      }),
    );
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.error.code)).sort();
    expect(codes).toEqual(['member.last_admin', ...Array.from({ length: 7 }, () => 'ok')]);
    expect(await adminsOf(organizationId)).toHaveLength(1);
  });
});
