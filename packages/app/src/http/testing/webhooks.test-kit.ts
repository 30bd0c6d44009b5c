import type { MakeBackend } from './backend.test-kit.js';
import { type Answer, read, refusalIn } from './client.test-kit.js';
import { openScene, type PageShape, type Scene } from './scene.test-kit.js';
import { LINE_ID, ORDER_ID, shopOrder as orderOfLines, shopHeaders, shopLine, signature, VARIANT_ID } from './shop.test-kit.js';
import { openWorld, PREFIX, type World } from './world.test-kit.js';

/** An order of one line. */
const shopOrder = (sku: string, quantity = 1): string => orderOfLines([shopLine(sku, { quantity })]);

/** What a shop tells us: verified, kept once, answered at once. */
export const webhooks = (make: MakeBackend): void => {
  describe('webhooks', () => {
    let world: World;
    let scene: Scene;
    let domain: string;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    beforeEach(async () => {
      scene = await openScene(world);
      domain = (await scene.acts.get<PageShape<{ shopDomain: string }>>('/channels')).data[0]?.shopDomain ?? '';
    });
    afterAll(() => world.close());

    const deliver = (
      body: string | Uint8Array<ArrayBuffer>,
      change: Readonly<Record<string, string | undefined>> = {},
    ): Promise<Answer> => {
      const headers = Object.entries({ ...shopHeaders(domain, body), ...change }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      );
      return world.send('POST', `${PREFIX}/webhooks/shopify`, { raw: body, headers: Object.fromEntries(headers) });
    };
    /** Works off what was kept; answers how much that was. */
    const workOff = (): Promise<number> => world.useCases.workInbox(scene.account.organizationId);

    it('keeps a delivery, wakes whoever works it off, and places the order with its ids exact', async () => {
      const answer = await deliver(shopOrder(scene.sku, 2));
      expect([answer.status, answer.text]).toEqual([200, '{}']);
      expect(world.woken().at(-1)).toBe(scene.account.organizationId);
      expect(await workOff()).toBe(1);
      const [placed] = await scene.acts.orders();
      expect(await scene.acts.get(`/orders/${placed?.id}`)).toMatchObject({
        source: {
          kind: 'channel',
          channelId: scene.channelId,
          externalId: `gid://shopify/Order/${ORDER_ID}`,
          externalNumber: '#1042',
        },
        lines: [
          { sku: scene.sku, reserved: 2, external: { lineId: `gid://shopify/LineItem/${LINE_ID}`, variantId: VARIANT_ID } },
        ],
      });
    });

    it('takes a repeated delivery, and another topic about the same order, as one order', async () => {
      const body = shopOrder(scene.sku);
      const before = (await scene.acts.orders()).length;
      for (const change of [
        {},
        {},
        { 'x-shopify-webhook-id': 'delivery-2' },
        { 'x-shopify-webhook-id': 'delivery-3', 'x-shopify-topic': 'orders/paid' },
      ])
        expect((await deliver(body, change)).status).toBe(200);
      expect(await workOff()).toBe(3);
      expect((await scene.acts.orders()).length).toBe(before + 1);
    });

    it('changes an order as the shop changed it, and lets an older word change nothing', async () => {
      const told = shopOrder(scene.sku, 3);
      const cancelled = told
        .replace('18:30:00', '18:31:00')
        .replace('"financial_status":"paid"', '"financial_status":"refunded","cancelled_at":"2026-11-20T18:31:00+03:00"');
      const topics = ['orders/updated', 'orders/cancelled', 'orders/create'];
      for (const [index, body] of [told.replace('"quantity":3', '"quantity":2'), cancelled, told].entries()) {
        const change = { 'x-shopify-webhook-id': `delivery-${index}`, 'x-shopify-topic': topics[index] };
        expect((await deliver(body, change)).status).toBe(200);
      }
      expect(await workOff()).toBe(3);
      const [order] = await scene.acts.orders();
      expect(await scene.acts.get(`/orders/${order?.id}`)).toMatchObject({
        status: 'cancelled',
        paymentStatus: 'refunded',
        source: { updatedAt: '2026-11-20T15:31:00.000Z' },
        lines: [{ ordered: 3, reserved: 0, cancelled: 3 }],
      });
    });

    it('holds an order whose goods nobody knows, and shows them', async () => {
      await deliver(shopOrder('NOT-THERE', 3));
      await workOff();
      const unmapped = await scene.acts.get<PageShape<object>>('/channels/unmapped-items');
      expect(unmapped.data.at(-1)).toMatchObject({
        channelId: scene.channelId,
        externalVariantId: VARIANT_ID,
        externalSku: 'NOT-THERE',
        units: 3,
      });
      const { data } = await scene.acts.get<PageShape<object>>(`/orders?status=onHold&channelId=${scene.channelId}`);
      expect(data[0]).toMatchObject({ status: 'onHold', hold: 'unmappedSku', source: { externalNumber: '#1042' } });
    });

    it('lets a held order go on when its goods are named, and names those of other orders of the variant', async () => {
      const [one, other] = [shopOrder('NOT-THERE', 3), orderOfLines([shopLine('NOT-THERE', { quantity: 2 })], '5')];
      for (const [index, body] of [one, other].entries()) await deliver(body, { 'x-shopify-webhook-id': `named-${index}` });
      await workOff();
      const lineOf = async (units: number): Promise<string> =>
        (await scene.acts.get<PageShape<{ orderLineId: string; units: number }>>('/channels/unmapped-items')).data.find(
          (item) => item.units === units,
        )?.orderLineId ?? '';
      const resolve = async (lineId: string, sku: string) =>
        scene.acts.post(`/channels/unmapped-items/${lineId}/resolve`, { sku });
      const lineId = await lineOf(3);
      expect(refusalIn(await resolve(lineId, 'NOT-THERE')).code).toBe('item.not_found');
      const resolved = await resolve(lineId, scene.sku);
      expect([resolved.status, read(resolved)]).toMatchObject([
        200,
        { status: 'reserved', hold: null, lines: [{ sku: scene.sku, reserved: 3, external: { sku: 'NOT-THERE' } }] },
      ]);
      expect(refusalIn(await resolve(lineId, scene.sku)).code).toBe('unmapped_item.not_found');
      expect(world.woken().at(-1)).toBe(scene.account.organizationId);
      const left = await lineOf(2);
      expect(left).not.toBe('');
      expect(await world.useCases.nameKnownGoods(scene.account.organizationId)).toBe(1);
      expect(await lineOf(2)).toBe('');
    });

    it('lets a held order go on when a line is given up that nobody is going to name', async () => {
      await deliver(orderOfLines([shopLine(scene.sku), shopLine('GIFT CARD', { id: '8', variantId: '9' })]));
      await workOff();
      const { data } = await scene.acts.get<PageShape<{ orderLineId: string; externalSku: string }>>('/channels/unmapped-items');
      const lineId = data.find(({ externalSku }) => externalSku === 'GIFT CARD')?.orderLineId ?? '';
      const ignored = await scene.acts.post(`/channels/unmapped-items/${lineId}/ignore`);
      expect([ignored.status, read(ignored)]).toMatchObject([
        200,
        { status: 'reserved', hold: null, lines: [{ reserved: 1 }, { sku: null, cancelled: 1 }] },
      ]);
    });

    it('shows what became of each delivery and not what it said, and works one off again that was given up', async () => {
      await deliver('{"id":1}', { 'x-shopify-webhook-id': 'unreadable' });
      await deliver(shopOrder(scene.sku), { 'x-shopify-webhook-id': 'fine' });
      const path = `/channels/${scene.channelId}/deliveries`;
      const log = async () => (await scene.acts.get<PageShape<{ id: string; deliveryId: string }>>(path)).data;
      expect((await log())[0]).toMatchObject({ deliveryId: 'fine', status: 'due', attempts: 0, outcome: null });
      await workOff();
      const [fine, unreadable] = await log();
      expect(fine).toMatchObject({ topic: 'orders/create', status: 'done', attempts: 1, outcome: 'placed', dueAt: null });
      expect(unreadable).toMatchObject({ deliveryId: 'unreadable', status: 'dead', outcome: 'delivery.unreadable' });
      expect(JSON.stringify(await log())).not.toContain('line_items');
      const replay = () => scene.acts.post(`/channels/deliveries/${unreadable?.id}/replay`);
      expect(read(await replay())).toMatchObject({ id: unreadable?.id, status: 'due', attempts: 0 });
      expect(refusalIn(await replay()).code).toBe('delivery.under_way');
      expect(await workOff()).toBe(1);
      expect((await log())[1]).toMatchObject({ status: 'dead', attempts: 1, outcome: 'delivery.unreadable' });
    });

    it.each([
      ['no signature', { 'x-shopify-hmac-sha256': undefined }],
      ["another secret's signature", { 'x-shopify-hmac-sha256': signature(shopOrder('A'), 'another secret') }],
      ["another body's signature", { 'x-shopify-hmac-sha256': signature('{}') }],
      ['a signature that is none', { 'x-shopify-hmac-sha256': 'yes' }],
      ["another shop's domain", { 'x-shopify-shop-domain': 'nobody.myshopify.com' }],
    ])('refuses %s, and keeps nothing', async (_, change) => {
      const answer = await deliver(shopOrder(scene.sku), change);
      expect(refusalIn(answer)).toEqual({ status: 401, code: 'webhook.signature_invalid', paths: [] });
      expect(answer.headers.get('www-authenticate')).toBe('Signature');
      expect(await workOff()).toBe(0);
    });

    it.each([
      ['topic', 'x-shopify-topic'],
      ['shop', 'x-shopify-shop-domain'],
      ['id', 'x-shopify-webhook-id'],
    ])('refuses a delivery without its %s, and keeps nothing', async (_, header) => {
      expect(refusalIn(await deliver(shopOrder(scene.sku), { [header]: undefined }))).toEqual({
        status: 400,
        code: 'request.invalid',
        paths: [header],
      });
      expect(await workOff()).toBe(0);
    });

    it("takes the event's id where there is no webhook's", async () => {
      expect(
        (await deliver(shopOrder(scene.sku), { 'x-shopify-webhook-id': undefined, 'x-shopify-event-id': 'event-1' })).status,
      ).toBe(200);
      expect(await workOff()).toBe(1);
    });

    it.each([
      ['one byte more than 5 MB', 5 * 1_048_576 + 1],
      ['10 MB', 10 * 1_048_576],
    ])('answers a body of %s with a problem, and keeps nothing', async (_, size) => {
      const body = new Uint8Array(size).fill(0x20);
      expect(refusalIn(await deliver(body))).toEqual({ status: 413, code: 'request.too_large', paths: [] });
      expect(await workOff()).toBe(0);
    });

    it('takes a body of 5 MB', async () => {
      const order = new TextEncoder().encode(shopOrder(scene.sku));
      const padded = new Uint8Array(5 * 1_048_576).fill(0x20);
      padded.set(order);
      expect((await deliver(padded)).status).toBe(200);
      expect(await workOff()).toBe(1);
    });

    it('counts deliveries by topics that it knows, and all others as one', async () => {
      const count = (topic: string, outcome: string) =>
        world.meter.total('webhook_deliveries_total', { source: 'shopify', topic, outcome });
      const before = [count('orders/paid', 'taken'), count('other', 'taken'), count('other', 'webhook.signature_invalid')];
      await deliver(shopOrder(scene.sku), { 'x-shopify-topic': 'orders/paid' });
      await deliver(shopOrder(scene.sku), { 'x-shopify-topic': 'anything/else' });
      await deliver(shopOrder(scene.sku), { 'x-shopify-topic': 'anything/at/all', 'x-shopify-hmac-sha256': 'wrong' });
      const after = [count('orders/paid', 'taken'), count('other', 'taken'), count('other', 'webhook.signature_invalid')];
      expect(after).toEqual(before.map((total) => total + 1));
    });

    it('verifies the very bytes, and refuses what it could not keep as they are', async () => {
      const spaced = shopOrder(scene.sku).replaceAll(':', ' : ');
      expect((await deliver(spaced)).status).toBe(200);
      expect(refusalIn(await deliver(Uint8Array.from([0x7b, 0xff, 0x7d]))).code).toBe('request.malformed');
      expect(refusalIn(await deliver('{"a":"\0"}')).code).toBe('request.malformed');
      expect(await workOff()).toBe(1);
    });
  });
};
