import type { Order, Page, Reservation } from '@rappit/domain';
import type { Api } from '../calling/api-caller.js';
import { type Ground, testAddress } from './ground.js';
import type { Told } from './told.js';

/** How a test asks, and where it leaves what has to be undone after all of them, the last thing first. */
export type Hands = { readonly api: Api; readonly undo: (() => Promise<unknown>)[] };

export type Placed = Hands & { readonly ground: Ground; readonly orderId: string };

export const cancelling = (api: Api, orderId: string) => (): Promise<unknown> =>
  api.post(`/orders/${orderId}/cancel`, { reason: 'other' });

/** One paid unit, reserved at once. */
export const orderTest = async ({ api, undo }: Hands, ground: Ground): Promise<Told<Placed>> => {
  const order = await api.post<Order>('/orders', {
    currency: 'EUR',
    paymentStatus: 'paid',
    shippingAddress: testAddress,
    lines: [{ sku: ground.sku, quantity: 1, unitPriceMinor: 100 }],
    tags: ['smoke-test'],
  });
  undo.push(cancelling(api, order.id));
  if (order.status !== 'reserved') throw new Error(`the order is ${order.status}, not reserved`);
  return { says: `order ${order.number} is reserved`, value: { api, undo, ground, orderId: order.id } };
};

/** The order's unit is promised to it by name, and its level says so. */
export const reservationTest = async ({ api, ground, orderId }: Placed): Promise<Told<true>> => {
  const { data: open } = await api.get<Page<Reservation>>(`/inventory/reservations?orderId=${orderId}&status=open`);
  const units = open.reduce((sum, { quantity }) => sum + quantity, 0);
  if (units !== 1) throw new Error(`${units} units are promised to the order, not 1`);
  const { data: levels } = await api.get<Page<{ locationId: string; onHand: number; reserved: number }>>(
    `/inventory/levels?sku=${ground.sku}`,
  );
  const level = levels.find(({ locationId }) => locationId === open[0]?.locationId);
  if (!level || level.reserved < 1 || level.reserved > level.onHand) throw new Error(`its level says ${JSON.stringify(level)}`);
  return { says: `1 unit is promised, of ${level.onHand} on hand`, value: true };
};
