import { randomBytes, randomUUID } from 'node:crypto';
import type { DhlSimulator } from '@rappit/simulators/dhl';
import type { FedexSimulator } from '@rappit/simulators/fedex';
import type { freshDatabase } from '../database.js';
import { PERSONAL, SECRET } from '../markers.js';
import { type Answer, insist, registered } from './api-client.js';
import type { AppProcess } from './app-process.js';

export const dhlKeys = { apiKey: `${SECRET}-user`, apiSecret: `${SECRET}-password`, accountNumber: '960000000' };
export const fedexKeys = { clientId: `${SECRET}-id`, clientSecret: `${SECRET}-secret`, accountNumber: '740561073' };

type Around = {
  readonly database: Pick<Awaited<ReturnType<typeof freshDatabase>>, 'appUrl' | 'doorUrl'>;
  readonly dhl: DhlSimulator;
  readonly fedex: FedexSimulator;
};

/** What a process is told that sells labels of both carriers on the installation's own accounts. */
export const environmentOf = ({ database, dhl, fedex }: Around) => ({
  NODE_ENV: 'test',
  HOST: '127.0.0.1',
  DATABASE_URL: database.appUrl,
  DATABASE_DOOR_URL: database.doorUrl,
  JWT_SECRET: randomBytes(32).toString('hex'),
  CREDENTIAL_KEY: randomBytes(32).toString('base64'),
  SIMULATED_CARRIER: 'off',
  DHL_API_URL: dhl.baseUrl,
  FEDEX_API_URL: fedex.baseUrl,
  DHL_API_KEY: dhlKeys.apiKey,
  DHL_API_SECRET: dhlKeys.apiSecret,
  DHL_ACCOUNT_NUMBER: dhlKeys.accountNumber,
  FEDEX_API_KEY: fedexKeys.clientId,
  FEDEX_SECRET_KEY: fedexKeys.clientSecret,
  FEDEX_ACCOUNT_NUMBER: fedexKeys.accountNumber,
  // FedEx finds only what ships by today in Memphis: by Berlin's clock a purchase of its first hours would be found some hours later.
  FEDEX_TIME_ZONE: 'America/Chicago',
});

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
