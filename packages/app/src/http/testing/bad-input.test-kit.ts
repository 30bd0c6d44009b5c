import type { MakeBackend } from './backend.test-kit.js';
import { badParameters } from './bad-parameters.test-kit.js';
import { type Asked, refusalIn } from './client.test-kit.js';
import { actsOf, openScene, type Scene } from './scene.test-kit.js';
import { openWorld, PREFIX, type World } from './world.test-kit.js';

/** What nobody should send: each gets a clear problem, and leaves nothing behind. */
export const badInput = (make: MakeBackend): void => {
  describe('bad input', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
      scene = await openScene(world);
    });
    afterAll(() => world.close());

    const unchangedBy = async (work: () => Promise<void>): Promise<void> => {
      const before = await Promise.all([scene.acts.orders(), scene.acts.levels()]);
      await work();
      expect(await Promise.all([scene.acts.orders(), scene.acts.levels()])).toEqual(before);
    };
    const post = (path: string, asked: Asked) => world.send('POST', `${PREFIX}${path}`, { token: scene.account.token, ...asked });
    const order = (line: object, more: object = {}): Asked => ({
      json: { currency: 'EUR', lines: [{ sku: scene.sku, quantity: 1, ...line }], ...more },
    });

    it.each(notJson)('refuses %s', async (_, raw, headers, expected) => {
      await unchangedBy(async () => {
        expect(refusalIn(await post('/orders', { raw, headers }))).toEqual({ paths: [], ...expected });
      });
    });

    it.each(wrongOrders)('refuses an order with %s', async (_, line, more, paths) => {
      await unchangedBy(async () => {
        expect(refusalIn(await post('/orders', order(line, more)))).toEqual({ status: 400, code: 'request.invalid', paths });
      });
    });

    it('tells every fault of a request at once', async () => {
      const answer = await post('/orders', {
        json: {
          lines: [
            { sku: scene.sku, quantity: 0 },
            { quantity: 1, price: 3 },
          ],
        },
      });
      expect(refusalIn(answer).paths.toSorted()).toEqual(['currency', 'lines[0].quantity', 'lines[1].price', 'lines[1].sku']);
    });

    it('refuses SKUs that the organization does not have, each with its line', async () => {
      await unchangedBy(async () => {
        const lines = [
          { sku: 'NOT-THERE', quantity: 1 },
          { sku: scene.sku, quantity: 1 },
          { sku: 'x'.repeat(101), quantity: 1 },
        ];
        const answer = await post('/orders', { json: { currency: 'EUR', lines } });
        expect(refusalIn(answer)).toEqual({ status: 422, code: 'order.unknown_sku', paths: ['lines[0].sku', 'lines[2].sku'] });
      });
    });

    it('refuses an order whose sums can not be counted exactly', async () => {
      await unchangedBy(async () => {
        const answer = await post('/orders', order({ quantity: 1_000_000, unitPriceMinor: 1_000_000_000_000 }));
        expect(refusalIn(answer)).toEqual({ status: 400, code: 'order.invalid', paths: ['lines'] });
      });
    });

    it.each([0, -1, 1.5, 1_000_001, '3', null])('refuses to receive %p units', async (quantity) => {
      await unchangedBy(async () => {
        const answer = await post('/inventory/receipts', { json: { sku: scene.sku, locationId: scene.locationId, quantity } });
        expect(refusalIn(answer)).toEqual({ status: 400, code: 'request.invalid', paths: ['quantity'] });
      });
    });

    it.each([0, 1.5, 1_000_001, -1_000_001, '1'])('refuses to adjust by %p units', async (delta) => {
      await unchangedBy(async () => {
        const answer = await post('/inventory/adjustments', {
          json: { sku: scene.sku, locationId: scene.locationId, delta, reason: 'count' },
        });
        expect(refusalIn(answer)).toEqual({ status: 400, code: 'request.invalid', paths: ['delta'] });
      });
    });

    it('refuses to take away more than is on hand', async () => {
      await unchangedBy(async () => {
        const answer = await post('/inventory/adjustments', {
          json: { sku: scene.sku, locationId: scene.locationId, delta: -100_000, reason: 'loss' },
        });
        expect(refusalIn(answer)).toEqual({ status: 409, code: 'adjustment.below_zero', paths: [] });
      });
    });

    it('refuses an order for more than there is, with each shortfall, and stores nothing', async () => {
      await unchangedBy(async () => {
        const answer = await post('/orders', order({ quantity: 5_000 }));
        const [level] = await scene.acts.levels();
        expect(JSON.parse(answer.text)).toMatchObject({
          status: 409,
          code: 'order.insufficient_stock',
          shortfalls: [{ sku: scene.sku, wanted: 5_000, available: level?.available }],
        });
      });
    });

    it('refuses a body where none is taken', async () => {
      const { token } = scene.account;
      const answer = await world.send('POST', `${PREFIX}/orders/${scene.orderId}/ready`, { token, json: { force: true } });
      expect(refusalIn(answer)).toEqual({ status: 400, code: 'request.invalid', paths: ['force'] });
      expect((await actsOf(world, scene.account).get<{ status: string }>(`/orders/${scene.orderId}`)).status).toBe('reserved');
    });

    badParameters(
      () => world,
      () => scene,
    );
  });
};

const malformed = { status: 400, code: 'request.malformed' };
const unsupported = { status: 415, code: 'request.media_type_unsupported' };
const notJson: readonly (readonly [
  string,
  string | Uint8Array<ArrayBuffer>,
  Record<string, string>,
  { status: number; code: string; paths?: readonly string[] },
])[] = [
  ['JSON that ends too soon', '{"currency":"EUR"', {}, malformed],
  ['what is not JSON', 'currency=EUR', {}, malformed],
  ['bytes that are not UTF-8', Uint8Array.from([...new TextEncoder().encode('{"currency":"'), 0xff, 0x22, 0x7d]), {}, malformed],
  ['a prototype trick', '{"__proto__":{"role":"admin"}}', {}, malformed],
  [
    'U+0000 in a text',
    '{"currency":"EUR","tags":["a\\u0000b"]}',
    {},
    { status: 400, code: 'request.invalid', paths: ['tags[0]'] },
  ],
  [
    'half a surrogate pair',
    '{"currency":"EUR","tags":["\\ud83d"]}',
    {},
    { status: 400, code: 'request.invalid', paths: ['tags[0]'] },
  ],
  [
    'a field that stands there twice',
    '{"currency":"EUR","lines":[{"sku":"A","quantity":1,"qu\\u0061ntity":9}]}',
    {},
    { status: 400, code: 'request.invalid', paths: ['lines[0].quantity'] },
  ],
  ['an empty body', '', {}, { status: 400, code: 'request.invalid', paths: [''] }],
  ['an array', '[]', {}, { status: 400, code: 'request.invalid', paths: [''] }],
  ['null', 'null', {}, { status: 400, code: 'request.invalid', paths: [''] }],
  ['XML', '<order/>', { 'content-type': 'application/xml' }, unsupported],
  ['a form', 'currency=EUR', { 'content-type': 'application/x-www-form-urlencoded' }, unsupported],
  ['plain text', '{}', { 'content-type': 'text/plain' }, unsupported],
  ['a content type that is none', '{}', { 'content-type': 'json' }, unsupported],
  ['200,000 brackets', '['.repeat(200_000), {}, { status: 400, code: 'request.invalid', paths: [''] }],
  ['200,000 nested arrays', '['.repeat(200_000) + ']'.repeat(200_000), {}, { status: 400, code: 'request.invalid', paths: [''] }],
];

const wrongOrders: readonly (readonly [string, object, object, readonly string[]])[] = [
  ['a quantity of zero', { quantity: 0 }, {}, ['lines[0].quantity']],
  ['a negative quantity', { quantity: -1 }, {}, ['lines[0].quantity']],
  ['a fraction of a unit', { quantity: 1.5 }, {}, ['lines[0].quantity']],
  ['a quantity above 1,000,000', { quantity: 1_000_001 }, {}, ['lines[0].quantity']],
  ['a quantity beyond counting', { quantity: 1e300 }, {}, ['lines[0].quantity']],
  ['a quantity in quotes', { quantity: '1' }, {}, ['lines[0].quantity']],
  ['a quantity that is true', { quantity: true }, {}, ['lines[0].quantity']],
  ['a number as SKU', { sku: 7 }, {}, ['lines[0].sku']],
  ['a SKU of nothing but spaces', { sku: '   ' }, {}, ['lines[0].sku']],
  ['a negative price', { unitPriceMinor: -1 }, {}, ['lines[0].unitPriceMinor']],
  ['a fraction of a cent', { unitPriceMinor: 0.1 }, {}, ['lines[0].unitPriceMinor']],
  ['an unknown field in a line', { onHand: 3 }, {}, ['lines[0].onHand']],
  ['an unknown field', {}, { status: 'shipped' }, ['status']],
  ['an organization of somebody else', {}, { organizationId: '019b0000-0000-7000-8000-00000000dead' }, ['organizationId']],
  ['no lines', {}, { lines: [] }, ['lines']],
  ['1,001 lines', {}, { lines: Array.from({ length: 1_001 }, () => ({ sku: 'A', quantity: 1 })) }, ['lines']],
  ['a currency in small letters', {}, { currency: 'eur' }, ['currency']],
  ['a payment status that is none', {}, { paymentStatus: 'maybe' }, ['paymentStatus']],
  [
    'a country that is none',
    {},
    { shippingAddress: { name: 'A', lines: ['B'], city: 'C', countryCode: 'Germany' } },
    ['shippingAddress.countryCode'],
  ],
];
