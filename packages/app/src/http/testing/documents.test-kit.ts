import type { MakeBackend } from './backend.test-kit.js';
import { type ProblemShape, read, refusalIn } from './client.test-kit.js';
import { NOBODYS } from './foreign-ids.test-kit.js';
import { openScene, PARCEL, type Scene } from './scene.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

/** The papers of shipments: listed, streamed, and many labels in one file. */
export const documents = (make: MakeBackend): void => {
  describe('documents', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
      scene = await openScene(world);
    });
    afterEach(() => world.carrier.mend());
    afterAll(() => world.close());

    const shipped = async (parcels = 1): Promise<{ readonly id: string; readonly trackingNumber: string }> => {
      const { id } = await scene.acts.place(scene.sku, 1);
      await scene.acts.ready(id);
      const body = { carrier: 'fake', parcels: Array.from({ length: parcels }, () => PARCEL) };
      return read(await scene.acts.post(`/orders/${id}/shipments`, body));
    };
    const merged = (query: string) => scene.acts.ask('GET', `/shipments/labels?${query}`);

    it('are listed with their kind and format, and streamed as the carrier made them, under a name each', async () => {
      const { id, trackingNumber } = await shipped(2);
      const [first, second] = [`label-${trackingNumber}.pdf`, `label-${trackingNumber}-2.pdf`];
      const entry = { kind: 'label', format: 'pdf', mediaType: 'application/pdf', bytes: expect.any(Number) };
      expect(await scene.acts.get(`/shipments/${id}/documents`)).toEqual({
        data: [
          { number: 1, name: first, ...entry },
          { number: 2, name: second, ...entry },
        ],
      });
      const paper = await scene.acts.ask('GET', `/shipments/${id}/documents/2`);
      expect([paper.status, paper.headers.get('content-type'), paper.headers.get('content-disposition')]).toEqual([
        200,
        'application/pdf',
        `attachment; filename="${second}"`,
      ]);
      expect(paper.text).toContain(`% label ${trackingNumber}-2`);
      expect(paper.text).toBe((await scene.acts.ask('GET', `/shipments/${id}/label?number=2`)).text);
    });

    it('that are not there are not found, nor are those of others', async () => {
      const { id } = await shipped();
      const stranger = await openScene(world);
      const codeOf = async (path: string) => refusalIn(await stranger.acts.ask('GET', path));
      expect(refusalIn(await scene.acts.ask('GET', `/shipments/${id}/documents/2`))).toEqual({
        status: 404,
        code: 'shipment.document_not_found',
        paths: [],
      });
      for (const path of ['documents', 'documents/1', 'label'])
        expect(await codeOf(`/shipments/${id}/${path}`)).toEqual(await codeOf(`/shipments/${NOBODYS}/${path}`));
      expect(await codeOf(`/shipments/labels?ids=${id}`)).toEqual(await codeOf(`/shipments/labels?ids=${NOBODYS}`));
      const own = `${stranger.shipmentId},${id}`;
      expect(await codeOf(`/shipments/labels?ids=${own}`)).toEqual({ status: 404, code: 'shipment.not_found', paths: [] });
    });

    it('of many shipments are merged into one PDF', async () => {
      const [one, other] = [await shipped(2), await shipped()];
      const file = await merged(`ids=${one.id},${other.id},${one.id}`);
      expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect(file.headers.get('content-disposition')).toBe('attachment; filename="labels.pdf"');
      expect(file.text.startsWith('%PDF-')).toBe(true);
      const all = await merged('status=labelled');
      expect(all.text.length).toBeGreaterThan(file.text.length);
    });

    it('are not merged while one of the shipments has no label, and the problem names it', async () => {
      const { id } = await shipped();
      world.carrier.breakDown('unavailable');
      const { shipmentId } = read<ProblemShape>(await scene.acts.post(`/orders/${scene.readyOrderId}/shipments`, oneParcel));
      const refused = read<object>(await merged(`ids=${id},${shipmentId}`));
      expect(refused).toMatchObject({ status: 409, code: 'shipment.labels_missing', shipmentIds: [shipmentId] });
      await scene.acts.post(`/shipments/${shipmentId}/cancel`);
      expect(read<object>(await merged(`orderId=${scene.readyOrderId}`))).toMatchObject({ shipmentIds: [shipmentId] });
      expect(read<object>(await merged('status=delivered'))).toMatchObject({ status: 409, shipmentIds: [] });
    });

    it.each([
      ['', 'request.invalid'],
      [`ids=${NOBODYS}&status=labelled`, 'request.invalid'],
      ['ids=', 'request.invalid'],
      ['ids=1', 'request.invalid'],
      [`ids=${Array.from({ length: 101 }, () => NOBODYS).join()}`, 'request.invalid'],
      ['status=gone', 'request.invalid'],
    ])('are not asked for by "%.30s"', async (query, code) => {
      expect(refusalIn(await merged(query))).toMatchObject({ status: 400, code });
    });
  });
};

const oneParcel = { carrier: 'fake', parcels: [PARCEL] };
