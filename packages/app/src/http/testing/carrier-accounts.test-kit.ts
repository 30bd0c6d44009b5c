import type { MakeBackend } from './backend.test-kit.js';
import { read, refusalIn } from './client.test-kit.js';
import { ADDRESS, actsOf, PARCEL, type PageShape, SECRET } from './scene.test-kit.js';
import { openWorld, PREFIX, type World } from './world.test-kit.js';

type AccountShape = {
  readonly id: string;
  readonly name: string;
  readonly numberEnding: string;
  readonly isDefault: boolean;
  readonly version: number;
};

const credentials = { accountNumber: '123456789', apiKey: SECRET };
const NEW = { carrier: 'fake', name: 'The usual one', credentials };

/** Accounts at carriers: kept sealed, tried, and bought on by nobody else. */
export const carrierAccounts = (make: MakeBackend): void => {
  describe('carrier accounts', () => {
    let world: World;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    afterEach(() => world.carrier.mend());
    afterAll(() => world.close());
    keeping(() => world);
    trying(() => world);
    buying(() => world);
  });
};

const newcomer = async (world: World) => actsOf(world, await world.signUp());

const keeping = (world: () => World): void => {
  it('shows an account without its credentials, whoever asks, and keeps them sealed', async () => {
    const acts = await newcomer(world());
    const added = await acts.post('/carrier-accounts', { ...NEW, shipper: ADDRESS, settings: { timeZone: 'Europe/Berlin' } });
    expect(added.status).toBe(201);
    expect(read<AccountShape>(added)).toMatchObject({
      carrier: 'fake',
      numberEnding: '6789',
      isDefault: true,
      active: true,
      shipper: { city: 'Berlin' },
      settings: { timeZone: 'Europe/Berlin' },
    });
    const listed = await acts.get<PageShape<AccountShape>>('/carrier-accounts');
    expect(listed.data).toEqual([read<AccountShape>(added)]);
    expect(`${added.text}${JSON.stringify(listed)}${JSON.stringify(await acts.get('/audit-log'))}`).not.toMatch(
      /wombat|123456789/,
    );
  });

  it('tells everything that is wrong with one at once, by its path', async () => {
    const acts = await newcomer(world());
    const wrong = await acts.post('/carrier-accounts', { ...NEW, credentials: { accountNumber: '1' }, settings: { a: 'b' } });
    expect(refusalIn(wrong)).toEqual({
      status: 400,
      code: 'carrier_account.invalid',
      paths: ['credentials.accountNumber', 'credentials.apiKey', 'settings.a'],
    });
    const nowhere = await acts.post('/carrier-accounts', { ...NEW, carrier: 'nobody' });
    expect(refusalIn(nowhere)).toEqual({ status: 422, code: 'carrier.unknown', paths: [] });
    for (const credentials of [{ accountNumber: 123456789, apiKey: SECRET }, [], 'x', null])
      expect((await acts.post('/carrier-accounts', { ...NEW, credentials })).status).toBe(400);
    expect((await acts.get<PageShape<AccountShape>>('/carrier-accounts')).data).toEqual([]);
  });

  it('makes one account of a request that is repeated under its key', async () => {
    const acts = await newcomer(world());
    const [first, second] = [
      await acts.post('/carrier-accounts', NEW, 'one-account'),
      await acts.post('/carrier-accounts', NEW, 'one-account'),
    ];
    expect([first.status, second.text, second.headers.get('idempotent-replayed')]).toEqual([201, first.text, 'true']);
    expect((await acts.get<PageShape<AccountShape>>('/carrier-accounts')).data).toHaveLength(1);
  });

  it('changes and removes one, and tells the audit log what, but no value', async () => {
    const acts = await newcomer(world());
    const id = await acts.addCarrierAccount('fake');
    const changed = await acts.ask('PATCH', `/carrier-accounts/${id}`, {
      name: 'Renamed',
      credentials: { apiKey: `new ${SECRET}` },
    });
    expect([changed.status, read<AccountShape>(changed)]).toMatchObject([200, { name: 'Renamed', version: 2 }]);
    const moved = await acts.ask('PATCH', `/carrier-accounts/${id}`, { credentials: { accountNumber: '987654321' } });
    expect(refusalIn(moved)).toEqual({ status: 400, code: 'carrier_account.invalid', paths: ['credentials.accountNumber'] });
    expect((await acts.ask('DELETE', `/carrier-accounts/${id}`)).status).toBe(204);
    for (const [method, path] of [
      ['DELETE', ''],
      ['PATCH', ''],
      ['POST', '/test'],
    ] as const) {
      const json = method === 'PATCH' ? { name: 'Again' } : undefined;
      expect(refusalIn(await acts.ask(method, `/carrier-accounts/${id}${path}`, json))).toMatchObject({
        status: 404,
        code: 'carrier_account.not_found',
      });
    }
    expect((await acts.get<PageShape<AccountShape>>('/carrier-accounts')).data).toEqual([]);
    const log = await acts.get<PageShape<{ kind: string; facts: object }>>('/audit-log');
    expect(log.data.filter(({ kind }) => kind.startsWith('carrier_account.')).map(({ kind, facts }) => [kind, facts])).toEqual([
      ['carrier_account.removed', {}],
      ['carrier_account.changed', { fields: ['credentials', 'name'] }],
      ['carrier_account.added', { carrier: 'fake' }],
    ]);
  });

  it('is for admins alone', async () => {
    const account = await world().signUp();
    for (const role of ['manager', 'operator'] as const) {
      const { token } = await world().join(account.organizationId, role);
      const answer = await world().send('GET', `${PREFIX}/carrier-accounts`, { token });
      expect(refusalIn(answer)).toMatchObject({ status: 403, code: 'permission.denied' });
    }
  });
};

const trying = (world: () => World): void => {
  it('says whether the carrier answers on an account, and what is wrong where it doesn’t', async () => {
    const acts = await newcomer(world());
    const id = await acts.addCarrierAccount('fake', { shipper: ADDRESS });
    const test = async () => {
      const answer = await acts.post(`/carrier-accounts/${id}/test`);
      return [answer.status, read<object>(answer)];
    };
    const sold = world().carrier.sold().length;
    expect(await test()).toEqual([200, { works: true, problem: null }]);
    world().carrier.breakDown('unauthorized');
    expect(await test()).toMatchObject([200, { works: false, problem: { code: 'carrier.unauthorized', path: null } }]);
    world().carrier.breakDown('unavailable');
    expect(await test()).toMatchObject([200, { works: false, problem: { code: 'carrier.unavailable' } }]);
    expect(world().carrier.sold()).toHaveLength(sold);
  });
};

const buying = (world: () => World): void => {
  it('buys on the organization’s own account once it had one, and never again on the installation’s', async () => {
    const acts = await newcomer(world());
    await acts.addItem('MUG');
    await acts.receive('MUG', await acts.addLocation('MAIN'), 10);
    const ship = async (more: object = {}) => {
      const order = await acts.place('MUG', 1);
      await acts.ready(order.id);
      const answer = await acts.post(`/orders/${order.id}/shipments`, { carrier: 'fake', parcels: [PARCEL], ...more });
      return answer.status === 201 ? read<{ accountId: string | null }>(answer).accountId : refusalIn(answer).code;
    };
    expect(await ship()).toBeNull();
    const [first, second] = [await acts.addCarrierAccount('fake'), await acts.addCarrierAccount('fake')];
    expect([await ship(), await ship({ accountId: second })]).toEqual([first, second]);
    await acts.ask('PATCH', `/carrier-accounts/${first}`, { active: false });
    expect([await ship(), await ship({ accountId: second })]).toEqual(['carrier_account.not_found', second]);
    await acts.ask('DELETE', `/carrier-accounts/${first}`);
    await acts.ask('DELETE', `/carrier-accounts/${second}`);
    expect([await ship(), await ship({ accountId: second })]).toEqual(['carrier_account.not_found', 'carrier_account.not_found']);
  });
};
