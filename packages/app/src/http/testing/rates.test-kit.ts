import type { MakeBackend } from './backend.test-kit.js';
import { read, refusalIn } from './client.test-kit.js';
import { NOBODYS } from './foreign-ids.test-kit.js';
import { ADDRESS, openScene, PARCEL, type Scene } from './scene.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

type OffersShape = {
  readonly rates: readonly { readonly carrier: string }[];
  readonly failed: readonly object[];
};

/** What carriers are asked before anything is bought. */
export const rates = (make: MakeBackend): void => {
  describe('rates', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
      scene = await openScene(world);
    });
    afterEach(() => world.carrier.mend());
    afterAll(() => world.close());

    const ask = (json: object) => scene.acts.post('/rates', { parcels: [PARCEL], ...json });

    const two = [{ carrier: 'fake' }, { carrier: 'post' }];

    it('of an order are those of all carriers, the cheapest marked, and nothing is bought', async () => {
      const before = world.carrier.sold().length;
      const answer = await ask({ orderId: scene.readyOrderId });
      const { rates: all, failed } = read<OffersShape>(answer);
      expect([answer.status, failed]).toEqual([200, []]);
      const price = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
      const { carrierAccountId } = scene;
      expect(all.filter(({ carrier }) => carrier === 'fake' || carrier === 'post')).toMatchObject([
        { carrier: 'fake', accountId: null, service: 'standard', price: price(490), cheapest: true, fastest: false },
        { carrier: 'fake', service: 'express', price: price(735), cheapest: false },
        { carrier: 'post', accountId: carrierAccountId, service: 'standard', cheapest: true },
        { carrier: 'post', service: 'express', cheapest: false },
      ]);
      expect(world.carrier.sold().length).toBe(before);
    });

    it('between two addresses are those of the carriers that were named', async () => {
      const answer = await ask({ from: ADDRESS, to: ADDRESS, carriers: [{ carrier: 'fake' }] });
      expect(read<{ rates: readonly object[] }>(answer).rates).toMatchObject([{ carrier: 'fake' }, { carrier: 'fake' }]);
    });

    it('of carriers that are away are named as missing, and the question is answered', async () => {
      world.carrier.breakDown('unavailable');
      const answer = await ask({ orderId: scene.readyOrderId, carriers: two });
      expect([answer.status, read<object>(answer)]).toMatchObject([
        200,
        { rates: [], failed: [{ carrier: 'fake', code: 'carrier.unavailable' }, { carrier: 'post' }] },
      ]);
    });

    it.each([
      ['neither an order nor addresses', {}, ['from', 'to']],
      ['one address', { from: ADDRESS }, ['to']],
      ['both', { orderId: NOBODYS, from: ADDRESS, goodsValue: { amountMinor: 1, currency: 'EUR' } }, ['from', 'goodsValue']],
      [
        'parcels of no weight',
        { from: ADDRESS, to: ADDRESS, parcels: [{ ...PARCEL, weightGrams: 0 }] },
        ['parcels[0].weightGrams'],
      ],
    ])('are not asked for with %s', async (_, json, paths) => {
      expect(refusalIn(await ask(json))).toEqual({ status: 400, code: 'request.invalid', paths });
    });

    it('are refused for goods across a border of which nobody says what they are', async () => {
      const abroad = { ...ADDRESS, city: 'Zürich', postalCode: '8001', countryCode: 'CH' };
      const refused = await ask({ from: ADDRESS, to: abroad });
      expect(refusalIn(refused)).toEqual({ status: 422, code: 'shipment.customs_incomplete', paths: ['goodsValue'] });
      expect((await ask({ from: ADDRESS, to: abroad, goodsValue: { amountMinor: 900, currency: 'EUR' } })).status).toBe(200);
      expect(refusalIn(await ask({ from: ADDRESS, to: ADDRESS, carriers: [{ carrier: 'none' }] })).code).toBe('carrier.unknown');
    });

    it('an address is looked at by the carrier that is asked', async () => {
      const validate = (address: object) => scene.acts.post('/addresses/validate', { carrier: 'fake', address });
      expect(read<object>(await validate(ADDRESS))).toEqual({ deliverable: true, residential: null, better: null, remarks: [] });
      expect(read<object>(await validate({ ...ADDRESS, city: 'Nowhere' }))).toMatchObject({ deliverable: false });
      world.carrier.breakDown('unavailable');
      expect(refusalIn(await validate(ADDRESS))).toEqual({ status: 503, code: 'carrier.unavailable', paths: [] });
    });
  });
};
