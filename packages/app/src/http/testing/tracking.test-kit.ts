import type { MakeBackend } from './backend.test-kit.js';
import { read, refusalIn } from './client.test-kit.js';
import { openScene, PARCEL, type PageShape, type Scene } from './scene.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

type ShipmentShape = { readonly id: string; readonly status: string; readonly trackingNumber: string };

/** Where parcels are: asked for by itself and by somebody, and read without asking. */
export const tracking = (make: MakeBackend): void => {
  describe('tracking', () => {
    let world: World;
    let scene: Scene;
    let shipment: ShipmentShape;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    beforeEach(async () => {
      scene = await openScene(world);
      shipment = read<ShipmentShape>(
        await scene.acts.post(`/orders/${scene.readyOrderId}/shipments`, { carrier: 'fake', parcels: [PARCEL] }),
      );
    });
    afterEach(() => world.carrier.mend());
    afterAll(() => world.close());

    const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 5, hour));
    const path = (): string => `/shipments/${shipment.id}/tracking`;
    const ask = () => scene.acts.post(`/shipments/${shipment.id}/track`);

    it('shows a shipment that nobody has seen yet', async () => {
      expect(await scene.acts.get(path())).toEqual({
        shipmentId: shipment.id,
        orderId: scene.readyOrderId,
        carrier: 'fake',
        status: 'labelled',
        trackingNumber: shipment.trackingNumber,
        trackingUrl: `https://parcels.example/${shipment.trackingNumber}`,
        deliveryOn: null,
        parcels: [],
        events: [],
        askedAt: null,
        mayAskAt: null,
      });
    });

    it('asks the carrier at once, and shows what it said, newest first', async () => {
      world.carrier.scan(shipment.trackingNumber, [
        { status: 'inTransit', at: at(10) },
        { status: 'pickedUp', at: at(9) },
      ]);
      const asked = await ask();
      expect(asked.status).toBe(200);
      const shown = await scene.acts.get<{ askedAt: string; mayAskAt: string }>(path());
      expect(asked.text).toBe(JSON.stringify(shown));
      expect(shown).toMatchObject({
        status: 'inTransit',
        parcels: [{ number: shipment.trackingNumber, status: 'inTransit', signedBy: null, deliveryOn: null }],
        events: [
          {
            time: '2026-01-05T10:00:00+00:00',
            number: shipment.trackingNumber,
            code: 'INTRANSIT',
            status: 'inTransit',
            place: null,
          },
          { time: '2026-01-05T09:00:00+00:00', status: 'pickedUp' },
        ],
      });
      expect(Date.parse(shown.mayAskAt) - Date.parse(shown.askedAt)).toBe(3_600_000);
    });

    it('says when the carrier may be asked again', async () => {
      const { mayAskAt } = read<{ mayAskAt: string }>(await ask());
      const again = await ask();
      expect(refusalIn(again)).toEqual({ status: 429, code: 'shipment.tracked_recently', paths: [] });
      expect(read<object>(again)).toMatchObject({ mayTrackAt: mayAskAt });
      expect(Number(again.headers.get('retry-after'))).toBeGreaterThan(3_000);
    });

    it('tells the order what became of it', async () => {
      world.carrier.scan(shipment.trackingNumber, [{ status: 'delivered', at: at(11) }]);
      await world.useCases.trackDue(scene.account.organizationId);
      expect(await scene.acts.get(`/orders/${scene.readyOrderId}`)).toMatchObject({ status: 'delivered' });
      const { data } = await scene.acts.get<PageShape<object>>(`/orders/${scene.readyOrderId}/timeline`);
      expect(data.at(-1)).toMatchObject({ what: 'delivered', actor: { kind: 'carrier' }, from: 'shipped', to: 'delivered' });
      expect(await scene.acts.get(`/shipments/${shipment.id}`)).toMatchObject({ status: 'delivered' });
    });

    it.each([
      ['unavailable', 503, 'carrier.unavailable'],
      ['unauthorized', 502, 'carrier.unauthorized'],
    ] as const)('says that the carrier is %s, and asks again when it is asked to', async (fault, status, code) => {
      world.carrier.breakDown(fault);
      expect(refusalIn(await ask())).toEqual({ status, code, paths: [] });
      world.carrier.mend();
      expect((await ask()).status).toBe(200);
    });

    it('has nothing to ask for without a number', async () => {
      world.carrier.breakDown('unavailable');
      const order = await scene.acts.place(scene.sku, 1);
      await scene.acts.ready(order.id);
      const lost = await scene.acts.post(`/orders/${order.id}/shipments`, { carrier: 'fake', parcels: [PARCEL] });
      const { shipmentId } = read<{ shipmentId: string }>(lost);
      expect(refusalIn(await scene.acts.post(`/shipments/${shipmentId}/track`))).toEqual({
        status: 409,
        code: 'shipment.not_labelled',
        paths: [],
      });
      expect(await scene.acts.get(`/shipments/${shipmentId}/tracking`)).toMatchObject({ status: 'draft', trackingUrl: null });
    });
  });
};
