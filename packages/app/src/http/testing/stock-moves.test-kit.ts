import type { MakeBackend } from './backend.test-kit.js';
import { read, refusalIn } from './client.test-kit.js';
import { openScene, type PageShape, type Scene } from './scene.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

/** Transfers between locations, and what is kept back. */
export const stockMoves = (makeBackend: MakeBackend): void => {
  describe('moving and keeping back stock', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(makeBackend);
      scene = await openScene(world);
    });
    afterAll(() => world.close());

    const ask = async (method: string, path: string, json: unknown) => {
      const answer = await world.send(method, `/api/v1${path}`, { token: scene.account.token, json });
      return { status: answer.status, json: read(answer) };
    };
    const item = async (units: number): Promise<string> => {
      const sku = `MOVED-${units}`;
      await scene.acts.addItem(sku);
      await scene.acts.receive(sku, scene.locationId, units);
      return sku;
    };
    const moving = (sku: string, quantity: number) => ({
      sku,
      quantity,
      fromLocationId: scene.locationId,
      toLocationId: scene.otherLocationId,
    });

    it('moves what is available, and says what is there afterwards', async () => {
      const sku = await item(7);
      await scene.acts.place(sku, 2);
      const moved = await ask('POST', '/inventory/transfers', moving(sku, 5));
      expect([moved.status, moved.json]).toMatchObject([
        201,
        { from: { onHand: 2, reserved: 2 }, to: { onHand: 5, available: 5 } },
      ]);
      const more = await ask('POST', '/inventory/transfers', moving(sku, 1));
      expect([more.status, more.json]).toMatchObject([409, { code: 'transfer.insufficient_stock', available: 0 }]);
      expect(await scene.acts.get(`/inventory/movements?sku=${sku}&limit=2`)).toMatchObject({
        data: [
          { kind: 'transferIn', onHandDelta: 5, reference: { kind: 'location', id: scene.locationId } },
          { kind: 'transferOut', onHandDelta: -5, reference: { kind: 'location', id: scene.otherLocationId } },
        ],
      });
    });

    it('refuses to move goods to where they are', async () => {
      const sku = await item(3);
      const answer = await ask('POST', '/inventory/transfers', { ...moving(sku, 1), toLocationId: scene.locationId });
      expect([answer.status, answer.json]).toMatchObject([
        400,
        { code: 'transfer.same_location', errors: [{ path: 'toLocationId' }] },
      ]);
    });

    it('never promises the safety stock by itself, and gives what a lower one frees to who waits', async () => {
      const sku = await item(4);
      const plan = (safetyStock: number) => ask('PATCH', '/inventory/levels', { sku, locationId: scene.locationId, safetyStock });
      expect((await plan(3)).json).toMatchObject({ onHand: 4, safetyStock: 3, available: 1 });
      const order = (onShortage: string) => ({ currency: 'EUR', onShortage, lines: [{ sku, quantity: 2 }] });
      expect((await ask('POST', '/orders', order('reject'))).json).toMatchObject({
        code: 'order.insufficient_stock',
        shortfalls: [{ sku, wanted: 2, available: 1 }],
      });
      const waiting = await ask('POST', '/orders', order('backorder'));
      expect(waiting.json).toMatchObject({ status: 'backordered', lines: [{ reserved: 1, backordered: 1 }] });
      expect((await plan(0)).json).toMatchObject({ reserved: 2, available: 2 });
    });

    it('takes back what was returned, for orders that wait first', async () => {
      const sku = await item(1);
      const lines = [{ sku, quantity: 3 }];
      const waiting = await ask('POST', '/orders', { currency: 'EUR', onShortage: 'backorder', lines });
      expect(waiting.json).toMatchObject({ lines: [{ reserved: 1, backordered: 2 }] });
      const returned = { sku, locationId: scene.locationId, quantity: 5, returnReference: 'RMA-7' };
      expect(await ask('POST', '/inventory/receipts', returned)).toMatchObject({ status: 201, json: { onHand: 6, reserved: 3 } });
      expect(await scene.acts.get(`/inventory/movements?sku=${sku}&limit=2`)).toMatchObject({
        data: [
          { kind: 'reserve', reservedDelta: 2 },
          { kind: 'restock', onHandDelta: 5, reference: { kind: 'return', id: 'RMA-7' } },
        ],
      });
      const both = await world.send('POST', '/api/v1/inventory/receipts', {
        token: scene.account.token,
        json: { ...returned, document: 'DN-1' },
      });
      expect(refusalIn(both)).toEqual({ status: 400, code: 'request.invalid', paths: ['returnReference'] });
    });

    it('takes back what an order was promised, once, and gives it to who waits', async () => {
      const sku = await item(2);
      const order = await scene.acts.place(sku, 2);
      const waits = await scene.acts.place(sku, 1, { onShortage: 'backorder' });
      const { data } = await scene.acts.get<PageShape<{ id: string }>>(`/inventory/reservations?orderId=${order.id}`);
      const path = `/inventory/reservations/${data[0]?.id}/release`;
      const released = await ask('POST', path, undefined);
      expect([released.status, released.json]).toMatchObject([200, { id: data[0]?.id, status: 'released', quantity: 2 }]);
      expect(await scene.acts.get(`/orders/${order.id}`)).toMatchObject({
        status: 'backordered',
        lines: [{ reserved: 0, pending: 2, backordered: 0 }],
      });
      expect(await scene.acts.get(`/orders/${waits.id}`)).toMatchObject({ status: 'reserved' });
      expect(await scene.acts.get(`/inventory/movements?sku=${sku}&limit=2`)).toMatchObject({
        data: [{ kind: 'reserve' }, { kind: 'release', reason: 'manual', reference: { kind: 'order', id: order.id } }],
      });
      const again = await ask('POST', path, undefined);
      expect([again.status, again.json]).toMatchObject([409, { code: 'reservation.not_open', reservationStatus: 'released' }]);
    });

    it('leaves the books balanced', async () => {
      expect(await scene.acts.get('/inventory/reconciliation')).toMatchObject({ levels: [], lines: [] });
    });
  });
};
