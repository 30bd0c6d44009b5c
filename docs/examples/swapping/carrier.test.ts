import { exampleParcel, fakeCarrier, fakeCarriers } from '@rappit/testing/fakes';
import { readConfig } from '../../../packages/app/src/config.js';
import { swap } from '../../../packages/app/src/container/container.js';
import { tokens } from '../../../packages/app/src/container/tokens.js';
import { type RunningApp, startApp } from '../../../packages/app/src/start.js';
import { freshDatabase } from '../../../test/database.js';
import { PERSONAL, SECRET } from '../../../test/markers.js';

/** Whatever this organization does next, as its admin. */
const signUp = async (url: string) => {
  const call = async (method: string, path: string, body?: object, token?: string) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...(body && { 'content-type': 'application/json' }), ...(token && { authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const admin = { organizationName: 'Mugs', name: 'Mina', email: `mina@${PERSONAL}.example`, password: `a long ${SECRET}` };
  const { body } = await call('POST', '/auth/register', admin);
  const token = String(body['token']);
  return {
    get: (path: string) => call('GET', path, undefined, token),
    post: (path: string, sent: object) => call('POST', path, sent, token),
  };
};

const address = {
  ...{
    name: `${PERSONAL} Lea`,
    company: null,
    lines: [`${PERSONAL} Street 1`],
    city: 'Berlin',
    region: null,
    postalCode: '10115',
  },
  ...{ countryCode: 'DE', phone: '+4930000000', email: null },
};

describe('the whole app with a carrier of our own making', () => {
  const fake = fakeCarrier('pigeon');
  let app: RunningApp;
  beforeAll(async () => {
    const { appUrl, doorUrl } = await freshDatabase();
    const config = readConfig({
      NODE_ENV: 'test',
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: appUrl,
      DATABASE_DOOR_URL: doorUrl,
    });
    app = await startApp(config, [swap(tokens.carriers, fakeCarriers(fake.carrier))]);
  });
  afterEach(() => fake.mend());
  afterAll(() => app.stop());

  const readyOrder = async (acts: Awaited<ReturnType<typeof signUp>>): Promise<string> => {
    await acts.post('/items', { sku: 'MUG', name: 'Mug' });
    const location = await acts.post('/locations', { code: 'BER', name: 'Berlin', priority: 1, active: true, address });
    await acts.post('/inventory/receipts', { sku: 'MUG', locationId: location.body['id'], quantity: 5 });
    const lines = [{ sku: 'MUG', quantity: 2, unitPriceMinor: 1_490 }];
    const order = await acts.post('/orders', { currency: 'EUR', lines, shippingAddress: address });
    await acts.post(`/orders/${String(order.body['id'])}/ready`, {});
    return String(order.body['id']);
  };

  it('ships with it, and hears of it when it fails', async () => {
    const acts = await signUp(app.url);
    const orderId = await readyOrder(acts);
    const ship = () => acts.post(`/orders/${orderId}/shipments`, { carrier: 'pigeon', parcels: [exampleParcel] });
    fake.breakDown('unavailable');
    expect(await ship()).toMatchObject({ status: 503, body: { code: 'carrier.unavailable' } });
    fake.mend();
    expect(await ship()).toMatchObject({ status: 201, body: { status: 'labelled' } });
    expect(fake.sold()).toHaveLength(1);
    expect(await acts.get(`/orders/${orderId}`)).toMatchObject({ body: { status: 'shipped' } });
  });
});
