import type { MakeBackend } from './backend.test-kit.js';
import { read, refusalIn } from './client.test-kit.js';
import { NOBODYS } from './foreign-ids.test-kit.js';
import { openScene, PARCEL, type Scene, WINDOW } from './scene.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

type PickupShape = { readonly id: string; readonly status: string; readonly confirmation: string | null };

/** Pickups: booked once, cancelled as often as somebody likes. */
export const pickups = (make: MakeBackend): void => {
  describe('pickups', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
      scene = await openScene(world);
    });
    afterEach(() => world.carrier.mend());
    afterAll(() => world.close());

    const plain = () => ({ ...WINDOW, carrier: 'fake', locationId: scene.locationId, parcels: [PARCEL] });
    const book = (json: object = plain(), key?: string) => scene.acts.post('/pickups', json, key);
    const cancel = (id: string) => scene.acts.ask('DELETE', `/pickups/${id}`);
    const labelled = async () => {
      const { id } = await scene.acts.place(scene.sku, 1);
      await scene.acts.ready(id);
      return scene.acts.ship(id);
    };
    const newest = async () => (await scene.acts.get<{ data: readonly PickupShape[] }>('/pickups')).data[0];

    it('are booked for shipments, with their parcels, at their location', async () => {
      const answer = await book({ ...WINDOW, place: 'reception', shipmentIds: [scene.shipmentId] });
      expect([answer.status, read<object>(answer)]).toMatchObject([
        201,
        {
          ...WINDOW,
          place: 'reception',
          carrier: 'fake',
          accountId: null,
          locationId: scene.locationId,
          shipmentIds: [scene.shipmentId],
          parcels: [PARCEL],
          abroad: false,
          status: 'booked',
        },
      ]);
      const { confirmation } = read<PickupShape>(answer);
      expect(world.carrier.pickups()).toContain(confirmation);
      expect(await newest()).toEqual(read<object>(answer));
    });

    it('come for a shipment once: whoever asks again without a key is told which one is in a pickup, until it is cancelled', async () => {
      const ours = { ...WINDOW, shipmentIds: [await labelled()] };
      const { id } = read<PickupShape>(await book(ours));
      const before = world.carrier.pickups();
      const again = await book({ ...WINDOW, shipmentIds: [await labelled(), ...ours.shipmentIds] });
      expect(refusalIn(again)).toEqual({ status: 409, code: 'pickup.already_booked', paths: ['shipmentIds[1]'] });
      expect(read<object>(again)).toMatchObject({ pickupStatus: 'booked' });
      expect(world.carrier.pickups()).toEqual(before);
      await cancel(id);
      expect((await book(ours)).status).toBe(201);
    });

    it('whose cancellation was not answered may come still, so that no second one is booked meanwhile', async () => {
      const ours = { ...WINDOW, shipmentIds: [await labelled()] };
      const { id } = read<PickupShape>(await book(ours));
      world.carrier.breakDown('lostAfterSale');
      await cancel(id);
      world.carrier.mend();
      expect(read<object>(await book(ours))).toMatchObject({ code: 'pickup.already_booked', pickupStatus: 'cancelling' });
    });

    it('whose booking was refused leave their shipments free', async () => {
      const ours = { ...WINDOW, shipmentIds: [await labelled()] };
      world.carrier.breakDown('unavailable');
      expect(refusalIn(await book(ours)).code).toBe('carrier.unavailable');
      world.carrier.mend();
      expect((await book(ours)).status).toBe(201);
    });

    it('of which whoever booked them has died count as unknown, and are told as such', async () => {
      const ours = { ...WINDOW, shipmentIds: [await labelled()] };
      const { id } = read<PickupShape>(await book(ours));
      await world.abandonPickup(scene.account, id);
      expect(await newest()).toMatchObject({ id, status: 'unknown', refusal: { code: 'carrier.unknown_outcome' } });
      expect(read<object>(await cancel(id))).toMatchObject({ code: 'pickup.unconfirmed', pickupStatus: 'unknown' });
      expect(read<object>(await book(ours))).toMatchObject({ code: 'pickup.already_booked', pickupStatus: 'unknown' });
    });

    it('of which nobody knows are settled by whoever has asked the carrier, which the audit log tells', async () => {
      const settle = (id: string, json: object) => scene.acts.post(`/pickups/${id}/settle`, json);
      const lost = async () => {
        const ours = { ...WINDOW, shipmentIds: [await labelled()] };
        world.carrier.breakDown('lostAfterSale');
        expect(refusalIn(await book(ours)).code).toBe('carrier.unknown_outcome');
        world.carrier.mend();
        return { ours, id: (await newest())?.id ?? '' };
      };
      const [never, booked] = [await lost(), await lost()];
      for (const [path, json] of [
        ['confirmation', {}],
        ['confirmation', { station: 'NQAA' }],
        ['confirmation', { reason: 'a', confirmation: 'b' }],
        ['station', { reason: 'a', station: 'NQAA' }],
      ] as const)
        expect(refusalIn(await settle(never.id, json))).toEqual({ status: 400, code: 'request.invalid', paths: [path] });
      const reason = 'Nobody comes, says the hotline.';
      expect(read<object>(await settle(never.id, { reason }))).toMatchObject({ status: 'refused', refusal: { message: reason } });
      expect(read<object>(await settle(never.id, { reason }))).toMatchObject({
        status: 409,
        code: 'pickup.settled',
        pickupStatus: 'refused',
      });
      expect((await book(never.ours)).status).toBe(201);
      expect(read<object>(await settle(booked.id, { confirmation: 'PRG-7', station: 'NQAA' }))).toMatchObject({
        status: 'booked',
        confirmation: 'PRG-7',
        station: 'NQAA',
        refusal: null,
      });
      expect(refusalIn(await book(booked.ours)).code).toBe('pickup.already_booked');
      const { data } = await scene.acts.get<{ data: readonly object[] }>('/audit-log?kind=pickup.settled');
      expect(data).toMatchObject([
        { targetId: booked.id, facts: { to: 'booked' } },
        { targetId: never.id, facts: { to: 'refused' } },
      ]);
      expect(JSON.stringify(data)).not.toContain('hotline');
    });

    it('are booked once under a key, also when the answer got lost', async () => {
      const before = world.carrier.pickups().length;
      const first = await book(plain(), 'one-pickup');
      expect((await book(plain(), 'one-pickup')).text).toBe(first.text);
      expect(world.carrier.pickups().length).toBe(before + 1);
      world.carrier.breakDown('lostAfterSale');
      const lost = await book(plain(), 'a-lost-pickup');
      expect(refusalIn(lost)).toEqual({ status: 504, code: 'carrier.unknown_outcome', paths: [] });
      world.carrier.mend();
      expect(refusalIn(await book(plain(), 'a-lost-pickup')).code).toBe('carrier.unknown_outcome');
      expect(world.carrier.pickups().length).toBe(before + 2);
      const waiting = await newest();
      expect(waiting).toMatchObject({ status: 'unknown', confirmation: null });
      expect(read<object>(await cancel(waiting?.id ?? ''))).toMatchObject({
        status: 409,
        code: 'pickup.unconfirmed',
        pickupStatus: 'unknown',
      });
    });

    it('that the carrier refuses say so, and are kept as refused', async () => {
      world.carrier.breakDown('unavailable');
      expect(refusalIn(await book())).toEqual({ status: 503, code: 'carrier.unavailable', paths: [] });
      expect(await newest()).toMatchObject({ status: 'refused', refusal: { code: 'carrier.unavailable' } });
    });

    it('are cancelled at the carrier, and again without harm', async () => {
      const { id, confirmation } = read<PickupShape>(await book());
      const cancelled = await cancel(id);
      expect([cancelled.status, read<PickupShape>(cancelled).status]).toEqual([200, 'cancelled']);
      expect(world.carrier.pickups()).not.toContain(confirmation);
      expect((await cancel(id)).text).toBe(cancelled.text);
      expect(refusalIn(await cancel(NOBODYS))).toEqual({ status: 404, code: 'pickup.not_found', paths: [] });
    });

    it('whose cancellation was not answered are asked again', async () => {
      const { id } = read<PickupShape>(await book());
      world.carrier.breakDown('lostAfterSale');
      expect(refusalIn(await cancel(id))).toEqual({ status: 504, code: 'carrier.unknown_outcome', paths: [] });
      expect(await newest()).toMatchObject({ id, status: 'cancelling' });
      world.carrier.mend();
      expect(read<object>(await cancel(id))).toMatchObject({ status: 'cancelled', refusal: null });
    });

    it('are not booked for shipments without a label, or of several accounts', async () => {
      const { id } = await scene.acts.place(scene.sku, 1);
      await scene.acts.ready(id);
      const post = read<{ id: string }>(await scene.acts.post(`/orders/${id}/shipments`, { carrier: 'post', parcels: [PARCEL] }));
      const mixed = await book({ ...WINDOW, shipmentIds: [scene.shipmentId, post.id] });
      expect(refusalIn(mixed)).toEqual({ status: 422, code: 'pickup.shipments_differ', paths: [] });
      await scene.acts.post(`/shipments/${post.id}/cancel`);
      const gone = await book({ ...WINDOW, shipmentIds: [post.id] });
      expect(read<object>(gone)).toMatchObject({ code: 'shipment.invalid_transition', shipmentStatus: 'cancelled' });
      expect(refusalIn(await book({ ...WINDOW, shipmentIds: [NOBODYS] })).code).toBe('shipment.not_found');
    });

    it('do not come for a label that brings a return back, and are not asked for', async () => {
      const label = { carrier: 'fake', parcels: [PARCEL], locationId: scene.locationId };
      const back = read<{ id: string }>(await scene.acts.post(`/returns/${scene.returnId}/label`, label));
      const before = world.carrier.pickups();
      const asked = await book({ ...WINDOW, shipmentIds: [await labelled(), back.id] });
      expect(refusalIn(asked)).toEqual({ status: 422, code: 'pickup.return_label', paths: ['shipmentIds[1]'] });
      expect(world.carrier.pickups()).toEqual(before);
    });

    it.each([
      ['neither shipments nor parcels', { ...WINDOW }, ['carrier', 'locationId', 'parcels']],
      ['both', { ...WINDOW, shipmentIds: [NOBODYS], carrier: 'fake' }, ['carrier']],
      ['a window that ends before it begins', { ...WINDOW, closesAt: '08:00', shipmentIds: [NOBODYS] }, ['closesAt']],
      ['an hour that is none', { ...WINDOW, readyAt: '24:00', shipmentIds: [NOBODYS] }, ['readyAt']],
      ['a day that is none', { ...WINDOW, on: '2027-02-29', shipmentIds: [NOBODYS] }, ['on']],
    ])('are not booked for %s', async (_, json, paths) => {
      expect(refusalIn(await book(json))).toEqual({ status: 400, code: 'request.invalid', paths });
    });
  });
};
