import { plans } from '@rappit/domain';
import type { MakeBackend } from './backend.test-kit.js';
import { type Answer, read } from './client.test-kit.js';
import { accept, freshEmail, invitationCallsOf, account as newcomer } from './invitation-calls.test-kit.js';
import { type Acts, actsOf } from './scene.test-kit.js';
import { sheetsOf } from './sheet-acts.test-kit.js';
import { SECRET } from './shop.test-kit.js';
import { type Account, openWorld, type World } from './world.test-kit.js';

/** There is never more than the plan includes, however many ask at once. */
export const planLimits = (make: MakeBackend): void => {
  describe('limits of a plan', () => {
    let world: World;
    let account: Account;
    let acts: Acts;
    beforeAll(async () => {
      world = await openWorld(make, { planLimits: true });
    });
    beforeEach(async () => {
      account = await world.signUp();
      acts = actsOf(world, account);
      await world.buyPlan(account, 'starter');
    });
    afterAll(() => world.close());

    const addLocation = (code: string): Promise<Answer> => acts.post('/locations', { code, name: code });
    const addShop = (name: string): Promise<Answer> =>
      acts.post('/channels', { kind: 'shopify', name, shopDomain: `${name}.myshopify.com`, webhookSecret: SECRET });
    const usage = async () => (await acts.get<{ usage: object }>('/organization/usage')).usage;
    const reached = (limitOf: string, limit: number, used = limit) => ({
      ...{ status: 402, code: 'subscription.limit_reached', limitOf, limit, usage: used },
    });

    it('are told with what is used of them', async () => {
      expect(await acts.get('/organization/usage')).toEqual({
        limits: plans.starter,
        usage: { members: 1, locations: 0, skus: 0, ordersPerMonth: 0, channels: 0 },
      });
      await acts.addItem('MUG');
      await acts.receive('MUG', await acts.addLocation('A'), 5);
      await acts.place('MUG', 1);
      await addShop(`limited-${account.userId}`);
      expect(await usage()).toEqual({ members: 1, locations: 1, skus: 1, ordersPerMonth: 1, channels: 1 });
    });

    it('let exactly so many through of those that come at once', async () => {
      const answers = await Promise.all(['A', 'B', 'C', 'D', 'E', 'F'].map(addLocation));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      for (const answer of answers.filter(({ status }) => status !== 201))
        expect(read(answer)).toMatchObject(reached('locations', 1));
      expect(await usage()).toMatchObject({ locations: 1 });
    });

    it('let as many orders through as there may be in a month, of batches that come at once', async () => {
      await acts.addItem('MUG');
      await acts.receive('MUG', await acts.addLocation('A'), 1_000);
      const order = { currency: 'EUR', lines: [{ sku: 'MUG', quantity: 1 }] };
      const batch = { orders: Array.from({ length: 100 }, () => order) };
      const month = new Date().getUTCMonth();
      const answers = await Promise.all(Array.from({ length: 6 }, () => acts.post('/orders/batch', batch)));
      const one = await acts.post('/orders', order);
      // Where a month ended meanwhile, more is right.
      if (new Date().getUTCMonth() !== month) return;
      const all = answers.flatMap((answer) => read<{ data: readonly { status: number; problem?: unknown }[] }>(answer).data);
      const refused = all.filter(({ status }) => status !== 201);
      expect([all.length, refused.length]).toEqual([600, 100]);
      for (const { status, problem } of refused)
        expect({ status, problem }).toMatchObject({ status: 402, problem: reached('ordersPerMonth', 500) });
      expect(read(one)).toMatchObject(reached('ordersPerMonth', 500));
      expect(await usage()).toMatchObject({ ordersPerMonth: 500 });
    });

    it('take of a sheet the rows that there is room for, and all that change what is there', async () => {
      const sheets = sheetsOf(world, account, '/items/import');
      const rows = Array.from({ length: plans.starter.skus - 1 }, (_, index) => `ROW-${index},Row ${index}`);
      await sheets.done(`sku,name\n${rows.join('\n')}`);
      const sheet = 'sku,name\nROW-0,Renamed\nLAST,Last\nMORE,More\nROW-1,Row 1\nEVEN-MORE,Even more\n';
      const refused = [4, 6].map((line) => ({ line, column: null, code: 'subscription.limit_reached' }));
      for (const query of ['?dryRun=true', '']) {
        const done = await sheets.done(sheet, query);
        expect(done).toMatchObject({ state: 'done', created: 1, changed: 1, unchanged: 1, refused: 2 });
        expect(await sheets.errorsOf(done)).toMatchObject(refused);
      }
      expect(await usage()).toMatchObject({ skus: 500 });
    });

    it('let one through of an item and of a sheet that come at once', async () => {
      const sheets = sheetsOf(world, account, '/items/import');
      const rows = Array.from({ length: plans.starter.skus - 1 }, (_, index) => `ROW-${index},Row ${index}`);
      await sheets.done(`sku,name\n${rows.join('\n')}`);
      const add = (sku: string) => acts.post('/items', { sku, name: sku });
      const [done, ...answers] = await Promise.all([sheets.done('sku,name\nSHEET,Sheet\n'), ...['ONE', 'TWO', 'THREE'].map(add)]);
      const made = [...answers.map(({ status }) => status), done.created === 1 ? 201 : 402];
      expect(made.toSorted()).toEqual([201, 402, 402, 402]);
      for (const answer of answers.filter(({ status }) => status === 402))
        expect(read(answer)).toMatchObject(reached('skus', 500));
      expect(await usage()).toMatchObject({ skus: 500 });
    });

    it('let as many people in as there may be, of those who accept at once', async () => {
      const { invited } = invitationCallsOf(world, account);
      const tokens: string[] = [];
      for (let count = 0; count < 4; count += 1) tokens.push((await invited(freshEmail())).token);
      const answers = await Promise.all(tokens.map((token) => accept(world, token, newcomer)));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 402, 402]);
      for (const answer of answers.filter(({ status }) => status === 402))
        expect(read(answer)).toMatchObject(reached('members', 3));
      expect(await usage()).toMatchObject({ members: 3 });
    });

    it('hold for shops, and for places that are opened again', async () => {
      const { id } = read<{ id: string }>(await addLocation('A'));
      const patch = (change: object) => acts.ask('PATCH', `/locations/${id}`, change);
      expect((await patch({ active: false })).status).toBe(200);
      expect((await addLocation('B')).status).toBe(201);
      expect(read(await patch({ active: true }))).toMatchObject(reached('locations', 1));
      expect((await addShop(`first-${account.userId}`)).status).toBe(201);
      expect(read(await addShop(`second-${account.userId}`))).toMatchObject(reached('channels', 1));
    });

    it('take nothing away that is there already, and end with a larger plan', async () => {
      const change = (plan: string) => acts.ask('PATCH', '/billing/subscription', { plan });
      await change('growth');
      const ids = [await acts.addLocation('A'), await acts.addLocation('B')];
      await change('starter');
      expect((await acts.ask('PATCH', `/locations/${ids[1]}`, { name: 'Another name' })).status).toBe(200);
      expect(read(await addLocation('C'))).toMatchObject(reached('locations', 1, 2));
      await change('scale');
      expect((await addLocation('C')).status).toBe(201);
    });
  });
};
