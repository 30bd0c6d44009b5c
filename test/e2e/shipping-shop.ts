import { randomUUID } from 'node:crypto';
import { PERSONAL } from '../markers.js';
import { type Answer, insist, registered } from './api-client.js';
import type { AppProcess } from './app-process.js';

const PARCEL = { weightGrams: 1_200, lengthMm: 300, widthMm: 200, heightMm: 150 };

/** Somewhere in Berlin, where parcels come from and go to. */
export const ADDRESS = {
  name: `Amira ${PERSONAL}`,
  lines: [`${PERSONAL}straße 5`],
  city: 'Berlin',
  postalCode: '10115',
  countryCode: 'DE',
  phone: '+49 30 5550100',
};

/** An organization with goods in Berlin, and orders for them that are ready to be shipped. */
export const openShop = async (app: AppProcess) => {
  const client = await registered(app);
  const sku = 'MUG';
  await done(insist(client, '/items', { sku, name: 'Mug', weightGrams: 400 }));
  const location = await done(insist(client, '/locations', { code: 'BER', name: 'Berlin', address: ADDRESS }));
  await done(insist(client, '/inventory/receipts', { sku, locationId: location['id'], quantity: 10_000 }));
  const order = async (): Promise<string> => {
    const lines = [{ sku, quantity: 1, unitPriceMinor: 1_900 }];
    const placed = await done(insist(client, '/orders', { currency: 'EUR', shippingAddress: ADDRESS, lines }));
    await done(insist(client, `/orders/${placed['id']}/ready`, undefined));
    return String(placed['id']);
  };
  return {
    client,
    orders: (count: number) => Promise.all(Array.from({ length: count }, order)),
    ship: (orderId: string, carrier: string, more: object = {}) =>
      client.post(`/orders/${orderId}/shipments`, { carrier, parcels: [PARCEL], ...more }, randomUUID()),
    buy: (shipmentId: string) => client.post(`/shipments/${shipmentId}/label`, undefined),
    patch: (path: string, body: unknown) => client.send('PATCH', path, body),
    remove: (path: string) => client.send('DELETE', path),
  };
};

const done = async (asked: Promise<Answer>): Promise<Answer['body']> => {
  const { status, body } = await asked;
  if (status >= 300) throw new Error(`expected a success, was answered ${status} ${String(body['code'])}`);
  return body;
};
