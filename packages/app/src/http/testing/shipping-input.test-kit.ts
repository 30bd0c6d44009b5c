import type { MakeBackend } from './backend.test-kit.js';
import { type Answer, type ProblemShape, read, refusalIn } from './client.test-kit.js';
import { NOBODYS } from './foreign-ids.test-kit.js';
import { ADDRESS, openScene, PARCEL, type Scene } from './scene.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

/** What people send that can't be shipped: each is refused naming the field at fault, and leaves nothing half done. */
export const shippingInput = (make: MakeBackend): void => {
  describe('what can not be shipped', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
      scene = await openScene(world);
    });
    afterEach(() => world.carrier.mend());
    afterAll(() => world.close());

    const readyOrder = async (quantity = 1, more: object = {}): Promise<string> => {
      const { id } = await scene.acts.place(scene.sku, quantity, more);
      await scene.acts.ready(id);
      return id;
    };
    const ship = (orderId: string, json: object = {}): Promise<Answer> =>
      scene.acts.post(`/orders/${orderId}/shipments`, { carrier: 'fake', parcels: [PARCEL], ...json });

    it.each([
      ['a parcel of no weight', { parcels: [{ ...PARCEL, weightGrams: 0 }] }, 'parcels[0].weightGrams'],
      ['a second parcel of no length', { parcels: [PARCEL, { ...PARCEL, lengthMm: 0 }] }, 'parcels[1].lengthMm'],
      ['a gram and a half', { parcels: [{ ...PARCEL, weightGrams: 1.5 }] }, 'parcels[0].weightGrams'],
      ['a weight in kilograms', { parcels: [{ ...PARCEL, weightKg: 1 }] }, 'parcels[0].weightKg'],
      ['a weight with its unit', { parcels: [{ ...PARCEL, weightGrams: '2 lb' }] }, 'parcels[0].weightGrams'],
      [
        'a thousand parcels',
        { parcels: Array.from({ length: 1_000 }, () => ({ weightGrams: 1, lengthMm: 1, widthMm: 1, heightMm: 1 })) },
        'parcels',
      ],
      ['no parcel', { parcels: [] }, 'parcels'],
      ['a currency that is none', { insuredFor: { amountMinor: 100, currency: 'Euro' } }, 'insuredFor.currency'],
      ['a day that is none', { shipOn: '2026-02-30' }, 'shipOn'],
      ['an incoterm that is none', { customs: { incoterm: 'FREE' } }, 'customs.incoterm'],
      ['a customs code that is none', { customs: { lines: [{ lineId: NOBODYS, hsCode: '69-11' }] } }, 'customs.lines[0].hsCode'],
      ['a label format that is none', { labelFormat: 'gif' }, 'labelFormat'],
      ['goods of a kind that is none', { specialGoods: ['gold'] }, 'specialGoods[0]'],
    ])('%s', async (_, json, path) => {
      expect(refusalIn(await ship(scene.readyOrderId, json))).toEqual({ status: 400, code: 'request.invalid', paths: [path] });
    });

    it.each([
      ['parcels[0].weightGrams', 'parcels[0].weightGrams'],
      ['to.postalCode', 'shippingAddress.postalCode'],
      ['to.lines[0]', 'shippingAddress.lines[0]'],
      ['to.phone', 'shippingAddress.phone'],
      ['to', 'shippingAddress'],
      ['from.phone', 'location.address.phone'],
      ['extras.insuredFor.currency', 'insuredFor.currency'],
      ['extras.saturdayDelivery', 'saturdayDelivery'],
      ['customs.lines[0].hsCode', 'customs.lines[0].hsCode'],
      ['service', 'service'],
    ])('what the carrier refuses at its %s, which is our %s', async (theirs, ours) => {
      const orderId = await readyOrder();
      world.carrier.refuse(theirs, 'Not like this.');
      const refused = await ship(orderId);
      expect(refusalIn(refused)).toEqual({ status: 422, code: 'carrier.refused', paths: [ours] });
      const { shipmentId } = read<ProblemShape>(refused);
      expect(await scene.acts.get(`/shipments/${shipmentId}`)).toMatchObject({ status: 'draft', refusal: { path: ours } });
      expect(await scene.acts.get(`/orders/${orderId}`)).toMatchObject({ status: 'readyToShip', lines: [{ reserved: 1 }] });
    });

    it('goods that have to be declared to the carrier', async () => {
      const refused = await ship(scene.readyOrderId, { specialGoods: ['dryIce', 'lithiumBatteries'] });
      const paths = ['specialGoods[0]', 'specialGoods[1]'];
      expect(refusalIn(refused)).toEqual({ status: 422, code: 'shipment.special_goods_refused', paths });
    });

    it('an order that is not ready, and one of which everything was shipped', async () => {
      const { id } = await scene.acts.place(scene.sku, 1);
      expect(read<object>(await ship(id))).toMatchObject({
        status: 409,
        code: 'order.invalid_transition',
        orderStatus: 'reserved',
      });
      await scene.acts.ready(id);
      const [line] = (await scene.acts.get<{ lines: readonly { id: string }[] }>(`/orders/${id}`)).lines;
      expect((await ship(id)).status).toBe(201);
      const again = await ship(id, { lineIds: [line?.id] });
      expect(read<object>(again)).toMatchObject({ status: 409, code: 'order.invalid_transition', orderStatus: 'shipped' });
    });

    it('the same units a second time by two requests at once', async () => {
      const orderId = await readyOrder(5);
      const before = world.carrier.sold().length;
      const answers = await Promise.all([ship(orderId), ship(orderId), ship(orderId)]);
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      const refused = answers.filter(({ status }) => status !== 201);
      for (const answer of refused)
        expect(['shipment.nothing_to_ship', 'order.invalid_transition', 'store.conflict']).toContain(refusalIn(answer).code);
      expect(world.carrier.sold().length).toBe(before + 1);
      expect(await scene.acts.get(`/orders/${orderId}`)).toMatchObject({ lines: [{ shipped: 5, reserved: 0 }] });
    });

    it('more of a line than is left of it, though two ask for it at once, and whole lines beside parts', async () => {
      const orderId = await readyOrder(5);
      const [line] = (await scene.acts.get<{ lines: readonly { id: string }[] }>(`/orders/${orderId}`)).lines;
      const parts = (quantity: number) => ({ lines: [{ orderLineId: line?.id, quantity }] });
      const paths = ['lines[0].quantity'];
      const exceeded = await ship(orderId, parts(6));
      expect(refusalIn(exceeded)).toEqual({ status: 409, code: 'shipment.quantity_exceeded', paths });
      expect(read<object>(exceeded)).toMatchObject({ available: 5 });
      expect(refusalIn(await ship(orderId, parts(0)))).toEqual({ status: 400, code: 'request.invalid', paths });
      const both = await ship(orderId, { ...parts(1), lineIds: [line?.id] });
      expect(refusalIn(both)).toEqual({ status: 400, code: 'request.invalid', paths: ['lines'] });
      const answers = await Promise.all([ship(orderId, parts(3)), ship(orderId, parts(3))]);
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      for (const answer of answers.filter(({ status }) => status !== 201))
        expect(['shipment.quantity_exceeded', 'store.conflict']).toContain(refusalIn(answer).code);
      expect(await scene.acts.get(`/orders/${orderId}`)).toMatchObject({
        status: 'partiallyShipped',
        lines: [{ shipped: 3, reserved: 2 }],
      });
      const rest = await ship(orderId, parts(2));
      expect([rest.status, read<object>(rest)]).toMatchObject([201, { lines: [{ quantity: 2 }] }]);
      expect(await scene.acts.get(`/orders/${orderId}`)).toMatchObject({
        status: 'shipped',
        lines: [{ shipped: 5, reserved: 0 }],
      });
    });

    it('across a border, what nobody has said of its goods; and what was said is told to customs', async () => {
      const shippingAddress = { ...ADDRESS, city: 'Hong Kong', postalCode: null, countryCode: 'HK', phone: '+852 2345 6789' };
      const orderId = await readyOrder(2, { shippingAddress });
      const refused = await ship(orderId);
      expect(refusalIn(refused)).toEqual({
        status: 422,
        code: 'shipment.customs_incomplete',
        paths: ['customs.lines[0].hsCode', 'customs.lines[0].originCountryCode', 'customs.lines[0].pieceWeightGrams'],
      });
      const [line] = (await scene.acts.get<{ lines: readonly { id: string }[] }>(`/orders/${orderId}`)).lines;
      const told = { lineId: line?.id, hsCode: '691110', originCountryCode: 'PT', pieceWeightGrams: 400 };
      const shipped = await ship(orderId, {
        labelFormat: 'zpl',
        insuredFor: { amountMinor: 9_900, currency: 'EUR' },
        customs: { incoterm: 'DDP', lines: [told] },
      });
      expect([shipped.status, read<object>(shipped)]).toMatchObject([
        201,
        { options: { labelFormat: 'zpl', shipOn: null, extras: { insuredFor: { amountMinor: 9_900, currency: 'EUR' } } } },
      ]);
      expect(world.carrier.sold().at(-1)?.order).toMatchObject({
        to: { postalCode: null },
        customs: { incoterm: 'DDP', dutiesPaidBy: 'sender', lines: [{ hsCode: '691110', quantity: 2, pieceValueMinor: 1_900 }] },
      });
    });
  });
};
