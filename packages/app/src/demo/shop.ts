import { randomBytes } from 'node:crypto';
import type { Channel, Location } from '@rappit/domain';
import type { Api } from '../calling/api-caller.js';
import type { Setting, Shop } from './chapter.js';

const HOT_SKU = 'SNEAKER-42';
export const HOT_STOCK = 20;

const address = (name: string, city: string, postalCode: string, countryCode: string) => ({
  name,
  company: 'Demo Trading',
  lines: ['Hafenweg 1'],
  city,
  region: null,
  postalCode,
  countryCode,
  phone: '+49 30 5550199',
  email: null,
});

/** SKUs that an order's JSON names, with the units ordered of each. A body that is no order names none. */
export const skusNamedIn = (order: string): ReadonlyMap<string, number> => {
  const named = new Map<string, number>();
  const body: unknown = JSON.parse(order);
  const lines =
    typeof body === 'object' && body !== null && 'line_items' in body && Array.isArray(body.line_items) ? body.line_items : [];
  for (const { sku, quantity } of lines as readonly { sku?: unknown; quantity?: unknown }[])
    if (typeof sku === 'string' && sku.trim() !== '') named.set(sku, (named.get(sku) ?? 0) + Number(quantity));
  return named;
};

export const setUpShop = async ({ show, order }: Setting, api: Api): Promise<Shop> => {
  show.heading('2. Stock in two locations, and a Shopify shop');
  const berlin = await api.post<Location>('/locations', {
    code: 'BER',
    name: 'Berlin',
    priority: 1,
    active: true,
    address: address('Berlin', 'Berlin', '10115', 'DE'),
  });
  const rotterdam = await api.post<Location>('/locations', {
    code: 'RTM',
    name: 'Rotterdam',
    priority: 2,
    active: true,
    address: address('Rotterdam', 'Rotterdam', '3011 AA', 'NL'),
  });
  const locations = [berlin, rotterdam].map((location) => ({ id: location.id, name: location.name }));
  const rows: string[][] = [];
  const stock = async (sku: string, units: readonly number[]): Promise<void> => {
    await api.post('/items', { sku, name: sku });
    for (const [index, quantity] of units.entries())
      if (quantity > 0) await api.post('/inventory/receipts', { sku, locationId: locations[index]?.id, quantity });
    rows.push([sku, ...units.map(String)]);
  };
  for (const [sku, units] of skusNamedIn(order)) await stock(sku, [Math.max(1, units - 1), units + 5]);
  await stock(HOT_SKU, [HOT_STOCK / 2, HOT_STOCK / 2]);
  show.table([['SKU', ...locations.map(({ name }) => name)], ...rows]);
  const webhookSecret = randomBytes(24).toString('hex');
  const shopDomain = 'demo-trading.myshopify.com';
  const channel = await api.post<Channel>('/channels', {
    kind: 'shopify',
    name: 'Demo Trading on Shopify',
    shopDomain,
    webhookSecret,
  });
  show.line(`connected ${shopDomain}; its secret is sealed and never shown again`);
  return { locations, hotSku: HOT_SKU, channelId: channel.id, shopDomain, webhookSecret };
};
