import { createHmac } from 'node:crypto';
import type { MakeBackend } from './backend.test-kit.js';
import { type Answer, read, refusalIn } from './client.test-kit.js';
import { openScene, PARCEL, type Scene } from './scene.test-kit.js';
import { openWorld, PREFIX, WEBHOOK_SECRET, type World } from './world.test-kit.js';

type ShipmentShape = { readonly id: string; readonly trackingNumber: string };

const signature = (body: string, secret = WEBHOOK_SECRET): string => createHmac('sha256', secret).update(body).digest('base64');

/** As FedEx tells of a parcel. */
const fedexBody = (trackingNumber: string, ...scans: readonly (readonly [code: string, day: number])[]): string =>
  JSON.stringify({
    completeTrackResults: [
      {
        trackingNumber,
        trackResults: [{ scanEvents: scans.map(([eventType, day]) => ({ date: `2026-01-0${day}T10:00:00-06:00`, eventType })) }],
      },
    ],
  });

const dhlBody = (trackingNumber: string, event: string): string =>
  JSON.stringify({ shipments: [{ id: trackingNumber, status: { description: event } }] });

/** What carriers tell by themselves: proven, kept once, and understood by a job. */
export const carrierWebhooks = (make: MakeBackend): void => {
  describe('webhooks of carriers', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    beforeEach(async () => {
      scene = await openScene(world);
    });
    afterAll(() => world.close());

    const ship = async (carrier: string, of = scene): Promise<ShipmentShape> =>
      read<ShipmentShape>(await of.acts.post(`/orders/${of.readyOrderId}/shipments`, { carrier, parcels: [PARCEL] }));
    const deliver = (
      carrier: string,
      raw: string | Uint8Array<ArrayBuffer>,
      headers: Readonly<Record<string, string>>,
    ): Promise<Answer> => world.send('POST', `${PREFIX}/webhooks/${carrier}`, { raw, headers });
    const fromFedex = (body: string, proof = signature(body)) => deliver('fedex', body, { 'fdx-signature': proof });
    const fromDhl = (body: string, token = WEBHOOK_SECRET) => deliver('dhl', body, { 'x-webhook-token': token });
    const workOff = (of = scene): Promise<number> => world.useCases.workInbox(of.account.organizationId);
    const statusOf = async ({ id }: ShipmentShape): Promise<string> =>
      (await scene.acts.get<{ status: string }>(`/shipments/${id}`)).status;

    it('keeps what FedEx tells, wakes whoever works it off, and moves the shipment and its order, whatever comes first', async () => {
      const shipment = await ship('fedex');
      const later = fedexBody(shipment.trackingNumber, ['DL', 4]);
      const answer = await fromFedex(later);
      expect([answer.status, answer.text]).toEqual([200, '{}']);
      expect(world.woken().at(-1)).toBe(scene.account.organizationId);
      await fromFedex(fedexBody(shipment.trackingNumber, ['PU', 2]));
      expect(await workOff()).toBe(2);
      expect(await statusOf(shipment)).toBe('delivered');
      expect(await scene.acts.get(`/orders/${scene.readyOrderId}`)).toMatchObject({ status: 'delivered' });
      expect(await scene.acts.get(`/shipments/${shipment.id}/tracking`)).toMatchObject({
        events: [{ code: 'DL', time: '2026-01-04T10:00:00-06:00' }, { code: 'PU' }],
        askedAt: null,
      });
    });

    it('takes the same again as taken, and keeps it once', async () => {
      const { trackingNumber } = await ship('fedex');
      const body = fedexBody(trackingNumber, ['PU', 2]);
      for (const _ of [1, 2, 3]) expect((await fromFedex(body)).status).toBe(200);
      expect(await workOff()).toBe(1);
    });

    it('asks DHL about what DHL tells of, and believes nothing else of it', async () => {
      const shipment = await ship('dhl');
      await world.useCases.trackDue(scene.account.organizationId);
      world.dhl.scan(shipment.trackingNumber, [{ status: 'inTransit', at: new Date(Date.UTC(2026, 0, 5)) }]);
      expect(await world.useCases.trackDue(scene.account.organizationId)).toEqual({ due: 0, unanswered: 0 });
      expect((await fromDhl(dhlBody(shipment.trackingNumber, 'delivered'))).status).toBe(200);
      expect(await workOff()).toBe(1);
      expect(await statusOf(shipment)).toBe('labelled');
      const { mayAskAt } = await scene.acts.get<{ mayAskAt: string | null }>(`/shipments/${shipment.id}/tracking`);
      expect(mayAskAt).not.toBeNull();
    });

    it('asks DHL at once about what it was never asked for', async () => {
      const shipment = await ship('dhl');
      world.dhl.scan(shipment.trackingNumber, [{ status: 'outForDelivery', at: new Date(Date.UTC(2026, 0, 5)) }]);
      await fromDhl(dhlBody(shipment.trackingNumber, 'out for delivery'));
      await workOff();
      await world.useCases.trackDue(scene.account.organizationId);
      expect(await statusOf(shipment)).toBe('outForDelivery');
    });

    it('answers a number that nobody follows like one that somebody does, and keeps nothing', async () => {
      const { trackingNumber } = await ship('fedex');
      const known = await fromFedex(fedexBody(trackingNumber, ['PU', 2]));
      const unknown = await fromFedex(fedexBody('799999999999', ['PU', 2]));
      expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
      const otherCarriers = await fromDhl(dhlBody(trackingNumber, 'x'));
      expect([otherCarriers.status, otherCarriers.text]).toEqual([200, '{}']);
      expect(await workOff()).toBe(1);
    });

    it('keeps for each organization what is about its own shipments, and nothing of another’s', async () => {
      const other = await openScene(world);
      const [mine, theirs] = [await ship('fedex'), await ship('fedex', other)];
      const rows = [mine, theirs].map(({ trackingNumber }) => JSON.parse(fedexBody(trackingNumber, ['IT', 3])) as object);
      expect((await fromFedex(JSON.stringify(rows))).status).toBe(200);
      expect([await workOff(), await workOff(other)]).toEqual([1, 1]);
      expect(await scene.acts.get(`/shipments/${mine.id}`)).toMatchObject({ status: 'inTransit' });
      expect(await other.acts.get(`/shipments/${theirs.id}`)).toMatchObject({ status: 'inTransit' });
    });

    it('refuses whoever has not proven to be the carrier, whether or not the number is anybody’s, and keeps nothing', async () => {
      const { trackingNumber } = await ship('fedex');
      const refused = { status: 401, code: 'webhook.signature_invalid', paths: [] };
      for (const number of [trackingNumber, '799999999999']) {
        const body = fedexBody(number, ['DL', 4]);
        for (const proof of ['', 'yes', signature(body, 'another wombat altogether'), signature(`${body} `)])
          expect(refusalIn(await fromFedex(body, proof))).toEqual(refused);
        expect(refusalIn(await deliver('fedex', body, {}))).toEqual(refused);
        expect(refusalIn(await fromDhl(body, 'another wombat altogether'))).toEqual(refused);
        expect(refusalIn(await deliver('dhl', body, {}))).toEqual(refused);
      }
      expect(await workOff()).toBe(0);
    });

    it.each(['', '{', '[]', 'null', '{"completeTrackResults":[{}]}', '[[[[', '7'])('answers %p with a problem', async (body) => {
      expect(refusalIn(await fromFedex(body))).toEqual({ status: 422, code: 'delivery.unreadable', paths: [] });
      expect(refusalIn(await fromDhl(body))).toEqual({ status: 422, code: 'delivery.unreadable', paths: [] });
    });

    it('answers what is no text with a problem', async () => {
      const bytes = Uint8Array.from([0x7b, 0xff, 0x7d]);
      expect(refusalIn(await deliver('dhl', bytes, { 'x-webhook-token': WEBHOOK_SECRET })).code).toBe('request.malformed');
      expect(refusalIn(await fromDhl('{"a":"\0"}')).code).toBe('request.malformed');
    });

    it('counts what was taken and what was refused, by the carrier', async () => {
      const count = (source: string, outcome: string) =>
        world.meter.total('webhook_deliveries_total', { source, topic: 'tracking', outcome });
      const all = () => [count('fedex', 'taken'), count('dhl', 'webhook.signature_invalid'), count('dhl', 'delivery.unreadable')];
      const before = all();
      await fromFedex(fedexBody('799999999999', ['PU', 2]));
      await fromDhl(dhlBody('1103733901', 'x'), 'another wombat altogether');
      await fromDhl('{}');
      expect(all()).toEqual(before.map((total) => total + 1));
    });
  });
};
