import type { MakeBackend } from './backend.test-kit.js';
import { type ProblemShape, read, refusalIn } from './client.test-kit.js';
import { openScene, PARCEL, type PageShape, type Scene } from './scene.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

type ReturnShape = { readonly id: string; readonly number: string; readonly status: string };

/** Taking back what was shipped: the scene's order of six has a return of two that is authorised, and one of two that was asked for. */
export const returns = (make: MakeBackend): void => {
  describe('returns', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    beforeEach(async () => {
      scene = await openScene(world);
    });
    afterAll(() => world.close());

    const order = () => scene.acts.get<object>(`/orders/${scene.sentOrderId}`);
    const onReturn = (path: string, json?: unknown, key?: string) =>
      scene.acts.post(`/returns/${scene.returnId}${path}`, json, key);
    const goods = (quantity: number, condition = 'sellable') => ({ lineId: scene.sentLineId, quantity, condition });
    const receive = (...lines: readonly object[]) => onReturn('/receive', { locationId: scene.locationId, lines });
    const onHand = async () => (await scene.acts.levels()).find(({ locationId }) => locationId === scene.locationId)?.onHand ?? 0;

    const arrive = async (shipmentId: string) => {
      const { trackingNumber } = await scene.acts.get<{ trackingNumber: string }>(`/shipments/${shipmentId}`);
      world.carrier.scan(trackingNumber, [{ at: new Date(), status: 'delivered' }]);
      const tracked = await scene.acts.post(`/shipments/${shipmentId}/track`);
      expect(read<object>(tracked)).toMatchObject({ status: 'delivered' });
    };

    it('are asked for, authorised and received in parts, sellable and damaged, until all of the order came back', async () => {
      const { acts, requestedReturnId } = scene;
      expect(await order()).toMatchObject({ status: 'shipped', lines: [{ shipped: 6, returning: 4, returned: 0 }] });
      const before = await onHand();
      const partly = await receive(goods(1));
      expect(read<ReturnShape>(partly)).toMatchObject({ status: 'partlyReceived', lines: [{ parts: [{ sellable: 1 }] }] });
      expect(await onHand()).toBe(before + 1);
      expect(read<ReturnShape>(await receive(goods(1, 'damaged')))).toMatchObject({ status: 'received' });
      expect(await onHand()).toBe(before + 1);
      await acts.post(`/returns/${requestedReturnId}/authorise`);
      const rest = { locationId: scene.otherLocationId, lines: [goods(2)] };
      await acts.post(`/returns/${requestedReturnId}/receive`, rest);
      const third = read<ReturnShape>(
        await acts.post(`/orders/${scene.sentOrderId}/returns`, {
          lines: [{ lineId: scene.sentLineId, quantity: 2, reason: 'other' }],
        }),
      );
      await acts.post(`/returns/${third.id}/authorise`);
      await acts.post(`/returns/${third.id}/receive`, rest);
      expect(await order()).toMatchObject({ status: 'returned', lines: [{ shipped: 6, returning: 0, returned: 6 }] });
      expect(await acts.get('/inventory/reconciliation')).toMatchObject({ levels: [], lines: [] });
    });

    it('are listed by order and by status, newest first, and shown one by one', async () => {
      const { acts, sentOrderId, returnId, requestedReturnId } = scene;
      const listed = async (query: string) =>
        (await acts.get<PageShape<ReturnShape>>(`/returns${query}`)).data.map(({ id, number }) => [id, number.slice(-3)]);
      const [authorised, requested] = [
        [returnId, '-R1'],
        [requestedReturnId, '-R2'],
      ];
      expect(await listed('')).toEqual([requested, authorised]);
      expect(await listed(`?orderId=${sentOrderId}&status=authorised`)).toEqual([authorised]);
      expect(await listed(`?orderId=${scene.orderId}`)).toEqual([]);
      expect(refusalIn(await acts.ask('GET', '/returns?status=lost'))).toMatchObject({ status: 400, paths: ['status'] });
      expect(await acts.get(`/returns/${returnId}`)).toMatchObject({ id: returnId, orderId: sentOrderId, status: 'authorised' });
    });

    it('are refused beyond what was shipped, and for an order that was not', async () => {
      const { acts, sentOrderId, sentLineId, orderId, lineId } = scene;
      const ask = (id: string, line: object) =>
        acts.post(`/orders/${id}/returns`, { lines: [{ reason: 'changedMind', ...line }] });
      const tooMany = await ask(sentOrderId, { lineId: sentLineId, quantity: 3 });
      expect(refusalIn(tooMany)).toEqual({ status: 409, code: 'return.quantity_exceeded', paths: ['lines[0].quantity'] });
      expect(read<ProblemShape>(tooMany)).toMatchObject({ available: 2 });
      const unshipped = await ask(orderId, { lineId, quantity: 1 });
      expect(read<ProblemShape>(unshipped)).toMatchObject({
        code: 'order.invalid_transition',
        orderStatus: 'reserved',
        action: 'requestReturn',
      });
      expect(refusalIn(await ask(sentOrderId, { lineId: sentLineId, quantity: 1, reason: 'mood' }))).toMatchObject({
        code: 'request.invalid',
        paths: ['lines[0].reason'],
      });
      expect(refusalIn(await ask(sentOrderId, { lineId, quantity: 1 }))).toMatchObject({ code: 'order.line_not_found' });
    });

    it('are refused where more comes than is awaited, or something else, and nothing is half done', async () => {
      const before = [await onHand(), await order()];
      const refused = [await receive(goods(1), goods(2)), await receive({ ...goods(1), lineId: scene.lineId })];
      expect(refused.map(refusalIn)).toEqual([
        { status: 409, code: 'return.quantity_exceeded', paths: ['lines[1].quantity'] },
        { status: 404, code: 'return.line_not_found', paths: ['lines[0].lineId'] },
      ]);
      expect(refusalIn(await receive(goods(1, 'wet')))).toMatchObject({ paths: ['lines[0].condition'] });
      expect([await onHand(), await order()]).toEqual(before);
    });

    it('come with a label that is bought once, from the customer to the location, and says nothing of whether the order was delivered', async () => {
      const wanted = { carrier: 'fake', parcels: [PARCEL], locationId: scene.locationId };
      const bought = await onReturn('/label', wanted);
      const shipment = read<{ id: string }>(bought);
      expect([bought.status, shipment]).toMatchObject([200, { status: 'labelled', returnId: scene.returnId }]);
      expect(read<object>(await onReturn('/label', wanted))).toMatchObject({ id: shipment.id });
      expect((await scene.acts.ask('GET', `/shipments/${shipment.id}/label`)).status).toBe(200);
      expect(refusalIn(await onReturn('/label', { ...wanted, parcels: [] }))).toMatchObject({ paths: ['parcels'] });
      const early = await scene.acts.post(`/returns/${scene.requestedReturnId}/label`, wanted);
      expect(read<ProblemShape>(early)).toMatchObject({ code: 'return.invalid_transition', action: 'label' });
      await arrive(scene.shipmentId);
      expect(await order()).toMatchObject({ status: 'delivered' });
      await arrive(shipment.id);
      expect(await order()).toMatchObject({ status: 'delivered', lines: [{ returning: 4, returned: 0 }] });
    });

    it('are refunded up to what was paid, once under one key, and the payment status of the order follows', async () => {
      const paid = 6 * 1_900;
      const first = await onReturn('/refund', { amountMinor: 1_900 }, 'refund');
      expect(read<object>(first)).toMatchObject({ refundedMinor: 1_900 });
      expect((await onReturn('/refund', { amountMinor: 1_900 }, 'refund')).text).toBe(first.text);
      expect(await order()).toMatchObject({ paymentStatus: 'partiallyRefunded', refundedMinor: 1_900 });
      const tooMuch = await onReturn('/refund', { amountMinor: paid });
      expect(refusalIn(tooMuch)).toEqual({ status: 422, code: 'payment.amount_invalid', paths: ['amountMinor'] });
      await onReturn('/refund', { amountMinor: paid - 1_900, reference: 'RE-1' });
      expect(await order()).toMatchObject({ paymentStatus: 'refunded', refundedMinor: paid });
    });

    it('are rejected with a reason that the timeline tells, and then nothing more can be done to them', async () => {
      const { acts, requestedReturnId, sentOrderId } = scene;
      const path = `/returns/${requestedReturnId}`;
      expect(refusalIn(await acts.post(`${path}/reject`, {}))).toMatchObject({ status: 400, paths: ['note'] });
      expect(read<object>(await acts.post(`${path}/reject`, { note: 'Worn.' }))).toMatchObject({ status: 'rejected' });
      const { data } = await acts.get<PageShape<object>>(`/orders/${sentOrderId}/timeline`);
      expect(data.at(-1)).toMatchObject({ what: 'returnRejected', text: expect.stringContaining('-R2: Worn.') });
      for (const [action, body] of [['authorise'], ['reject', { note: 'Worn.' }], ['cancel']] as const)
        expect(read<ProblemShape>(await acts.post(`${path}/${action}`, body))).toMatchObject({
          code: 'return.invalid_transition',
          returnStatus: 'rejected',
          action,
        });
    });

    it('are cancelled, and their units may be asked for once more', async () => {
      expect(read<object>(await onReturn('/cancel'))).toMatchObject({ status: 'cancelled' });
      expect(await order()).toMatchObject({ lines: [{ returning: 2 }] });
    });
  });
};
