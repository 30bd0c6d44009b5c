import { err, ok, type SalesChannel, type ShopVariant } from '@rappit/domain';
import { fakeShop } from '../fakes/fake-shop.js';
import { shopLine, shopOrder } from '../use-cases/shop-scene.test-kit.js';
import { brokenPromises, runContract } from './contract.js';
import { type SalesChannelWorld, salesChannelContract } from './sales-channel.contract.js';

const variants: readonly ShopVariant[] = ['11', '12', '13', '14', '15'].map((externalVariantId, index) => ({
  externalVariantId,
  externalItemId: `9${externalVariantId}`,
  sku: index === 1 ? null : `MUG-${externalVariantId}`,
  barcode: index === 2 ? null : `40000000000${externalVariantId}`,
  name: `Mug ${externalVariantId}`,
}));

const worldOf = (broken: (channel: SalesChannel) => Partial<SalesChannel> = () => ({})): SalesChannelWorld => {
  const { channel, fulfilments, ...shop } = fakeShop();
  for (const variant of variants) shop.putVariant(variant);
  for (const externalLocationId of ['1', '2']) shop.putLocation({ externalLocationId, name: `Place ${externalLocationId}` });
  const place = (externalItemId: string) => ({ externalItemId, externalLocationId: '1' });
  return {
    ...shop,
    variants,
    channel: { ...channel, ...broken(channel) },
    places: [place('7'), place('8')],
    toldOf: (id) => fulfilments().flatMap((one) => (one.externalOrderId === id ? one.tracking.number : [])),
    exampleOrder: (externalId) => shopOrder(1, [shopLine('MUG', 1), shopLine('PLATE', 2)], { externalId }),
  };
};

runContract({ describe, it }, 'fakeShop', { cases: salesChannelContract, make: () => worldOf() });

let pushes = 0;

it.each<[string, (channel: SalesChannel) => Partial<SalesChannel>, string]>([
  ['knows no order', () => ({ orderById: async () => ({ ok: true, value: null }) }), 'reads an order by its id'],
  ['forgets where it was', (real) => ({ ordersSince: (cursor) => real.ordersSince(cursor && '99') }), 'reads every order'],
  [
    'sets stock whatever is shown',
    (real) => ({
      showStock: (key, all) =>
        real.showStock(
          key,
          all.map((one) => ({ ...one, expected: null })),
        ),
    }),
    'shows stock where',
  ],
  [
    'makes a key of its own each time',
    (real) => ({ showStock: (key, all) => real.showStock(`${key}${pushes++}`, all) }),
    'has one effect under one key',
  ],
  [
    'tells of another number each time',
    (real) => ({
      tellFulfilment: (one) => real.tellFulfilment({ ...one, tracking: { ...one.tracking, number: `${pushes++}` } }),
    }),
    'tells of a tracking number once',
  ],
  [
    'gives up at an order that it can not read',
    (real) => ({
      ordersSince: async (cursor) => {
        const page = await real.ordersSince(cursor);
        return page.ok && page.value.unreadable.length > 0 ? err({ code: 'shop.refused', message: 'Unreadable.' }) : page;
      },
    }),
    'lets no order that it can not read',
  ],
  [
    'makes every webhook anew',
    (real) => ({
      ensureWebhooks: async (address, secret) => {
        const ensured = await real.ensureWebhooks(address, secret);
        return ensured.ok ? ok({ made: [...ensured.value.made, ...ensured.value.kept], kept: [] }) : ensured;
      },
    }),
    'leaves one webhook of each topic',
  ],
  [
    'forgets what it made before its answer was lost',
    (real) => ({
      ensureWebhooks: async (address, secret) => {
        const ensured = await real.ensureWebhooks(address, secret);
        return ensured.ok ? ok({ ...ensured.value, kept: [] }) : ensured;
      },
    }),
    'makes no webhook twice',
  ],
  [
    'makes no webhook',
    () => ({ ensureWebhooks: async () => ({ ok: true, value: { made: [], kept: [] } }) }),
    'makes the webhooks',
  ],
  ['keeps its webhooks', () => ({ dropWebhooks: async () => ({ ok: true, value: null }) }), 'drops its webhooks'],
  ['always says that it is there', () => ({ check: async () => ({ ok: true, value: null }) }), 'answers that it is away'],
])('catches a channel that %s', async (_, broken, promise) => {
  const found = await brokenPromises({ cases: salesChannelContract, make: () => worldOf(broken) });
  expect(found.map((one) => one.promise).filter((one) => one.startsWith(promise))).toHaveLength(1);
});
