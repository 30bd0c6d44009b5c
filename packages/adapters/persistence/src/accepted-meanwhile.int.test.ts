import {
  acceptInvitation,
  type Caller,
  inProcessSignals,
  invite,
  type OrganizationId,
  removeMember,
  revokeInvitation,
  UserId,
} from '@rappit/domain';
import { fakeLinkTokens, fakePasswords, fakeSecretSource, fakeTokens } from '@rappit/testing/fakes';
import { PERSONAL, SECRET } from '../../../../test/markers.js';
import {
  asSuperuser,
  digest,
  newOrganization,
  openBeside,
  openWorld,
  type TestWorld,
  untilSomebodyWaits,
} from './test-world.test-kit.js';

const account = { name: 'Lea', newPassword: `a long ${SECRET}` };

describe('an invitation that is accepted while something else happens, in two processes', () => {
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

  const secrets = fakeSecretSource();
  const depsOf = ({ persistence, ids }: TestWorld) => ({
    unitOfWork: persistence.unitOfWork,
    accounts: persistence.accounts,
    door: persistence.doors,
    ids,
    digest,
    secrets,
    passwords: fakePasswords,
    tokens: fakeTokens(() => new Date()),
    linkTokens: fakeLinkTokens,
    signals: inProcessSignals(),
  });

  const office = async () => {
    const organizationId = await newOrganization(world);
    const admins = await world.persistence.unitOfWork.read(organizationId, ({ members }) => members.list({ limit: 1 }));
    const admin = admins.data[0]?.user.id ?? UserId('');
    const caller: Caller = { organizationId, actor: { kind: 'user', id: admin, name: 'Admin' } };
    const invited = async (address: string) => {
      const made = await invite(depsOf(world))(caller, admin, { email: address, role: 'admin', language: 'en' });
      if (!made.ok) throw new Error(made.error.code);
      return { id: made.value.id, token: fakeLinkTokens.tokenFor('invitation', `${made.value.id}.1`) };
    };
    return { organizationId, admin, caller, invited };
  };
  const accept = (at: TestWorld, token: string) => acceptInvitation(depsOf(at))({ token, ...account }, { device: null });
  const membersOf = (organizationId: OrganizationId): Promise<number> =>
    world.persistence.unitOfWork.read(organizationId, async ({ members }) => (await members.list({ limit: 100 })).data.length);
  const email = (): string => `lea-${world.ids.next()}@${PERSONAL}.example`;

  /** Both begin while a row is held, so that they meet at its lock. */
  const meeting = <Both extends readonly unknown[]>(
    organizationId: OrganizationId,
    both: () => { readonly [Index in keyof Both]: Promise<Both[Index]> },
  ): Promise<Both> =>
    asSuperuser(world, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT FROM organizations WHERE id = $1 FOR UPDATE', [organizationId]);
      const answers = Promise.all(both());
      await untilSomebodyWaits(client, 2);
      await client.query('COMMIT');
      return (await answers) as unknown as Both;
    });
  const codeOf = (answer: { readonly ok: true } | { readonly ok: false; readonly error: { readonly code: string } }): string =>
    answer.ok ? 'ok' : answer.error.code;

  it('makes one member of whoever accepts it twice', async () => {
    const { organizationId, invited } = await office();
    const { token } = await invited(email());
    const answers = await meeting(organizationId, () => [accept(world, token), accept(beside, token)]);
    expect(answers.map(codeOf).sort()).toEqual(['link.invalid', 'ok']);
    expect(await membersOf(organizationId)).toBe(2);
  });

  it('is either accepted or taken back', async () => {
    const { organizationId, caller, invited } = await office();
    const { id, token } = await invited(email());
    const revoke = revokeInvitation(depsOf(beside));
    const [accepted, revoked] = await meeting(organizationId, () => [accept(world, token), revoke(caller, id)]);
    expect([codeOf(accepted), codeOf(revoked)]).toEqual(accepted.ok ? ['ok', 'invitation.not_found'] : ['link.invalid', 'ok']);
    expect(await membersOf(organizationId)).toBe(accepted.ok ? 2 : 1);
  });

  it('lets nobody in whose inviter is removed first', async () => {
    const { organizationId, caller, admin, invited } = await office();
    const first = await invited(email());
    expect(codeOf(await accept(world, first.token))).toBe('ok');
    const { token } = await invited(email());
    const remove = removeMember(depsOf(beside));
    const [accepted, removed] = await meeting(organizationId, () => [accept(world, token), remove(caller, admin)]);
    expect([codeOf(removed), ['ok', 'link.invalid'].includes(codeOf(accepted))]).toEqual(['ok', true]);
    expect(await membersOf(organizationId)).toBe(accepted.ok ? 2 : 1);
  });

  it('makes one user of an address that accepts in two organizations at once', async () => {
    const [one, other] = [await office(), await office()];
    const address = email();
    const [mine, theirs] = [await one.invited(address), await other.invited(address.toUpperCase())];
    const answers = await Promise.all([accept(world, mine.token), accept(beside, theirs.token)]);
    // Whoever comes second has an account by then, or is asked to sign in to it.
    expect(answers.map(codeOf).sort()).toEqual(['invitation.sign_in_needed', 'ok']);
    const found = await world.persistence.accounts.credentialsOf(address);
    expect(await world.persistence.accounts.membershipsOf(found?.user.id ?? UserId(''))).toHaveLength(1);
  });
});
