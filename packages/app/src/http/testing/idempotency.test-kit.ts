import { type RouteEntry, routeTable } from '../route-table.js';
import type { MakeBackend } from './backend.test-kit.js';
import { type ProblemShape, read, refusalIn } from './client.test-kit.js';
import { inBatches } from './idempotent-batches.test-kit.js';
import { order, wasReplayed } from './replayed.test-kit.js';
import { pathOf, readied, sampleFor } from './requests.test-kit.js';
import { actsOf, openScene, openSceneOfShop, PARCEL, type Scene } from './scene.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

/** What goes on in the background of its answer, and so is answered as it is now instead of as it was. */
const continued = [
  'shipOrder',
  'labelReturn',
  'buyLabel',
  'cancelShipment',
  'trackShipment',
  'bookPickup',
  'quoteRates',
  'validateAddress',
  'openCheckout',
  'openBillingPortal',
];
/** Signing in and setting out to a shop: their answers hold secrets. What comes from outside has keys of its own. */
const keyless = /\/(auth|oauth|webhooks)\//;

/** One key, one effect. */
export const idempotency = (make: MakeBackend): void => {
  describe('idempotency', () => {
    let world: World;
    let scene: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
      scene = await openScene(world);
    });
    afterAll(() => world.close());
    onEveryPost(() => world);
    replays(
      () => world,
      () => scene,
    );
    refusals(
      () => world,
      () => scene,
    );
    inBatches(
      () => world,
      () => scene,
    );
    ofShipments(() => world);
  });
};

/** An answer that shows a secret is stored without it. */
const withoutSecret = (text: string): string => text.replace(/"secret":"[^"]+"/, '"secret":null');
/** Whether a route takes an Idempotency-Key. */
export const takesKey = ({ method, url }: RouteEntry): boolean => method === 'POST' && !keyless.test(url);
const posts = (world: World): readonly RouteEntry[] => routeTable(world.server).filter(takesKey);

const onEveryPost = (world: () => World): void => {
  it('gives every POST the answer that it gave before, to the byte', async () => {
    expect(posts(world()).length).toBeGreaterThan(10);
    for (const { url, operationId } of posts(world())) {
      const own = await openSceneOfShop(world());
      await readied[operationId]?.(own, world());
      const { params, ...body } = sampleFor(operationId, own);
      // Only what was held can go on.
      const asked = { ...body, token: own.account.token, headers: { 'idempotency-key': 'the-same-key' } };
      const ask = () => world().send('POST', pathOf(url, params), asked);
      const first = await ask();
      expect({ operationId, ok: first.status < 300, replayed: wasReplayed(first) }).toEqual({
        operationId,
        ok: true,
        replayed: false,
      });
      const second = await ask();
      expect({ operationId, status: second.status, text: second.text }).toEqual({
        operationId,
        status: first.status,
        text: withoutSecret(first.text),
      });
      expect({ operationId, replayed: wasReplayed(second) }).toEqual({ operationId, replayed: !continued.includes(operationId) });
      expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
    }
  });

  it.each([
    ['no character', ''],
    ['256 characters', 'k'.repeat(256)],
    ['a space', 'two words'],
    ['letters beyond ASCII', 'cl\u00e9'],
  ])('refuses a key of %s, on every POST', async (_, key) => {
    const own = await openScene(world());
    for (const { url, operationId } of posts(world())) {
      const { params, ...body } = sampleFor(operationId, own);
      const asked = { ...body, token: own.account.token, headers: { 'idempotency-key': key } };
      const answer = await world().send('POST', pathOf(url, params), asked);
      expect({ operationId, ...refusalIn(answer) }).toEqual({
        operationId,
        status: 400,
        code: 'request.invalid',
        paths: ['idempotency-key'],
      });
    }
    expect(await own.acts.orders()).toHaveLength(3);
  });
};

const replays = (world: () => World, scene: () => Scene): void => {
  it('places one order however many times at once it is asked', async () => {
    const own = await openScene(world());
    const answers = await Promise.all(Array.from({ length: 20 }, () => own.acts.post('/orders', order(own.sku), 'at-once')));
    const placed = answers.filter(({ status }) => status === 201);
    expect(new Set(placed.map(({ text }) => text)).size).toBe(1);
    expect(placed.filter((answer) => !wasReplayed(answer))).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(refusalIn(answer).code).toBe('idempotency.in_progress');
    expect(await own.acts.orders()).toHaveLength(4);
  });

  it('answers 409 at once while the first is being answered', async () => {
    const { entered, open } = world().gate.shut();
    const place = { code: 'HELD', name: 'Held up' };
    const first = scene().acts.post('/locations', place, 'held');
    await entered;
    const second = await scene().acts.post('/locations', place, 'held');
    open();
    expect(refusalIn(second)).toEqual({ status: 409, code: 'idempotency.in_progress', paths: [] });
    expect(second.headers.get('retry-after')).toBe('1');
    expect((await first).status).toBe(201);
    expect((await scene().acts.post('/locations', place, 'held')).text).toBe((await first).text);
  });

  it('keeps the keys of organizations, and of routes, apart', async () => {
    const other = await openScene(world());
    const mine = await scene().acts.post('/orders', order(scene().sku), 'shared');
    const theirs = await other.acts.post('/orders', order(other.sku), 'shared');
    const note = await scene().acts.post(`/orders/${scene().orderId}/notes`, { text: 'Same key, another route.' }, 'shared');
    expect([mine, theirs, note].map((answer) => [answer.status, wasReplayed(answer)])).toEqual([
      [201, false],
      [201, false],
      [200, false],
    ]);
  });
};

const refusals = (world: () => World, scene: () => Scene): void => {
  it('refuses a key that was used for another body or another path', async () => {
    const { acts, sku, orderId, readyOrderId } = scene();
    await acts.post('/orders', order(sku), 'used');
    const before = await acts.orders();
    expect(refusalIn(await acts.post('/orders', order(sku, 2), 'used'))).toEqual({
      status: 422,
      code: 'idempotency.key_reused',
      paths: [],
    });
    await acts.post(`/orders/${orderId}/notes`, { text: 'A note.' }, 'noted');
    expect(refusalIn(await acts.post(`/orders/${readyOrderId}/notes`, { text: 'A note.' }, 'noted'))).toEqual({
      status: 422,
      code: 'idempotency.key_reused',
      paths: [],
    });
    expect(await acts.orders()).toEqual(before);
  });

  it('remembers a refusal too, even when the same request would succeed now', async () => {
    const acts = actsOf(world(), await world().signUp());
    await acts.addItem('LATE');
    const locationId = await acts.addLocation('MAIN');
    const first = await acts.post('/orders', order('LATE'), 'late');
    await acts.receive('LATE', locationId, 5);
    const second = await acts.post('/orders', order('LATE'), 'late');
    expect(refusalIn(first)).toEqual({ status: 409, code: 'order.insufficient_stock', paths: [] });
    expect([second.status, second.text, wasReplayed(second), second.headers.get('content-type')]).toEqual([
      409,
      first.text,
      true,
      first.headers.get('content-type'),
    ]);
    expect((await acts.post('/orders', order('LATE'), 'later')).status).toBe(201);
  });

  it('forgets what never came to a decision', async () => {
    const { acts, sku } = scene();
    expect((await acts.post('/orders', order(sku, 0), 'corrected')).status).toBe(400);
    expect((await acts.post('/orders', order(sku, 1), 'corrected')).status).toBe(201);
  });
};

const ofShipments = (world: () => World): void => {
  it('goes on with the shipment that the first request made, and buys one label', async () => {
    const { acts, readyOrderId, locationId } = await openScene(world());
    const path = `/orders/${readyOrderId}/shipments`;
    const json = { carrier: 'fake', parcels: [PARCEL], locationId };
    const before = world().carrier.sold().length;
    world().carrier.breakDown('lostAfterSale');
    const lost = await acts.post(path, json, 'ship');
    world().carrier.mend();
    expect(refusalIn(lost)).toEqual({ status: 504, code: 'carrier.unknown_outcome', paths: [] });
    const found = await acts.post(path, json, 'ship');
    expect(found.status).toBe(201);
    expect(read<{ id: string; status: string }>(found)).toMatchObject({
      id: read<ProblemShape>(lost).shipmentId,
      status: 'labelled',
    });
    expect((await acts.post(path, json, 'ship')).text).toBe(found.text);
    expect(world().carrier.sold().length - before).toBe(1);
  });
};
