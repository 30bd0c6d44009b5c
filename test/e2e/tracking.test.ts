import { createHmac } from 'node:crypto';
import { type DhlSimulator, startDhlSimulator } from '@rappit/simulators/dhl';
import { type FedexSimulator, startFedexSimulator } from '@rappit/simulators/fedex';
import pg from 'pg';
import { freshDatabase } from '../database.js';
import { PERSONAL, SECRET } from '../markers.js';
import { type ApiClient, insist, registered } from './api-client.js';
import { type AppProcess, startProcess } from './app-process.js';

const dhlKeys = { accountNumber: '960000000', apiKey: `${SECRET}-key`, apiSecret: `${SECRET}-word` };
const fedexKeys = { accountNumber: '123456789', clientId: `${SECRET}-id`, clientSecret: `${SECRET}-word` };
const WEBHOOK_SECRET = `${SECRET}s tell where parcels are`.replaceAll(' ', '-');

const address = (name: string) => ({
  name,
  lines: [`${PERSONAL}straße 5`],
  city: 'Berlin',
  postalCode: '10115',
  countryCode: 'DE',
  phone: '+49 30 900 100 10',
});

type Tracking = {
  readonly status: string;
  readonly events: readonly { readonly code: string }[];
  readonly trackingUrl: string;
  readonly askedAt: string | null;
};
type Shipped = { readonly orderId: string; readonly id: string; readonly number: string };

/** Labels from DHL and FedEx as they are on the wire, and their parcels until they arrive: asked for by the job, and told by a webhook. */
describe('parcels on their way', () => {
  let app: AppProcess;
  let shop: ApiClient;
  let admin: pg.Client;
  let [dhl, fedex]: readonly [DhlSimulator?, FedexSimulator?] = [];
  beforeAll(async () => {
    dhl = await startDhlSimulator(dhlKeys);
    fedex = await startFedexSimulator(fedexKeys);
    const { appUrl, doorUrl, superuserUrl } = await freshDatabase();
    admin = new pg.Client(superuserUrl);
    await admin.connect();
    app = await startProcess({
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      DATABASE_URL: appUrl,
      DATABASE_DOOR_URL: doorUrl,
      JWT_SECRET: `${SECRET} `.repeat(8),
      CREDENTIAL_KEY: Buffer.alloc(32, 7).toString('base64'),
      SIMULATED_CARRIER: 'off',
      DHL_API_URL: dhl.baseUrl,
      DHL_ACCOUNT_NUMBER: dhlKeys.accountNumber,
      DHL_API_KEY: dhlKeys.apiKey,
      DHL_API_SECRET: dhlKeys.apiSecret,
      DHL_TIME_ZONE: 'Europe/Berlin',
      DHL_GOODS: 'Stoneware kitchen goods',
      FEDEX_API_URL: fedex.baseUrl,
      FEDEX_ACCOUNT_NUMBER: fedexKeys.accountNumber,
      FEDEX_API_KEY: fedexKeys.clientId,
      FEDEX_SECRET_KEY: fedexKeys.clientSecret,
      FEDEX_TIME_ZONE: 'Europe/Berlin',
      FEDEX_PICKUP_TYPE: 'USE_SCHEDULED_PICKUP',
      FEDEX_WEBHOOK_SECRET: WEBHOOK_SECRET,
    });
    shop = await registered(app);
    await insist(shop, '/items', { sku: 'MUG', name: 'Mug' });
    const { body } = await insist(shop, '/locations', { code: 'A', name: 'A', address: address('Warehouse') });
    await insist(shop, '/inventory/receipts', { sku: 'MUG', locationId: body['id'], quantity: 10 });
  });
  afterAll(async () => {
    await app.kill('SIGTERM');
    await admin.end();
    await dhl?.close();
    await fedex?.close();
  });

  const must = async (path: string, body: object): Promise<Readonly<Record<string, unknown>>> => {
    const answer = await insist(shop, path, body);
    if (answer.status >= 300) throw new Error(`${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };

  /** An order of a mug, and its label. */
  const shipped = async (carrier: string): Promise<Shipped> => {
    const lines = [{ sku: 'MUG', quantity: 1, unitPriceMinor: 1_900 }];
    const order = await must('/orders', { currency: 'EUR', shippingAddress: address('Jo Lindqvist'), lines });
    await must(`/orders/${order['id']}/ready`, {});
    const parcels = [{ weightGrams: 1_200, lengthMm: 300, widthMm: 200, heightMm: 150 }];
    const shipment = await must(`/orders/${order['id']}/shipments`, { carrier, parcels });
    return { orderId: String(order['id']), id: String(shipment['id']), number: String(shipment['trackingNumber']) };
  };

  /** As if the minute were over after which carriers are asked. */
  const askCarriers = () => admin.query(`SELECT graphile_worker.add_job('sweep_tracking')`);

  /** As long as it takes. */
  const until = async (id: string, isSo: (tracking: Tracking) => boolean): Promise<Tracking> => {
    for (;;) {
      const tracking = await shop.get<Tracking>(`/shipments/${id}/tracking`);
      if (isSo(tracking)) return tracking;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  const day = (date: number): Date => new Date(Date.UTC(2026, 0, date, 12));

  it('are asked for by a job, whatever order the carrier tells in, until their order is delivered', async () => {
    const scans = (
      [
        ['outForDelivery', 8],
        ['delivered', 9],
        ['pickedUp', 6],
        ['inTransit', 7],
      ] as const
    ).map(([status, date]) => ({ status, at: day(date) }));
    // The job may come between a label and its scans, and doesn't come back soon then: such a parcel says nothing here.
    const followed = async (): Promise<Shipped & { readonly tracking: Tracking }> => {
      const sent = await shipped('dhl');
      dhl?.scan(sent.number, scans);
      await askCarriers();
      const tracking = await until(sent.id, ({ askedAt }) => askedAt !== null);
      return tracking.events.length > 0 ? { ...sent, tracking } : followed();
    };
    const { orderId, number, tracking } = await followed();
    expect(tracking.status).toBe('delivered');
    expect(tracking.events.map(({ code }) => code)).toEqual(['OK', 'WC', 'DF', 'PU']);
    expect(tracking.trackingUrl).toContain(number);
    expect(await shop.get(`/orders/${orderId}`)).toMatchObject({ status: 'delivered' });
  });

  it('are told by a webhook, twice and in any order, until their order is delivered', async () => {
    const { id, orderId, number } = await shipped('fedex');
    const tell = async (...scans: readonly (readonly [code: string, date: string])[]): Promise<number> => {
      const scanEvents = scans.map(([eventType, date]) => ({ eventType, date, eventDescription: eventType }));
      const body = JSON.stringify({ completeTrackResults: [{ trackingNumber: number, trackResults: [{ scanEvents }] }] });
      const signature = createHmac('sha256', WEBHOOK_SECRET).update(body).digest('base64');
      const headers = { 'content-type': 'application/json', 'fdx-signature': signature };
      return (await fetch(`${app.apiUrl}/webhooks/fedex`, { method: 'POST', headers, body })).status;
    };
    const [picked, out, delivered] = [
      ['PU', '2026-01-06T09:00:00+01:00'],
      ['OD', '2026-01-08T09:00:00+01:00'],
      ['DL', '2026-01-08T15:00:00+01:00'],
    ] as const;
    expect([await tell(delivered), await tell(out, picked), await tell(delivered)]).toEqual([200, 200, 200]);
    const { events, status } = await until(id, (tracking) => tracking.events.length === 3);
    expect(status).toBe('delivered');
    expect(events.map(({ code }) => code)).toEqual(['DL', 'OD', 'PU']);
    expect(await shop.get(`/orders/${orderId}`)).toMatchObject({ status: 'delivered' });
  });
});
