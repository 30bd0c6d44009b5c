import type { Location, Order, Page } from '@rappit/domain';
import type { Api } from '../calling/api-caller.js';
import { goods, kit, orders, places } from './goods.js';

export type Seeded = { readonly locations: number; readonly items: number; readonly orders: number };

const shopper = {
  name: 'Sam Sample',
  company: null,
  lines: ['Lindenstraße 12'],
  city: 'Berlin',
  region: null,
  postalCode: '10969',
  countryCode: 'DE',
  phone: '+49 30 5550100',
  email: null,
};

/** What a merchant of a week might have: places, goods, stock, and orders in several states. Null where there are goods already. */
export const seed = async (api: Api): Promise<Seeded | null> => {
  if ((await api.get<Page<unknown>>('/items?limit=1')).data.length > 0) return null;
  const locations = [];
  for (const place of places) locations.push(await api.post<Location>('/locations', place));
  for (const { units, priceMinor: _, ...item } of goods) {
    await api.post('/items', item);
    for (const [index, quantity] of units.entries())
      if (quantity > 0) await api.post('/inventory/receipts', { sku: item.sku, locationId: locations[index]?.id, quantity });
  }
  await api.post('/items', kit);
  for (const order of orders) await place(api, order);
  return { locations: places.length, items: goods.length + 1, orders: orders.length };
};

const priceOf = (sku: string): number => goods.find((one) => one.sku === sku)?.priceMinor ?? 4_200;

const place = async (api: Api, { lines, fate }: (typeof orders)[number]): Promise<void> => {
  const { id } = await api.post<Order>('/orders', {
    currency: 'EUR',
    paymentStatus: 'paid',
    onShortage: 'backorder',
    shippingAddress: shopper,
    lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity, unitPriceMinor: priceOf(sku) })),
  });
  if (fate === 'ready') await api.post(`/orders/${id}/ready`, {});
  if (fate === 'held') await api.post(`/orders/${id}/hold`, { reason: 'address' });
  if (fate === 'cancelled') await api.post(`/orders/${id}/cancel`, { reason: 'customerRequest' });
};
