import type { MakeBackend } from './backend.test-kit.js';
import { read, refusalIn } from './client.test-kit.js';
import { actsOf, type PageShape } from './scene.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

type OrganizationShape = { readonly id: string; readonly name: string; readonly version: number; readonly createdAt: string };

/** What an organization is called, and how that changes. */
export const organization = (make: MakeBackend): void => {
  describe('an organization', () => {
    let world: World;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    afterAll(() => world.close());

    const open = async () => {
      const account = await world.signUp();
      const acts = actsOf(world, account);
      return {
        account,
        acts,
        look: () => acts.get<OrganizationShape>('/organization'),
        change: (json: object) => acts.ask('PATCH', '/organization', json),
        log: async () =>
          (await acts.get<PageShape<{ facts: object; targetId: string }>>('/audit-log?kind=organization.changed')).data,
      };
    };

    it('is renamed by an admin, which is told without the name, and shown to everybody', async () => {
      const { account, acts, look, change, log } = await open();
      const before = await look();
      expect(before).toMatchObject({ id: account.organizationId, version: 1 });
      expect(read<OrganizationShape>(await change({ name: '  شركة النيل  ', version: 1 }))).toEqual({
        ...before,
        name: 'شركة النيل',
        version: 2,
      });
      expect(await look()).toMatchObject({ name: 'شركة النيل', version: 2 });
      expect(await acts.get('/auth/me')).toMatchObject({ organization: { name: 'شركة النيل' } });
      expect(await log()).toMatchObject([{ targetId: account.organizationId, facts: { fields: ['name'] } }]);
    });

    it('is not changed by whoever has read an older one, who is told which it is now', async () => {
      const { look, change, log } = await open();
      await change({ name: 'First' });
      const late = await change({ name: 'Second', version: 1 });
      expect(refusalIn(late)).toEqual({ status: 409, code: 'organization.changed', paths: [] });
      expect(read<{ version: number }>(late).version).toBe(2);
      expect(await look()).toMatchObject({ name: 'First', version: 2 });
      expect(await log()).toHaveLength(1);
    });

    it('is changed once by many who have read the same one', async () => {
      const { look, change } = await open();
      const answers = await Promise.all([1, 2, 3, 4, 5].map((number) => change({ name: `Name ${number}`, version: 1 })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
      expect(await look()).toMatchObject({ version: 2 });
    });

    it('keeps its version when it is given the name that it has', async () => {
      const { look, change, log } = await open();
      const before = await look();
      expect(read(await change({ name: ` ${before.name} ` }))).toEqual(before);
      expect(await log()).toEqual([]);
    });

    it.each([
      ['nothing', {}, ''],
      ['a blank name', { name: ' ' }, 'name'],
      ['a name of 201 characters', { name: 'n'.repeat(201) }, 'name'],
      ['no name', { name: null }, 'name'],
      ['a version that is no number', { name: 'N', version: '1' }, 'version'],
      ['an id', { id: '019b0000-0000-7000-8000-00000000dead' }, 'id'],
    ])('is not changed by %s', async (_, json, path) => {
      const { change, look } = await open();
      expect(refusalIn(await change(json))).toEqual({ status: 400, code: 'request.invalid', paths: [path] });
      expect(await look()).toMatchObject({ version: 1 });
    });
  });
};
