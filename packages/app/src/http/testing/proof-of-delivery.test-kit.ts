import { fakePaper } from '@rappit/testing/fakes';
import type { MakeBackend } from './backend.test-kit.js';
import { read, refusalIn } from './client.test-kit.js';
import { NOBODYS } from './foreign-ids.test-kit.js';
import { openScene, PARCEL, type Scene } from './scene.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

type ShipmentShape = { readonly id: string; readonly trackingNumber: string };

/** The carrier's paper of a delivery. */
export const proofOfDelivery = (make: MakeBackend): void => {
  describe('a proof of delivery', () => {
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

    const proof = (query = '') => scene.acts.ask('GET', `/shipments/${shipment.id}/proof-of-delivery${query}`);
    const deliver = async () => {
      world.carrier.scan(shipment.trackingNumber, [{ status: 'delivered', at: new Date(Date.UTC(2026, 0, 5, 10)) }]);
      expect((await scene.acts.post(`/shipments/${shipment.id}/track`)).status).toBe(200);
    };

    it('is streamed as the carrier made it, under a name that says what it is', async () => {
      await deliver();
      const paper = await proof();
      expect([paper.status, paper.headers.get('content-type'), paper.headers.get('content-disposition')]).toEqual([
        200,
        'application/pdf',
        `attachment; filename="proofOfDelivery-${shipment.trackingNumber}.pdf"`,
      ]);
      const { content } = fakePaper('proofOfDelivery', 'pdf', shipment.trackingNumber);
      expect(paper.text).toBe(Buffer.from(content).toString('utf8'));
      expect((await proof('?number=1')).text).toBe(paper.text);
      expect(await scene.acts.get(`/shipments/${shipment.id}/documents`)).toMatchObject({ data: [{ kind: 'label' }] });
    });

    it('is refused of what was not delivered, and the carrier isn’t asked', async () => {
      world.carrier.breakDown('unavailable');
      const refused = await proof();
      expect(refusalIn(refused)).toEqual({ status: 409, code: 'shipment.not_delivered', paths: [] });
      expect(read<object>(refused)).toMatchObject({ shipmentStatus: 'labelled' });
    });

    it('is not found where the carrier has none, or not so many', async () => {
      await deliver();
      const notFound = { status: 404, code: 'shipment.proof_not_found', paths: [] };
      expect(refusalIn(await proof('?number=2'))).toEqual(notFound);
      world.carrier.scan(shipment.trackingNumber, [{ status: 'inTransit', at: new Date(Date.UTC(2026, 0, 5, 11)) }]);
      expect(refusalIn(await proof())).toEqual(notFound);
    });

    it('waits for a carrier that is away', async () => {
      await deliver();
      world.carrier.breakDown('unavailable');
      const refused = await proof();
      expect(refusalIn(refused)).toMatchObject({ status: 503, code: 'carrier.unavailable' });
      expect(refused.headers.get('retry-after')).toBe('30');
    });

    it('of others, and of nobody, is not found', async () => {
      await deliver();
      const stranger = await openScene(world);
      const codeOf = async (id: string) => refusalIn(await stranger.acts.ask('GET', `/shipments/${id}/proof-of-delivery`));
      expect(await codeOf(shipment.id)).toEqual({ status: 404, code: 'shipment.not_found', paths: [] });
      expect(await codeOf(shipment.id)).toEqual(await codeOf(NOBODYS));
    });
  });
};
