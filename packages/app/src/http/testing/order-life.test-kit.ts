import type { MakeBackend } from './backend.test-kit.js';
import { type ProblemShape, read, refusalIn } from './client.test-kit.js';
import { type OrderShape, openScene, type PageShape, type Scene } from './scene.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

type BulkShape = { readonly data: readonly object[]; readonly done: number };

/** What the people who work with orders do to them. */
export const orderLife = (make: MakeBackend): void => {
  describe('the life of an order', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
    });
    beforeEach(async () => {
      scene = await openScene(world);
    });
    afterEach(() => world.carrier.mend());
    afterAll(() => world.close());

    const on = (path: string) => `/orders/${scene.orderId}${path}`;

    it('is stopped by a hold, told why, and goes on when it is resumed', async () => {
      const held = await scene.acts.post(on('/hold'), { reason: 'fraud', note: 'Three cards.' });
      expect(read<OrderShape>(held)).toMatchObject({ status: 'onHold', hold: 'fraud', lines: [{ reserved: 2 }] });
      const refused = await scene.acts.post(on('/ready'));
      expect(read<ProblemShape>(refused)).toMatchObject({
        code: 'order.invalid_transition',
        orderStatus: 'onHold',
        action: 'ready',
      });
      const resumed = await scene.acts.post(on('/resume'));
      expect(read<OrderShape>(resumed)).toMatchObject({ status: 'reserved', hold: null });
      const { data } = await scene.acts.get<{ data: readonly object[] }>(on('/timeline'));
      expect(data.slice(-2)).toMatchObject([
        { what: 'held', from: 'reserved', to: 'onHold', text: 'fraud: Three cards.', actor: { kind: 'user' } },
        { what: 'resumed', from: 'onHold', to: 'reserved', text: 'fraud' },
      ]);
      expect(data.at(-2)).toMatchObject({
        summary: expect.stringMatching(
          / put the order on hold: suspected fraud: Three cards\. It was reserved, and is now on hold\.$/,
        ),
      });
    });

    it('is held for a known reason only', async () => {
      const refused = await scene.acts.post(on('/hold'), { reason: 'mood' });
      expect(refusalIn(refused)).toEqual({ status: 400, code: 'request.invalid', paths: ['reason'] });
      expect(await scene.acts.get(on(''))).toMatchObject({ status: 'reserved' });
    });

    it('is cancelled line by line, in part, with a reason, and only once under one key', async () => {
      const line = { lineId: scene.lineId, quantity: 1 };
      const json = { reason: 'outOfStock', lines: [line] };
      const cancelled = await scene.acts.post(on('/cancel'), json, 'cancel');
      expect(read<OrderShape>(cancelled)).toMatchObject({ status: 'reserved', lines: [{ reserved: 1, cancelled: 1 }] });
      const again = await scene.acts.post(on('/cancel'), json, 'cancel');
      expect([again.text, again.headers.get('idempotent-replayed')]).toEqual([cancelled.text, 'true']);
      const tooMany = await scene.acts.post(on('/cancel'), { reason: 'other', lines: [{ ...line, quantity: 2 }] });
      expect(refusalIn(tooMany)).toEqual({ status: 409, code: 'order.quantity_exceeded', paths: ['lines[0].quantity'] });
      expect(read<ProblemShape>(tooMany)).toMatchObject({ available: 1 });
      expect(await scene.acts.get(on(''))).toMatchObject({ lines: [{ reserved: 1, cancelled: 1 }] });
      const rest = await scene.acts.post(on('/cancel'), { reason: 'other', lines: [{ lineId: scene.lineId }] });
      expect(read<OrderShape>(rest)).toMatchObject({ status: 'cancelled', lines: [{ reserved: 0, cancelled: 2 }] });
    });

    it('is cancelled for a known reason only', async () => {
      const refused = await scene.acts.post(on('/cancel'), { reason: 'mood' });
      expect(refusalIn(refused)).toEqual({ status: 400, code: 'request.invalid', paths: ['reason'] });
    });

    it('is edited: lines, tags and addresses at once, or not at all', async () => {
      const patch = (json: object) => scene.acts.ask('PATCH', on(''), json);
      const changeLines = [{ lineId: scene.lineId, quantity: 3 }];
      const addLines = [{ sku: scene.sku, quantity: 1, unitPriceMinor: 500 }];
      const edited = read<OrderShape>(await patch({ changeLines, addLines, tags: ['gift'], version: 1 }));
      expect(edited).toMatchObject({
        status: 'reserved',
        tags: ['gift'],
        lines: [
          { ordered: 3, reserved: 3 },
          { ordered: 1, reserved: 1, unitPriceMinor: 500 },
        ],
        totals: { subtotalMinor: 6_200, totalMinor: 6_200 },
        version: 3,
      });
      const [, added] = edited.lines;
      expect(read<OrderShape>(await patch({ changeLines: [{ lineId: added?.id, quantity: 0 }] })).lines).toHaveLength(1);
      const stale = await patch({ tags: [], version: 1 });
      expect(read<ProblemShape>(stale)).toMatchObject({ status: 409, code: 'order.changed', version: 4 });
      const short = await patch({ tags: [], changeLines: [{ lineId: scene.lineId, quantity: 5_000 }] });
      expect(read<ProblemShape>(short)).toMatchObject({
        code: 'order.insufficient_stock',
        shortfalls: [{ sku: scene.sku, wanted: 4_997 }],
      });
      expect(await scene.acts.get(on(''))).toMatchObject({ tags: ['gift'], lines: [{ ordered: 3 }], version: 4 });
      const empty = await patch({ changeLines: [{ lineId: scene.lineId, quantity: 0 }] });
      expect(refusalIn(empty)).toEqual({ status: 409, code: 'order.nothing_left', paths: [] });
    });

    it('is not edited once it was shipped, but tagged', async () => {
      await scene.acts.ready(scene.orderId);
      await scene.acts.ship(scene.orderId);
      const changeLines = [{ lineId: scene.lineId, quantity: 1 }];
      expect(read<ProblemShape>(await scene.acts.ask('PATCH', on(''), { changeLines, tags: ['late'] }))).toMatchObject({
        code: 'order.invalid_transition',
        orderStatus: 'shipped',
        action: 'edit',
      });
      expect(read<OrderShape>(await scene.acts.ask('PATCH', on(''), { tags: ['late'] }))).toMatchObject({ tags: ['late'] });
    });

    it('is not edited below what was shipped of it, and nothing is half done', async () => {
      const { id } = await scene.acts.place(scene.sku, 5_000, { onShortage: 'backorder' });
      await scene.acts.ready(id);
      await scene.acts.ship(id);
      const before = await scene.acts.get<OrderShape & { lines: readonly { shipped: number }[] }>(`/orders/${id}`);
      const [line] = before.lines;
      const least = line?.shipped ?? 0;
      expect([before.status, least > 1]).toEqual(['partiallyShipped', true]);
      const edit = { changeLines: [{ lineId: line?.id, quantity: least - 1 }], tags: ['less'] };
      const refused = await scene.acts.ask('PATCH', `/orders/${id}`, edit);
      expect(refusalIn(refused)).toEqual({ status: 409, code: 'order.below_shipped', paths: ['changeLines[0].quantity'] });
      expect(read<ProblemShape>(refused).errors).toMatchObject([{ message: `must be at least ${least}` }]);
      expect(await scene.acts.get(`/orders/${id}`)).toEqual(before);
    });

    it('is changed with others at once, but for those of another organization and for what nobody knows', async () => {
      const theirs = await openScene(world);
      const bulk = (json: object) => scene.acts.post('/orders/bulk', json);
      const orderIds = [theirs.orderId, scene.orderId];
      expect(read<BulkShape>(await bulk({ action: 'cancel', orderIds }))).toMatchObject({
        done: 1,
        data: [
          { status: 404, problem: { code: 'order.not_found' } },
          { status: 200, order: { status: 'cancelled' } },
        ],
      });
      expect(await theirs.acts.get(`/orders/${theirs.orderId}`)).toMatchObject({ status: 'reserved' });
      for (const [json, path] of [
        [{ action: 'refund' }, 'action'],
        [{ action: 'hold', holdReason: 'mood' }, 'holdReason'],
        [{ action: 'cancel', cancelReason: 'mood' }, 'cancelReason'],
      ] as const) {
        const { code, paths } = refusalIn(await bulk({ ...json, orderIds }));
        expect([code, paths]).toEqual(['request.invalid', [path]]);
      }
    });

    it('is paid and paid back, with amounts', async () => {
      const pay = (json: object) => scene.acts.post(on('/payments'), json);
      expect(read<OrderShape>(await pay({ status: 'paid', reference: 'pi_7' }))).toMatchObject({
        paidMinor: 3_800,
        refundedMinor: 0,
      });
      const part = { status: 'partiallyRefunded', amountMinor: 800 };
      expect(read<OrderShape>(await pay(part))).toMatchObject({ paymentStatus: 'partiallyRefunded', refundedMinor: 800 });
      for (const json of [
        { status: 'partiallyRefunded' },
        { ...part, amountMinor: 3_000 },
        { status: 'refunded', amountMinor: 1 },
      ])
        expect(refusalIn(await pay(json))).toEqual({ status: 422, code: 'payment.amount_invalid', paths: ['amountMinor'] });
      expect(read<OrderShape>(await pay({ status: 'refunded' }))).toMatchObject({ paidMinor: 3_800, refundedMinor: 3_800 });
      expect(read<ProblemShape>(await pay({ status: 'paid' }))).toMatchObject({
        status: 409,
        code: 'payment.invalid_transition',
      });
      const { data } = await scene.acts.get<{ data: readonly { text: string }[] }>(on('/timeline'));
      expect(data.slice(-3).map(({ text }) => text)).toEqual(['paid pi_7', 'partiallyRefunded 8.00 EUR', 'refunded']);
    });

    it('is shipped unpaid when it is paid on delivery, and paid then', async () => {
      const cod = { paymentStatus: 'pending', paymentMethod: 'cashOnDelivery' };
      const order = await scene.acts.place(scene.sku, 1, cod);
      expect(order).toMatchObject({ paymentWindowMinutes: null, paidMinor: 0 });
      await scene.acts.ready(order.id);
      await scene.acts.ship(order.id);
      const paid = await scene.acts.post(`/orders/${order.id}/payments`, { status: 'paid', amountMinor: 1_900 });
      expect(read<OrderShape>(paid)).toMatchObject({ status: 'shipped', paymentStatus: 'paid', paidMinor: 1_900 });
    });

    it('is changed with others at once, each by itself, and only once under one key', async () => {
      const unknown = '019b8d62-7a80-7000-8000-00000000dead';
      const orderIds = [scene.orderId, unknown, scene.readyOrderId];
      const bulk = (json: object, key?: string) => scene.acts.post('/orders/bulk', { orderIds, ...json }, key);
      const readied = read<BulkShape>(await bulk({ action: 'ready' }));
      expect(readied).toMatchObject({
        done: 1,
        data: [
          { status: 200, order: { status: 'readyToShip' } },
          { status: 404, problem: { code: 'order.not_found' } },
          { status: 409, problem: { code: 'order.invalid_transition', orderStatus: 'readyToShip', action: 'ready' } },
        ],
      });
      const tag = { action: 'tag', addTags: ['gift', 'rush'], removeTags: ['late'] };
      const tagged = await bulk(tag, 'tag');
      expect(read<BulkShape>(tagged)).toMatchObject({
        done: 2,
        data: [{ order: { tags: ['gift', 'rush'], version: 3 } }, {}, {}],
      });
      expect((await bulk(tag, 'tag')).text).toBe(tagged.text);
      expect(read<BulkShape>(await bulk({ action: 'hold', holdReason: 'address' }))).toMatchObject({
        done: 2,
        data: [{ order: { hold: 'address' } }, { status: 404 }, { order: { hold: 'address' } }],
      });
      expect(read<BulkShape>(await bulk({ action: 'cancel' }))).toMatchObject({
        done: 2,
        data: [{ order: { status: 'cancelled' } }, {}, {}],
      });
      const tooMany = Array.from({ length: 101 }, (_, index) => `019b8d62-7a80-7000-8000-${String(index).padStart(12, '0')}`);
      const refused = await scene.acts.post('/orders/bulk', { action: 'ready', orderIds: tooMany });
      expect(refusalIn(refused)).toEqual({ status: 400, code: 'request.invalid', paths: ['orderIds'] });
    });
  });

  describe('lists that people work with', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
      scene = await openScene(world);
    });
    afterAll(() => world.close());

    const listed = async (query: string) =>
      (await scene.acts.get<PageShape<OrderShape>>(`/orders?${query}`)).data.map(({ id }) => id);

    it('find orders by text and date, in either order', async () => {
      const customer = { name: 'Zoe Quokka', email: 'zoe@quokka.example' };
      const { id, number } = await scene.acts.place(scene.sku, 1, { customer, tags: ['gift'] });
      for (const text of [number, 'zoe', 'QUOKKA', 'zoe@quokka', 'gift']) expect(await listed(`text=${text}`)).toEqual([id]);
      const newest = await listed(`text=${scene.sku}`);
      expect([newest[0], newest.length]).toEqual([id, 4]);
      expect(await listed(`text=${scene.sku}&sort=oldest`)).toEqual(newest.toReversed());
      expect(await listed('from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z')).toEqual([]);
      expect(await listed(`from=2020-01-01T00:00:00Z&status=reserved&text=${scene.sku}`)).toHaveLength(2);
      expect(await listed('text=nobody')).toEqual([]);
      for (const one of ['tag=gift', 'customer=zoe', `customer=zoe&sku=${scene.sku}&tag=gift`])
        expect(await listed(one)).toEqual([id]);
      for (const none of ['tag=zoe', 'customer=gift', 'sku=gift', `externalId=${number}`]) expect(await listed(none)).toEqual([]);
    });

    it('count orders by status', async () => {
      const { counts, upTo } = await scene.acts.get<{ counts: Record<string, number>; upTo: number }>('/orders/counts');
      expect(upTo).toBe(10_000);
      expect(counts).toMatchObject({ readyToShip: 1, shipped: 1, cancelled: 0 });
    });

    it('are exported as CSV, as they are filtered', async () => {
      const csv = await scene.acts.ask('GET', '/orders?status=shipped', undefined, { accept: 'text/csv' });
      const [head, ...rows] = csv.text.trim().split('\r\n');
      expect(head).toBe(
        'number,status,hold,placedAt,source,externalNumber,customerName,units,totalMinor,currency,paymentStatus,id',
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatch(/^\d+,shipped,,.*,api,,,6,11400,EUR,paid,/);
    });
  });
};
