import type { MakeBackend } from './backend.test-kit.js';
import { type ProblemShape, read, refusalIn } from './client.test-kit.js';
import { openScene, PARCEL, type Scene } from './scene.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

/** Labels: bought once, streamed, and found again when an answer got lost. */
export const shipping = (make: MakeBackend): void => {
  describe('shipping', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    beforeEach(async () => {
      scene = await openScene(world);
    });
    afterEach(() => world.carrier.mend());
    afterAll(() => world.close());

    const ship = (json: object = {}) =>
      scene.acts.post(`/orders/${scene.readyOrderId}/shipments`, { carrier: 'fake', parcels: [PARCEL], ...json });

    it('buys a label and streams it as the carrier made it', async () => {
      const shipment = read<{ id: string; status: string; trackingNumber: string }>(await ship());
      expect(shipment.status).toBe('labelled');
      expect(await scene.acts.get(`/orders/${scene.readyOrderId}`)).toMatchObject({
        status: 'shipped',
        lines: [{ shipped: 3, reserved: 0 }],
      });
      const label = await scene.acts.ask('GET', `/shipments/${shipment.id}/label`);
      expect([label.status, label.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect(label.headers.get('content-disposition')).toBe(`attachment; filename="label-${shipment.trackingNumber}.pdf"`);
      expect(label.text.startsWith('%PDF-1.4')).toBe(true);
      expect(refusalIn(await scene.acts.ask('GET', `/shipments/${shipment.id}/label?number=2`))).toEqual({
        status: 404,
        code: 'shipment.label_not_found',
        paths: [],
      });
      expect(await scene.acts.get(`/shipments?orderId=${scene.readyOrderId}`)).toMatchObject({
        data: [{ id: shipment.id }],
        nextCursor: null,
      });
    });

    it("hands the carrier's refusal on with the field at fault, and buys the draft's label later", async () => {
      const heavy = await ship({ parcels: [PARCEL, { ...PARCEL, weightGrams: 80_000 }] });
      expect(refusalIn(heavy)).toEqual({ status: 422, code: 'carrier.refused', paths: ['parcels[1].weightGrams'] });
      const { shipmentId } = read<ProblemShape>(heavy);
      expect(await scene.acts.get(`/shipments/${shipmentId}`)).toMatchObject({
        status: 'draft',
        refusal: { code: 'carrier.refused' },
      });
      expect((await ship()).status).toBe(201);
    });

    it.each([
      ['unavailable', 503, 'carrier.unavailable', 'draft'],
      ['unauthorized', 502, 'carrier.unauthorized', 'draft'],
      ['lostAfterSale', 504, 'carrier.unknown_outcome', 'unknown'],
      ['lostBeforeSale', 504, 'carrier.unknown_outcome', 'unknown'],
    ] as const)('names the shipment when the carrier is %s', async (fault, status, code, left) => {
      world.carrier.breakDown(fault);
      const answer = await ship();
      expect(refusalIn(answer)).toEqual({ status, code, paths: [] });
      expect(answer.headers.get('retry-after')).toBe(fault === 'unavailable' ? '30' : null);
      expect(await scene.acts.get(`/shipments/${read<ProblemShape>(answer).shipmentId}`)).toMatchObject({ status: left });
    });

    it('finds a purchase again whose answer got lost, and never buys a second', async () => {
      const before = world.carrier.sold().length;
      world.carrier.breakDown('lostAfterSale');
      const { shipmentId } = read<ProblemShape>(await ship());
      world.carrier.mend();
      const found = await scene.acts.post(`/shipments/${shipmentId}/label`);
      expect([found.status, read<{ status: string }>(found).status]).toEqual([200, 'labelled']);
      expect((await scene.acts.post(`/shipments/${shipmentId}/label`)).text).toBe(found.text);
      expect(world.carrier.sold().length).toBe(before + 1);
    });

    it('says that a lost purchase never was, and buys it then', async () => {
      world.carrier.breakDown('lostBeforeSale');
      const { shipmentId } = read<ProblemShape>(await ship());
      world.carrier.mend();
      expect(refusalIn(await scene.acts.post(`/shipments/${shipmentId}/label`))).toEqual({
        status: 409,
        code: 'carrier.reference_unknown',
        paths: [],
      });
      expect((await scene.acts.post(`/shipments/${shipmentId}/label`)).status).toBe(200);
    });

    it('cancels a shipment once, however often it is asked, and ships the order again', async () => {
      const { id, trackingNumber } = read<{ id: string; trackingNumber: string }>(await ship());
      const cancelled = await scene.acts.post(`/shipments/${id}/cancel`, undefined, 'cancel-once');
      expect([cancelled.status, read<object>(cancelled)]).toMatchObject([200, { status: 'cancelled', warnings: [] }]);
      expect(world.carrier.voided()).toContain(trackingNumber);
      expect((await scene.acts.post(`/shipments/${id}/cancel`, undefined, 'cancel-once')).text).toBe(cancelled.text);
      expect((await scene.acts.post(`/shipments/${id}/cancel`)).text).toBe(cancelled.text);
      const order = `/orders/${scene.readyOrderId}`;
      expect(await scene.acts.get(order)).toMatchObject({ status: 'readyToShip', lines: [{ shipped: 0, reserved: 3 }] });
      const bought = await scene.acts.post(`/shipments/${id}/label`);
      expect(read<object>(bought)).toMatchObject({ code: 'shipment.invalid_transition', shipmentStatus: 'cancelled' });
      expect((await ship()).status).toBe(201);
      expect(await scene.acts.get(`/inventory/reconciliation`)).toMatchObject({ levels: [], lines: [] });
    });

    it('waits with a cancellation whose answer got lost, and asks for it again', async () => {
      const { id } = read<{ id: string }>(await ship());
      world.carrier.breakDown('lostAfterSale');
      const lost = await scene.acts.post(`/shipments/${id}/cancel`);
      expect(read<object>(lost)).toMatchObject({ status: 504, code: 'carrier.unknown_outcome', shipmentId: id });
      const waiting = await scene.acts.get<{ status: string; voidAskedAt: string | null }>(`/shipments/${id}`);
      expect([waiting.status, typeof waiting.voidAskedAt]).toEqual(['labelled', 'string']);
      world.carrier.mend();
      const again = await scene.acts.post(`/shipments/${id}/cancel`);
      expect(read<object>(again)).toMatchObject({ status: 'cancelled', voidAskedAt: null });
    });

    it('cancels nothing of which the carrier has the parcel', async () => {
      const { id, trackingNumber } = read<{ id: string; trackingNumber: string }>(await ship());
      world.carrier.scan(trackingNumber, [{ at: new Date(), status: 'pickedUp' }]);
      expect(refusalIn(await scene.acts.post(`/shipments/${id}/cancel`))).toEqual({
        status: 422,
        code: 'carrier.refused',
        paths: [],
      });
      expect(await scene.acts.get(`/shipments/${id}`)).toMatchObject({ status: 'labelled', voidAskedAt: null });
    });

    it('says what is in the way of a label', async () => {
      expect(refusalIn(await ship({ carrier: 'none' }))).toEqual({ status: 422, code: 'carrier.unknown', paths: [] });
      const reserved = await scene.acts.post(`/orders/${scene.orderId}/shipments`, { carrier: 'fake', parcels: [PARCEL] });
      expect(read<object>(reserved)).toMatchObject({
        status: 409,
        code: 'order.invalid_transition',
        orderStatus: 'reserved',
        action: 'ship',
      });
      const nowhere = await scene.acts.place(scene.sku, 1, { shippingAddress: null });
      await scene.acts.ready(nowhere.id);
      const addressless = await scene.acts.post(`/orders/${nowhere.id}/shipments`, { carrier: 'fake', parcels: [PARCEL] });
      expect(refusalIn(addressless)).toEqual({ status: 422, code: 'shipment.address_missing', paths: ['shippingAddress'] });
    });
  });
};
