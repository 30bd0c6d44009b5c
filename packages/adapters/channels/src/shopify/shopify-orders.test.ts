import type { ExternalOrder } from '@rappit/domain';
import type { SignedDelivery, SimulatedVariant } from '@rappit/simulators/shopify';
import { shopifyReader } from './shopify-reader.js';
import { app, placeOf, type ShopifyScene, shopifyScene } from './shopify-world.test-kit.js';

const ADDRESS = 'https://hub.example.com/api/v1/webhooks/shopify';

let scene: ShopifyScene;

const opened = async (currency?: string) => {
  scene = await shopifyScene(currency);
  return { ...scene, channel: scene.open() };
};

afterEach(() => scene.simulator.close());

const gid = (id: string): string => `gid://shopify/Order/${id}`;

const toldBy = ({ topic, body, headers }: SignedDelivery): ExternalOrder | undefined => {
  const bytes = new TextEncoder().encode(body);
  expect(shopifyReader.verifies(bytes, headers['x-shopify-hmac-sha256'] ?? '', app.clientSecret)).toBe(true);
  const read = shopifyReader.read(topic, body);
  return read.ok && read.value.kind === 'order' ? read.value.order : undefined;
};

const read = async (id: string): Promise<ExternalOrder | null> => {
  const found = await scene.open().orderById(id);
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
};

/** Every page from there on. */
const readAll = async (from: string | null) => {
  const ids: string[] = [];
  const remaining: (number | null)[] = [];
  let cursor = from;
  for (let more = true; more; ) {
    const page = await scene.open().ordersSince(cursor);
    if (!page.ok) throw new Error(page.error.code);
    ids.push(...page.value.orders.map(({ externalId }) => externalId));
    remaining.push(page.value.remaining);
    ({ cursor, more } = page.value);
  }
  return { ids, remaining, cursor };
};

it.each(['EUR', 'JPY', 'KWD'])(
  'reads an order alike from a delivery and from the shop, in %s, whatever happens to it',
  async (currency) => {
    const { shop, channel, clock } = await opened(currency);
    await channel.ensureWebhooks(ADDRESS, '');
    const mug = shop.addVariant({ sku: 'MUG', productTitle: 'Mug 🧵 été' }, 10);
    const person = { id: '5', firstName: 'Mina', lastName: null, email: 'mina@quokka.example', phone: null };
    const bought = shop.buy(
      [
        { variantId: mug.id, quantity: 3, priceMinor: 12_345 },
        { title: 'Engraving', quantity: 2, priceMinor: 7 },
      ],
      { customer: person, tags: ['gift', 'صيف'], shippingMinor: 490, financialStatus: 'pending' },
    );
    const line = bought.lines[0]?.id ?? '';
    const steps = [
      () => bought,
      () => shop.change(bought.id, { financialStatus: 'paid', gateways: ['Cash on Delivery (COD)'] }),
      () => shop.edit(bought.id, line, 2),
      () => shop.refund(bought.id, 12_345, { [line]: 1 }),
      () => shop.fulfil(bought.id, '123'),
      () => shop.cancel(bought.id, 'fraud'),
    ];
    for (const step of steps) {
      clock.advance(1_000);
      step();
      const orders = shop.deliveries().flatMap((delivery) => toldBy(delivery) ?? []);
      expect(orders.at(-1)).toEqual(await read(gid(bought.id)));
    }
    const [engraving] = (await read(gid(bought.id)))?.lines.slice(1) ?? [];
    expect(engraving).toMatchObject({ sku: null, name: 'Engraving', external: { variantId: null } });
  },
);

it('reads an order of five hundred lines whole, by its id and among others', async () => {
  const { shop, channel, simulator } = await opened();
  const mug = shop.addVariant({ sku: 'MUG' }, 10_000);
  const long = shop.buy(Array.from({ length: 500 }, () => ({ variantId: mug.id, quantity: 2 })));
  expect((await read(gid(long.id)))?.lines).toHaveLength(500);
  const page = await channel.ordersSince(null);
  expect(page.ok && page.value.orders.map(({ lines }) => lines.length)).toEqual([500]);
  expect(simulator.asked().filter((name) => name === 'OrderLines')).toHaveLength(4 + 5);
  expect(new Set(page.ok ? page.value.orders[0]?.lines.map(({ external }) => external.lineId) : []).size).toBe(500);
});

it('reads an order anew that is edited while its lines are read, and gives up when that goes on', async () => {
  const { shop, clock, simulator, send } = await opened();
  const long = shop.buy(Array.from({ length: 150 }, () => ({ title: 'Mug', quantity: 2 })));
  let edits = 1;
  const editing: ShopifyScene['send'] = async (request) => {
    if (String(request.body).includes('OrderLines') && edits-- > 0) {
      clock.advance(1_000);
      shop.edit(long.id, long.lines[0]?.id ?? '', edits);
    }
    return send(request);
  };
  const channel = scene.open({ send: editing });
  const read = await channel.orderById(gid(long.id));
  expect(read.ok && [read.value?.lines.length, read.value?.lines[0]?.cancelled]).toEqual([150, 2]);
  expect(simulator.asked()).toEqual(['Order', 'OrderLines', 'Order', 'OrderLines']);
  edits = 100;
  expect(await channel.orderById(gid(long.id))).toMatchObject({ error: { code: 'shop.unavailable' } });
});

it('reads twelve orders of one second once each, and tells how many are to come', async () => {
  const { shop, clock } = await opened();
  const mug = shop.addVariant({ sku: 'MUG' }, 10_000);
  const ids = Array.from({ length: 12 }, () => gid(shop.buy([{ variantId: mug.id, quantity: 1 }]).id));
  const first = await readAll(null);
  expect([first.ids, first.remaining]).toEqual([ids, [7, 2, 0]]);
  clock.advance(3_600_000);
  shop.change(ids[3]?.split('/').at(-1) ?? '', { tags: ['late'] });
  clock.advance(3_600_000);
  const later = await readAll(first.cursor);
  expect(later.ids.at(-1)).toBe(ids[3]);
  expect((await readAll(later.cursor)).ids).toEqual([ids[3]]);
});

it('begins anew at a cursor that it did not hand out', async () => {
  const { shop, channel } = await opened();
  shop.buy([{ title: 'Mug', quantity: 1 }]);
  for (const cursor of ['nonsense', '{}', '{"read":"x"}', '[]']) {
    const page = await channel.ordersSince(cursor);
    expect(page.ok && page.value.orders.length).toBe(1);
  }
});

describe('a parcel', () => {
  const parcel = (order: { readonly id: string }, lines: readonly (readonly [string | undefined, number])[], number: string) => ({
    externalOrderId: gid(order.id),
    lines: lines.map(([id, quantity]) => ({ externalLineId: `gid://shopify/LineItem/${id}`, quantity })),
    tracking: { company: 'DHL Express', number, url: 'https://track.example/1' },
    notifyCustomer: true,
  });

  /** An order of two lines which stand in two places. */
  const inTwoPlaces = async () => {
    const world = await opened();
    const [mug, plate] = [world.shop.addVariant({ sku: 'MUG' }, 10), world.shop.addVariant({ sku: 'PLATE' }, 10)];
    const other = world.shop.addLocation('Rotterdam');
    const bought = world.shop.buy([
      { variantId: mug.id, quantity: 3 },
      { variantId: plate.id, quantity: 2 },
    ]);
    const lines = bought.lines.map((line, index) => (index === 1 ? { ...line, locationId: other.id } : line));
    const order = { ...bought, lines };
    world.shop.putOrder(order);
    return { ...world, order, first: lines[0]?.id, second: lines[1]?.id };
  };

  it('is told of for each place that its lines stand in, under one number', async () => {
    const { channel, shop, order, first, second } = await inTwoPlaces();
    expect(
      await channel.tellFulfilment(
        parcel(
          order,
          [
            [first, 3],
            [second, 1],
          ],
          '111',
        ),
      ),
    ).toMatchObject({ ok: true });
    expect(shop.fulfilments(order.id).map(({ lines, number, notified }) => [lines, number, notified])).toEqual([
      [[{ lineId: first, quantity: 3 }], '111', true],
      [[{ lineId: second, quantity: 1 }], '111', true],
    ]);
  });

  it('is told of for the other place alone, when the answer was lost after the first', async () => {
    const { channel, simulator, shop, order, first, second } = await inTwoPlaces();
    const told = parcel(
      order,
      [
        [first, 3],
        [second, 2],
      ],
      '111',
    );
    simulator.breakDown('lost');
    expect(await channel.tellFulfilment(told)).toMatchObject({ error: { code: 'shop.unknown_outcome' } });
    expect(shop.fulfilments(order.id)).toHaveLength(1);
    simulator.mend();
    expect(await channel.tellFulfilment(told)).toMatchObject({ ok: true });
    expect(shop.fulfilments(order.id).map(({ lines }) => lines)).toEqual([
      [{ lineId: first, quantity: 3 }],
      [{ lineId: second, quantity: 2 }],
    ]);
  });

  it('of some units leaves the others to be told of under another number', async () => {
    const { channel, shop, order, first } = await inTwoPlaces();
    for (const [number, units] of [
      ['111', 1],
      ['222', 2],
    ] as const)
      expect(await channel.tellFulfilment(parcel(order, [[first, units]], number))).toMatchObject({ ok: true });
    expect(shop.fulfilments(order.id).map(({ number, lines }) => [number, lines[0]?.quantity])).toEqual([
      ['111', 1],
      ['222', 2],
    ]);
  });

  it('of some units is told of once under its number, though more of the line could be', async () => {
    const { channel, shop, order, first } = await inTwoPlaces();
    for (const _ of ['first', 'second'])
      expect(await channel.tellFulfilment(parcel(order, [[first, 1]], '111'))).toMatchObject({ ok: true });
    expect(shop.fulfilments(order.id).map(({ lines }) => lines)).toEqual([[{ lineId: first, quantity: 1 }]]);
  });

  it('is told of again after its fulfilment was cancelled, on the part that is open', async () => {
    const { channel, shop, order, first } = await inTwoPlaces();
    await channel.tellFulfilment(parcel(order, [[first, 3]], '111'));
    shop.cancelFulfilment(shop.fulfilments(order.id)[0]?.id ?? '');
    expect(await channel.tellFulfilment(parcel(order, [[first, 3]], '111'))).toMatchObject({ ok: true });
    expect(shop.fulfilments(order.id).map(({ status }) => status)).toEqual(['CANCELLED', 'SUCCESS']);
  });

  it('of which nothing is left in the shop is refused, and no other line is fulfilled instead', async () => {
    const { channel, shop, order, first, second } = await inTwoPlaces();
    await channel.tellFulfilment(parcel(order, [[first, 3]], '111'));
    for (const lines of [[[first, 1]], [['404', 1]], []] as const)
      expect(await channel.tellFulfilment(parcel(order, lines, '999'))).toMatchObject({
        ...(lines.length > 0 && { error: { code: 'shop.refused' } }),
      });
    shop.cancel(order.id);
    expect(await channel.tellFulfilment(parcel(order, [[second, 1]], '333'))).toMatchObject({ error: { code: 'shop.refused' } });
    expect(shop.fulfilments(order.id)).toHaveLength(1);
  });
});

describe('stock', () => {
  const stocked = async (count: number) => {
    const world = await opened();
    const variants = Array.from({ length: count }, (_, index) => world.shop.addVariant({ sku: `MUG-${index}` }, 5));
    const location = world.shop.locations()[0]?.id ?? '';
    return { ...world, location, places: variants.map((variant: SimulatedVariant) => placeOf(world, variant, location)) };
  };

  it('of three hundred places is set by two inputs, though one is refused and one is stale', async () => {
    const { channel, simulator, places } = await stocked(300);
    const asked = places.map((place, index) => ({
      ...place,
      available: index === 10 ? -1 : 3,
      expected: index === 270 ? 4 : 5,
    }));
    const shown = await channel.showStock('key', asked);
    const outcomes = shown.ok ? shown.value : [];
    expect(outcomes.map(({ outcome }) => outcome).filter((outcome) => outcome === 'accepted')).toHaveLength(298);
    expect([outcomes[10]?.outcome, outcomes[270]]).toEqual(['refused', { outcome: 'stale', shows: 5 }]);
    expect(simulator.asked().filter((name) => name === 'SetStock')).toHaveLength(4);
    expect(await channel.showStock('key', asked)).toEqual(shown);
  });

  it('that the shop has sold without having it is read as less than none', async () => {
    const { channel, shop, places, location } = await stocked(1);
    shop.setStock(places[0]?.externalItemId ?? '', location, -4);
    expect(await channel.stockShown([...places, { externalItemId: '1', externalLocationId: null }])).toEqual({
      ok: true,
      value: [-4, null],
    });
  });

  it('nowhere is refused, and so is none at all to be shown', async () => {
    const { channel, places } = await stocked(1);
    const asked = [{ externalItemId: places[0]?.externalItemId ?? '', externalLocationId: null, available: 1, expected: null }];
    expect(await channel.showStock('key', asked)).toMatchObject({ ok: true, value: [{ outcome: 'refused' }] });
    expect(await channel.showStock('none', [])).toEqual({ ok: true, value: [] });
  });
});

it('does not take a fulfilment service for a place of ours', async () => {
  const { shop, channel } = await opened();
  shop.addLocation('A warehouse of somebody else', true);
  const known = await channel.locations();
  expect(known.ok && known.value.map(({ name }) => name)).toEqual(['Berlin']);
});
