import type { MakeBackend } from './backend.test-kit.js';
import { type Acts, ADDRESS, actsOf, type OrderShape, openScene, type Scene } from './scene.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

/** The longest SKU there may be, in a script that takes two bytes a letter, and one that takes four. */
const LONG_SKUS = ['قمي'.repeat(33).padEnd(100, 'ص'), '🧵'.repeat(100), `${'/?#%.'.repeat(19)}a&b=c`.slice(0, 100)];

const SCRIPTS = [
  'قميص أسود',
  '黒いTシャツ',
  'Чёрная футболка',
  'कमीज',
  'חולצה',
  'เสื้อยืด',
  'Zażółć gęślą jaźń',
  '👩🏽‍🚀🧵 «ñandú»',
  'a\u0301 \u2028 \u202eabc',
  '<script>alert(1)</script>',
  "Robert'); DROP TABLE orders;--",
];

/** What is unusual and right: it has to be taken as it is. */
export const accepted = (make: MakeBackend): void => {
  describe('accepted', () => {
    let world: World;
    let scene: Scene;
    let acts: Acts;
    beforeAll(async () => {
      world = await openWorld(make);
      scene = await openScene(world);
      acts = scene.acts;
    });
    afterAll(() => world.close());

    it.each(LONG_SKUS)('a SKU of 100 characters in a path: %s', async (sku) => {
      expect([...sku]).toHaveLength(100);
      await acts.addItem(sku);
      const path = `/items/${encodeURIComponent(sku)}`;
      expect(await acts.get(path)).toMatchObject({ sku });
      expect((await acts.ask('PATCH', path, { name: 'Renamed' })).status).toBe(200);
      await acts.receive(sku, scene.locationId, 3);
      expect(await acts.get(`/inventory/levels?sku=${encodeURIComponent(sku)}`)).toMatchObject({ data: [{ sku, onHand: 3 }] });
      expect((await acts.place(sku, 1)).lines).toMatchObject([{ sku, reserved: 1 }]);
    });

    it('thirty orders of five at once for the last hundred: exactly twenty of them', async () => {
      const sku = 'LAST-HUNDRED';
      await acts.addItem(sku);
      await acts.receive(sku, scene.locationId, 100);
      const order = { currency: 'EUR', lines: [{ sku, quantity: 5 }] };
      const answers = await Promise.all(Array.from({ length: 30 }, () => acts.post('/orders', order)));
      const refused = answers.filter(({ status }) => status === 409).map(({ text }) => JSON.parse(text) as unknown);
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
      expect(refused).toHaveLength(10);
      for (const problem of refused)
        expect(problem).toMatchObject({ code: 'order.insufficient_stock', shortfalls: [{ sku, wanted: 5, available: 0 }] });
      expect(await acts.get('/inventory/reconciliation')).toMatchObject({ levels: [], lines: [] });
    });

    it('one SKU however it is typed', async () => {
      await acts.addItem('  Caf\u00e9 ');
      expect(await acts.get(`/items/${encodeURIComponent('Cafe\u0301')}`)).toMatchObject({ sku: 'Café' });
    });

    it('every script, emoji and quote in names, to the letter', async () => {
      for (const [index, name] of SCRIPTS.entries()) {
        const answer = await acts.post('/orders', {
          currency: 'EUR',
          lines: [{ sku: scene.sku, quantity: 1, name }],
          customer: { name },
          shippingAddress: { ...ADDRESS, name, lines: [name], city: name },
          tags: [name],
        });
        const order = JSON.parse(answer.text) as { id: string };
        const stored = await acts.get<object>(`/orders/${order.id}`);
        expect({ index, stored }).toMatchObject({
          index,
          stored: { lines: [{ name }], customer: { name }, shippingAddress: { name, lines: [name], city: name }, tags: [name] },
        });
        await acts.post(`/orders/${order.id}/notes`, { text: name });
        const timeline = await acts.get<{ data: readonly { text: string | null }[] }>(`/orders/${order.id}/timeline`);
        expect(timeline.data.at(-1)?.text).toBe(name);
      }
    });

    it('two lines on one SKU, summed before stock is looked at', async () => {
      const own = await scarce(world, 5);
      const lines = (first: number, second: number) => ({
        currency: 'EUR',
        lines: [first, second].map((quantity) => ({ sku: 'SCARCE', quantity })),
      });
      const tooMany = await own.post('/orders', lines(3, 3));
      expect(JSON.parse(tooMany.text)).toMatchObject({ status: 409, shortfalls: [{ sku: 'SCARCE', wanted: 6, available: 5 }] });
      expect((await own.post('/orders', lines(3, 2))).status).toBe(201);
      expect(await own.levels()).toMatchObject([{ onHand: 5, reserved: 5, available: 0 }]);
    });

    it('an order of 500 lines, and one of 1,000', async () => {
      for (const count of [500, 1_000]) {
        const lines = Array.from({ length: count }, (_, index) => ({
          sku: scene.sku,
          quantity: 1,
          name: `Line ${index}`,
          unitPriceMinor: index,
        }));
        const own = await scarce(world, count, scene.sku);
        const placed = await own.post('/orders', { currency: 'EUR', lines });
        expect(placed.status).toBe(201);
        expect((JSON.parse(placed.text) as OrderShape).lines).toHaveLength(count);
      }
    });

    it('quantities up to a million, and prices that stay exact', async () => {
      const own = await scarce(world, 1_000_000);
      const placed = await own.place('SCARCE', 1_000_000, {
        lines: [{ sku: 'SCARCE', quantity: 1_000_000, unitPriceMinor: 9_007_199_254 }],
      });
      expect(placed).toMatchObject({ totals: { subtotalMinor: 9_007_199_254_000_000 } });
    });

    it('a shortage that may wait', async () => {
      const own = await scarce(world, 2);
      const order = await own.place('SCARCE', 5, { onShortage: 'backorder' });
      expect(order).toMatchObject({ status: 'backordered', lines: [{ reserved: 2, backordered: 3 }] });
      const [level] = await own.levels();
      await own.receive('SCARCE', level?.locationId ?? '', 10);
      expect(await own.get(`/orders/${order.id}`)).toMatchObject({
        status: 'reserved',
        lines: [{ reserved: 5, backordered: 0 }],
      });
    });
  });
};

/** An organization of its own with so much of one SKU. */
const scarce = async (world: World, units: number, sku = 'SCARCE'): Promise<Acts> => {
  const acts = actsOf(world, await world.signUp());
  await acts.addItem(sku);
  await acts.receive(sku, await acts.addLocation('MAIN'), units);
  return acts;
};
