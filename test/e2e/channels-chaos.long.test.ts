import { seed } from '../seed.js';
import { allOf } from './api-client.js';
import { chaosIn } from './busy-shops.js';
import { chancesOf } from './chances.js';
import { type ConnectedShops, connectByKeys, connectedShops, stocked, synced } from './connected-shops.js';
import { inboxEmptied, stockShown } from './settled-shops.js';

/** `EVENTS=2000` makes it the whole run. */
const EVENTS = Number(process.env['EVENTS'] ?? 300);
const BUFFER = 2;
/** Of some there is plenty, and of others both shops sell more than there is. */
const STOCK = { MUG: 5_000, PLATE: 5_000, BOWL: 5_000, CUP: 60, JUG: 25, SPOON: 0 };

type OrderShape = {
  readonly id: string;
  readonly status: string;
  readonly source: { readonly channelId: string | null; readonly externalId: string };
  readonly refundedMinor: number;
  readonly tags: readonly string[];
  readonly lines: readonly {
    readonly sku: string;
    readonly ordered: number;
    readonly cancelled: number;
    readonly external: { readonly lineId: string } | null;
  }[];
};

/** An order in a few words, the same whoever tells it. */
type Said = {
  readonly id: string;
  readonly units: Readonly<Record<string, number>>;
  readonly refundedMinor: number;
  readonly tags: string;
};

/** The last digits of an id, whatever stands before them. */
const digits = (id: string): string => /\d+$/.exec(id)?.[0] ?? id;
const byId = (one: Said, other: Said): number => (one.id < other.id ? -1 : 1);

const ours = ({ source, lines, refundedMinor, tags }: OrderShape): Said => ({
  id: digits(source.externalId),
  units: Object.fromEntries(
    lines.flatMap(({ external, ordered, cancelled }) => {
      const units = ordered - cancelled;
      return external && units > 0 ? [[digits(external.lineId), units]] : [];
    }),
  ),
  refundedMinor,
  tags: [...tags].sort().join(' '),
});

const inShopify = ({ shop }: ConnectedShops): readonly Said[] =>
  shop.orders().map(({ id, lines, cancelledAt, refundedMinor, tags }) => ({
    id,
    units: Object.fromEntries(
      lines.flatMap((line) => (cancelledAt === null && line.current > 0 ? [[line.id, line.current]] : [])),
    ),
    refundedMinor,
    tags: [...tags].sort().join(' '),
  }));

const inWoo = ({ woo }: ConnectedShops): readonly Said[] =>
  woo.orders().map(({ id, status, lines, refunds }) => ({
    id,
    units: Object.fromEntries(
      lines.flatMap((line) => {
        const refunded = refunds.flatMap((refund) => refund.lines).filter(({ lineId }) => lineId === line.id);
        const units = line.quantity - refunded.reduce((sum, { quantity }) => sum + quantity, 0);
        return status === 'processing' && units > 0 ? [[line.id, units]] : [];
      }),
    ),
    refundedMinor: refunds.reduce((sum, { totalMinor }) => sum + totalMinor, 0),
    tags: '',
  }));

describe(`${EVENTS} things that happen in two shops and are told late, twice, out of turn or never (SEED=${seed})`, () => {
  let shops: ConnectedShops;
  beforeAll(async () => {
    shops = await connectedShops({ apps: 2, seed });
  });
  afterAll(() => shops.close());

  it('come to the same orders here as there, each once, and to the stock in both shops that there is, less the buffer', async () => {
    const { shop, woo, at } = shops;
    const client = at(0);
    await stocked(client, STOCK);
    for (const [index, sku] of Object.keys(STOCK).entries()) {
      shop.addVariant({ sku, productTitle: sku }, 40);
      woo.putItem({ id: String(11 + index), sku, barcode: '', name: sku, option: '', isVirtual: false, stock: 40 });
    }
    const { shopifyId, wooId } = await connectByKeys(shops);
    for (const id of [shopifyId, wooId]) await client.send('PATCH', `/channels/${id}`, { buffer: BUFFER });

    const chaos = await chaosIn(shops, chancesOf(seed), EVENTS);
    expect(chaos.dropped).toBeGreaterThan(0);
    expect(chaos.late).toBeGreaterThan(0);
    expect(await inboxEmptied(shops)).toEqual([]);
    for (const id of [shopifyId, wooId]) expect(await synced(client, id)).toMatchObject({ failed: 0, problem: null });
    expect(await inboxEmptied(shops)).toEqual([]);

    const all = await Promise.all(
      (await allOf<{ id: string }>(client, '/orders')).map(({ id }) => client.get<OrderShape>(`/orders/${id}`)),
    );
    const of = (channelId: string) => all.filter(({ source }) => source.channelId === channelId).map(ours);
    expect(of(shopifyId).toSorted(byId)).toEqual(inShopify(shops).toSorted(byId));
    expect(of(wooId).toSorted(byId)).toEqual(inWoo(shops).toSorted(byId));
    expect(all.length).toBe(shop.orders().length + woo.orders().length);

    const shown = () => {
      const [location] = shop.locations();
      return {
        shopify: Object.fromEntries(
          shop.variants().map(({ sku, inventoryItemId }) => [sku, shop.stockAt(inventoryItemId, location?.id ?? '')]),
        ),
        woo: Object.fromEntries(woo.items().map(({ sku, stock }) => [sku, stock])),
      };
    };
    const wanted = async () => {
      const rows = await Promise.all(
        Object.keys(STOCK).map(async (sku) => {
          const { available } = await client.get<{ available: number }>(`/items/${sku}/availability`);
          return [sku, Math.max(0, available - BUFFER)] as const;
        }),
      );
      const each = Object.fromEntries(rows);
      return { shopify: each, woo: each };
    };
    await stockShown(shops, async () => JSON.stringify(shown()) === JSON.stringify(await wanted()));
    expect(shown()).toEqual(await wanted());
    expect(await client.get('/inventory/reconciliation')).toMatchObject({ levels: [], lines: [] });
  });
});
