import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Order, OrderSummary, Page, Reservation, Shipment, TimelineEntry } from '@rappit/domain';
import type { Chapter } from './chapter.js';

const SHIPPABLE = ['reserved', 'backordered'];

const demoAddress = {
  name: 'Amal Example',
  company: null,
  lines: ['Lindenstraße 12'],
  city: 'Berlin',
  region: null,
  postalCode: '10969',
  countryCode: 'DE',
  phone: '+49 30 5550100',
  email: null,
};

/** Marks an order ready, buys its labels, and shows its life so far. True when a real PDF came out. */
export const parcel = async (chapter: Chapter, shopOrderId: string | undefined): Promise<boolean> => {
  const { show, api } = chapter;
  show.heading('5. A label is bought, and the stock leaves');
  const order = await orderToShip(chapter, shopOrderId);
  const { id } = order;
  if (!order.shippingAddress) {
    show.line('the order came without an address: somebody types one in');
    await api.patch(`/orders/${id}`, { shippingAddress: demoAddress });
  }
  await api.post(`/orders/${id}/ready`, {});
  const labels = await Promise.all((await locationsOf(chapter, id)).map((locationId) => ship(chapter, id, locationId)));
  const shipped = await api.get<Order>(`/orders/${id}`);
  show.line(`order ${shipped.number} is ${shipped.status} now. Its life so far:`);
  show.table(
    (await api.get<Page<TimelineEntry>>(`/orders/${id}/timeline`)).data.map((entry) => [
      `  ${entry.what}`,
      entry.to ? `→ ${entry.to}` : '',
      entry.text ?? '',
      `by ${entry.actor.name}`,
    ]),
  );
  return labels.length > 0 && labels.every(Boolean);
};

/** The shop's order, unless it is held, cancelled or has nothing reserved; then one of the buyers'. */
const orderToShip = async ({ show, api, shop }: Chapter, shopOrderId: string | undefined): Promise<Order> => {
  const order = shopOrderId ? await api.get<Order>(`/orders/${shopOrderId}`) : undefined;
  if (order && SHIPPABLE.includes(order.status) && order.lines.some((line) => line.reserved > 0)) return order;
  if (order)
    show.line(
      `the shop’s order is ${order.status}${order.hold ? ` (${order.hold})` : ''}: one of the buyers’ orders of ${shop.hotSku} is shipped instead`,
    );
  const [other] = (await api.get<Page<OrderSummary>>('/orders?status=reserved&limit=1')).data;
  if (!other) throw new Error('there is no order to ship');
  return api.get<Order>(`/orders/${other.id}`);
};

const locationsOf = async ({ api }: Chapter, orderId: string): Promise<readonly string[]> => {
  const { data: open } = await api.get<Page<Reservation>>(`/inventory/reservations?orderId=${orderId}&status=open&limit=100`);
  return [...new Set(open.map((reservation) => reservation.locationId))];
};

const ship = async ({ show, api }: Chapter, orderId: string, locationId: string): Promise<boolean> => {
  const parcels = [{ weightGrams: 1_200, lengthMm: 300, widthMm: 200, heightMm: 150 }];
  const shipment = await api.post<Shipment>(`/orders/${orderId}/shipments`, { carrier: 'simulated', locationId, parcels });
  const label = await api.bytes(`/shipments/${shipment.id}/label`);
  const folder = join(process.cwd(), 'tmp');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `label-${shipment.trackingNumber}.pdf`);
  await writeFile(file, label);
  const cost = shipment.cost;
  show.line(
    `bought ${shipment.trackingNumber}${cost ? ` for ${cost.amountMinor / 100} ${cost.currency}` : ''}: ${label.length} bytes in ${file}`,
  );
  return label.subarray(0, 5).toString() === '%PDF-';
};
