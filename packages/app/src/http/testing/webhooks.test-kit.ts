import { createHmac } from 'node:crypto';
import type { MakeBackend } from './backend.test-kit.js';
import { type Answer, refusalIn } from './client.test-kit.js';
import { openScene, type PageShape, type Scene, SECRET } from './scene.test-kit.js';
import { openWorld, PREFIX, type World } from './world.test-kit.js';

/** Beyond 2^53, where a double can't tell neighbours apart. */
const ORDER_ID = '820982911946154509';
const LINE_ID = '9007199254740993';
const VARIANT_ID = '9007199254740995';

/** As Shopify writes it: ids are numbers, which no `JSON.stringify` of ours could spell. */
const shopOrder = (sku: string, quantity = 1, id = ORDER_ID): string =>
  `{"id":${id},"name":"#1042","currency":"EUR","updated_at":"2026-11-20T18:30:00+03:00","financial_status":"paid","total_price":"19.00",` +
  `"line_items":[{"id":${LINE_ID},"variant_id":${VARIANT_ID},"sku":${JSON.stringify(sku)},"name":"قميص","quantity":${quantity},"price":"19.00"}]}`;

const signature = (body: string | Uint8Array, secret = SECRET): string =>
  createHmac('sha256', secret).update(body).digest('base64');

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

    const headersFor = (body: string | Uint8Array): Readonly<Record<string, string>> => ({
      'x-shopify-topic': 'orders/create',
      'x-shopify-hmac-sha256': signature(body),
      'x-shopify-shop-domain': domain,
      'x-shopify-webhook-id': 'delivery-1',
    });
    const deliver = (
      body: string | Uint8Array<ArrayBuffer>,
      change: Readonly<Record<string, string | undefined>> = {},
    ): Promise<Answer> => {
      const headers = Object.entries({ ...headersFor(body), ...change }).filter(
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
      expect(await scene.acts.get('/channels/unmapped-items')).toMatchObject({
        data: [{ channelId: scene.channelId, externalVariantId: VARIANT_ID, externalSku: 'NOT-THERE', units: 3 }],
      });
      const { data } = await scene.acts.get<PageShape<object>>(`/orders?status=onHold&channelId=${scene.channelId}`);
      expect(data).toMatchObject([{ status: 'onHold', hold: 'unmappedSku' }]);
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
