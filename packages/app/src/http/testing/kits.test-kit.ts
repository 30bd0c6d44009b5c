import type { MakeBackend } from './backend.test-kit.js';
import { read, refusalIn } from './client.test-kit.js';
import { openScene, type Scene } from './scene.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

/** Kits, and orders that are to be paid first. */
export const kits = (makeBackend: MakeBackend): void => {
  describe('kits and payments', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(makeBackend);
      scene = await openScene(world);
      for (const sku of ['CUP', 'SAUCER']) await scene.acts.addItem(sku);
      await scene.acts.receive('CUP', scene.locationId, 9);
      await scene.acts.receive('SAUCER', scene.locationId, 3);
      await ask('POST', '/items', { sku: 'SET', name: 'A set', components: parts });
    });
    afterAll(() => world.close());

    const parts = [
      { sku: 'CUP', quantity: 2 },
      { sku: 'SAUCER', quantity: 1 },
    ];
    const send = (method: string, path: string, json?: unknown) =>
      world.send(method, `/api/v1${path}`, { token: scene.account.token, json });
    const ask = async (method: string, path: string, json?: unknown) => {
      const answer = await send(method, path, json);
      return { status: answer.status, json: read(answer) };
    };

    it('says of what a kit is made, and how many could be ordered', async () => {
      expect(await ask('GET', '/items/SET')).toMatchObject({ status: 200, json: { components: parts } });
      expect(await ask('GET', '/items/SET/availability')).toMatchObject({
        status: 200,
        json: { sku: 'SET', available: 3, locations: [{ locationId: scene.locationId, available: 3 }] },
      });
      expect((await ask('GET', '/items/NONE/availability')).status).toBe(404);
    });

    it('promises whole kits, and shows each part with how many a kit takes', async () => {
      const placed = await scene.acts.place('SET', 2);
      expect(placed).toMatchObject({ status: 'reserved', lines: [{ sku: 'SET', components: parts, reserved: 2 }] });
      const reserved = await scene.acts.get<{ data: object[] }>(`/inventory/reservations?orderId=${placed.id}`);
      expect(reserved.data).toHaveLength(2);
      expect(reserved).toMatchObject({
        data: expect.arrayContaining([expect.objectContaining({ sku: 'CUP', quantity: 4, unitQuantity: 2 })]),
      });
      expect(await ask('GET', '/items/SET/availability')).toMatchObject({ json: { available: 1 } });
      const refused = await ask('POST', '/orders', { currency: 'EUR', lines: [{ sku: 'SET', quantity: 2 }] });
      expect(refused).toMatchObject({ status: 409, json: { shortfalls: [{ sku: 'SET', wanted: 2, available: 1 }] } });
    });

    it('refuses components that make no kit, each with its path', async () => {
      const components = [
        { sku: 'SET', quantity: 1 },
        { sku: 'CUP', quantity: 1 },
        { sku: 'CUP', quantity: 1 },
        { sku: 'NONE', quantity: 1 },
      ];
      expect(refusalIn(await send('POST', '/items', { sku: 'BAD', name: 'No kit', components }))).toEqual({
        status: 400,
        code: 'kit.invalid',
        paths: ['components[0].sku', 'components[2].sku', 'components[3].sku'],
      });
      expect((await ask('GET', '/items/BAD')).status).toBe(404);
    });

    it('keeps a kit a kit, and its parts from being deleted', async () => {
      expect(refusalIn(await send('PATCH', '/items/SET', { components: null }))).toMatchObject({ code: 'item.kit_fixed' });
      expect(refusalIn(await send('PATCH', '/items/CUP', { components: [{ sku: 'SAUCER', quantity: 1 }] }))).toMatchObject({
        code: 'item.kit_fixed',
      });
      expect(await ask('DELETE', '/items/SAUCER')).toMatchObject({ status: 409, json: { code: 'item.in_use', kits: 1 } });
      const receipt = { sku: 'SET', locationId: scene.locationId, quantity: 1 };
      expect(refusalIn(await send('POST', '/inventory/receipts', receipt))).toMatchObject({ status: 409, code: 'item.is_kit' });
    });

    it('keeps what was ordered when a kit is changed', async () => {
      const before = await scene.acts.place('SET', 1);
      expect((await ask('PATCH', '/items/SET', { components: [{ sku: 'CUP', quantity: 3 }] })).status).toBe(200);
      expect(await scene.acts.get(`/orders/${before.id}`)).toMatchObject({ lines: [{ components: parts }] });
      expect(await ask('GET', '/items/SET/availability')).toMatchObject({ json: { available: 1 } });
    });

    it('promises for a while what is to be paid first, and for good what is paid', async () => {
      const line = { currency: 'EUR', lines: [{ sku: 'CUP', quantity: 1 }] };
      const owed = await ask('POST', '/orders', { ...line, paymentStatus: 'pending', paymentMethod: 'prepaid' });
      expect(owed.json).toMatchObject({ paymentWindowMinutes: 30, paymentExpired: false });
      const { id } = owed.json as { id: string };
      const [promise] = (await scene.acts.get<{ data: { expiresAt: string }[] }>(`/inventory/reservations?orderId=${id}`)).data;
      expect(Date.parse(String(promise?.expiresAt))).toBeGreaterThan(Date.now());
      const paid = await ask('POST', `/orders/${id}/payments`, { status: 'paid', reference: 'pi_7' });
      expect(paid).toMatchObject({ status: 200, json: { paymentStatus: 'paid', paymentWindowMinutes: null } });
      expect(await scene.acts.get(`/inventory/reservations?orderId=${id}`)).toMatchObject({ data: [{ expiresAt: null }] });
      expect(await ask('POST', `/orders/${id}/payments`, { status: 'failed' })).toMatchObject({
        status: 409,
        json: { code: 'payment.invalid_transition', paymentStatus: 'paid' },
      });
      expect(await scene.acts.get(`/orders/${id}/timeline`)).toMatchObject({
        data: [{ what: 'placed' }, { what: 'paymentRecorded', text: 'paid pi_7' }],
      });
    });

    it('promises for good to an order that says nothing of payment', async () => {
      const placed = await ask('POST', '/orders', { currency: 'EUR', lines: [{ sku: 'CUP', quantity: 1 }] });
      expect(placed.json).toMatchObject({ paymentStatus: 'pending', paymentWindowMinutes: null });
    });

    it('leaves the books balanced', async () => {
      expect(await scene.acts.get('/inventory/reconciliation')).toMatchObject({ levels: [], lines: [] });
    });
  });
};
