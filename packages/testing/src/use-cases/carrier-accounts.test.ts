import {
  type CarrierAccountChange,
  CarrierAccountId,
  type NewCarrierAccount,
  OrganizationId,
  resealCredentials,
  system,
} from '@rappit/domain';
import {
  exampleAddress,
  exampleDraft,
  exampleItem,
  exampleLine,
  exampleLocation,
  exampleParcel,
  exampleSku,
} from '../fakes/examples.js';
import { fakeVault, fakeVaultOf } from '../fakes/fake-secrets.js';
import { inMemory } from '../fakes/memory/in-memory.js';

const credentials = { accountNumber: '123456789', apiKey: 'the wombat of an account' };
const NOT_FOUND = { ok: false, error: { code: 'carrier_account.not_found' } };

const scene = async () => {
  const hub = inMemory();
  const { caller } = hub;
  const { organizationId } = caller;
  const sku = exampleSku('MUG');
  await hub.addItem(caller, sku, exampleItem('Mug'));
  const location = await hub.addLocation(caller, exampleLocation('FRA'));
  if (!location.ok) throw new Error(location.error.code);
  await hub.receiveStock(caller, { sku, locationId: location.value.id, quantity: 100, reference: null });
  const attempt = (facts: Partial<NewCarrierAccount> = {}) =>
    hub.addCarrierAccount(caller, {
      carrier: 'fake',
      name: ' The usual one ',
      credentials,
      settings: {},
      shipper: null,
      defaultService: null,
      labelFormat: null,
      isDefault: null,
      active: true,
      ...facts,
    });
  return {
    hub,
    organizationId,
    attempt,
    add: async (facts?: Partial<NewCarrierAccount>) => {
      const added = await attempt(facts);
      if (!added.ok) throw new Error(added.error.code);
      return added.value.id;
    },
    change: (id: CarrierAccountId, change: CarrierAccountChange) => hub.changeCarrierAccount(caller, id, change),
    remove: (id: CarrierAccountId) => hub.removeCarrierAccount(caller, id),
    find: (id: CarrierAccountId) => hub.memory.unitOfWork.read(organizationId, (s) => s.carrierAccounts.find(id)),
    opened: async (id: CarrierAccountId) => {
      const sealed = await hub.memory.unitOfWork.read(organizationId, (s) => s.carrierAccounts.sealedOf(id));
      const what = { organizationId, purpose: 'carrier_account.secret', ownerId: id };
      return JSON.parse(fakeVault.open(sealed ?? '', what)) as unknown;
    },
    told: () => hub.memory.stateOf(organizationId).audit.map(({ kind, facts }) => [kind, facts]),
    /** Ships one more order, and says on which account, or why not. */
    ship: async (accountId: CarrierAccountId | null = null) => {
      const draft = exampleDraft([exampleLine('MUG', 1)], { shippingAddress: exampleAddress });
      const placed = await hub.placeOrder(caller, draft);
      if (!placed.ok) throw new Error(placed.error.code);
      await hub.markReady(caller, placed.value.id);
      const request = { carrier: 'fake', accountId, service: null, parcels: [exampleParcel], locationId: null, lineIds: null };
      const shipped = await hub.shipOrder(caller, placed.value.id, request);
      return shipped.ok ? shipped.value.accountId : shipped.error.code;
    },
  };
};

describe('keeping a carrier account', () => {
  it('seals its credentials, and shows of the number only how it ends', async () => {
    const { attempt, opened, told, hub, organizationId } = await scene();
    const added = await attempt();
    expect(added).toMatchObject({
      ok: true,
      value: { name: 'The usual one', numberEnding: '6789', isDefault: true, active: true, removedAt: null, version: 1 },
    });
    if (!added.ok) throw new Error(added.error.code);
    expect(JSON.stringify(added.value)).not.toMatch(/wombat|123456789/);
    expect(JSON.stringify([...hub.memory.stateOf(organizationId).carrierAccounts])).not.toMatch(/wombat|123456789/);
    expect(await opened(added.value.id)).toEqual(credentials);
    expect(told()).toEqual([['carrier_account.added', { carrier: 'fake' }]]);
  });

  it('names everything that is wrong at once, each by its path, without repeating a credential', async () => {
    const { attempt, told } = await scene();
    const refused = await attempt({
      credentials: { accountNumber: 'wombat', password: 'wombat' },
      settings: { timeZone: 'Berlin', colour: 'blue' },
    });
    expect(refused).toEqual({
      ok: false,
      error: {
        code: 'carrier_account.invalid',
        faults: [
          { path: 'credentials.password', message: "isn't known of this carrier" },
          { path: 'credentials.accountNumber', message: 'must be nine digits' },
          { path: 'credentials.apiKey', message: 'is needed' },
          { path: 'settings.colour', message: "isn't known of this carrier" },
          { path: 'settings.timeZone', message: 'must be a time zone such as Europe/Berlin' },
        ],
      },
    });
    expect(await attempt({ carrier: 'nobody' })).toEqual({ ok: false, error: { code: 'carrier.unknown' } });
    expect(told()).toEqual([]);
  });

  it('changes what is named, and of the credentials too only that', async () => {
    const { add, change, opened, find, told } = await scene();
    const id = await add({ defaultService: 'express' });
    const changed = await change(id, { name: 'Another', credentials: { apiKey: 'another wombat' } });
    expect(changed).toMatchObject({ ok: true, value: { name: 'Another', defaultService: 'express', version: 2 } });
    expect(await opened(id)).toEqual({ accountNumber: '123456789', apiKey: 'another wombat' });
    await change(id, { active: false });
    expect(await opened(id)).toEqual({ accountNumber: '123456789', apiKey: 'another wombat' });
    expect(await find(id)).toMatchObject({ active: false, version: 3 });
    expect(told().slice(1)).toEqual([
      ['carrier_account.changed', { fields: ['credentials', 'name'] }],
      ['carrier_account.changed', { fields: ['active'] }],
    ]);
  });

  it('never changes the number, under which what was begun is looked for', async () => {
    const { add, change, opened } = await scene();
    const id = await add();
    expect(await change(id, { credentials: { accountNumber: '987654321' } })).toEqual({
      ok: false,
      error: {
        code: 'carrier_account.invalid',
        faults: [{ path: 'credentials.accountNumber', message: "can't be changed: add another account" }],
      },
    });
    expect(await change(id, { credentials })).toMatchObject({ ok: true });
    expect(await opened(id)).toEqual(credentials);
  });

  it('has one default at most, which gives way to another', async () => {
    const { add, change, find } = await scene();
    const [first, second] = [await add(), await add()];
    expect([await find(first), await find(second)]).toMatchObject([{ isDefault: true }, { isDefault: false }]);
    await change(second, { isDefault: true });
    expect([await find(first), await find(second)]).toMatchObject([{ isDefault: false }, { isDefault: true }]);
    const third = await add({ isDefault: true });
    expect([await find(second), await find(third)]).toMatchObject([{ isDefault: false }, { isDefault: true }]);
  });

  it('is nobody else’s to change, to remove or to try', async () => {
    const { add, hub, find } = await scene();
    const id = await add();
    const stranger = { organizationId: OrganizationId(hub.ids.next()), actor: system('stranger') };
    expect(await hub.changeCarrierAccount(stranger, id, { name: 'Stolen' })).toEqual(NOT_FOUND);
    expect(await hub.removeCarrierAccount(stranger, id)).toEqual(NOT_FOUND);
    expect(await hub.tryCarrierAccount(stranger, id)).toEqual(NOT_FOUND);
    expect(await find(id)).toMatchObject({ name: 'The usual one', version: 1 });
  });

  it('has its credentials sealed anew with the channels’', async () => {
    const { add, hub, organizationId } = await scene();
    await add();
    const reseal = resealCredentials({ ...hub.memory, ids: hub.ids, vault: { ...fakeVaultOf('newer'), open: fakeVault.open } });
    expect(await reseal(organizationId)).toEqual({ ok: true, value: { resealed: 1, current: 0 } });
  });
});

describe('buying on a carrier account', () => {
  it('takes the installation’s own only for whoever never had one', async () => {
    const { add, remove, ship, change } = await scene();
    expect(await ship()).toBeNull();
    const id = await add();
    expect(await ship()).toBe(id);
    await change(id, { active: false });
    expect(await ship()).toBe('carrier_account.not_found');
    await change(id, { active: true });
    expect(await ship()).toBe(id);
    await change(id, { isDefault: false });
    expect(await ship()).toBe('carrier_account.not_found');
    expect(await ship(id)).toBe(id);
    await remove(id);
    expect([await ship(), await ship(id)]).toEqual(['carrier_account.not_found', 'carrier_account.not_found']);
    const another = await add();
    expect(await ship()).toBe(another);
  });

  it('is done on the account that is named, be it the default or not, and on nobody else’s', async () => {
    const { add, ship, hub } = await scene();
    const [first, second] = [await add(), await add()];
    expect([await ship(second), await ship(first), await ship()]).toEqual([second, first, first]);
    expect(await ship(CarrierAccountId(hub.ids.next()))).toBe('carrier_account.not_found');
  });

  it('goes on where it was begun, also when that account was removed since', async () => {
    const { add, remove, hub, ship, organizationId } = await scene();
    const id = await add();
    hub.carrier.breakDown('lostAfterSale');
    expect(await ship()).toBe('carrier.unknown_outcome');
    hub.carrier.mend();
    await remove(id);
    hub.clock.advance(10 * 60_000);
    expect(await hub.lookUpPurchases(organizationId)).toEqual({ due: 1, unanswered: 0 });
    const { data } = await hub.memory.unitOfWork.read(organizationId, (s) => s.shipments.list({ limit: 10 }, {}));
    expect(data).toMatchObject([{ status: 'labelled', accountId: id }]);
    expect(hub.carrier.sold()).toHaveLength(1);
  });
});

describe('trying a carrier account', () => {
  it('asks the carrier something harmless, and tells what is wrong', async () => {
    const { add, hub, change, remove } = await scene();
    const id = await add({ shipper: exampleAddress });
    expect(await hub.tryCarrierAccount(hub.caller, id)).toEqual({ ok: true, value: { problem: null } });
    hub.carrier.breakDown('unauthorized');
    const refused = { ok: true, value: { problem: { code: 'carrier.unauthorized' } } };
    expect(await hub.tryCarrierAccount(hub.caller, id)).toMatchObject(refused);
    await change(id, { shipper: null, active: false });
    expect(await hub.tryCarrierAccount(hub.caller, id)).toMatchObject(refused);
    hub.carrier.mend();
    expect(await hub.tryCarrierAccount(hub.caller, id)).toEqual({ ok: true, value: { problem: null } });
    expect(hub.carrier.sold()).toEqual([]);
    await remove(id);
    expect(await hub.tryCarrierAccount(hub.caller, id)).toEqual(NOT_FOUND);
  });
});
