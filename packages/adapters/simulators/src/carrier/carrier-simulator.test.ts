import { type CarrierSimulator, startCarrierSimulator } from './index.js';
import { isTrackingNumber } from './tracking-number.js';

const address = { contact: 'Mina Okafor', street: ['Quokkaweg 12'], town: 'Frankfurt am Main', zip: '60316', country: 'DE' };
const order = { customer_ref: 'r1', shipper: address, consignee: address, pieces: [{ kg: 1.2, cm: { l: 30, w: 20, h: 15 } }] };

let simulator: CarrierSimulator;
const ask = async (method: string, path: string, body?: unknown, key = 'wombat-key') => {
  const headers = { 'x-carrier-key': key, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  const init =
    body === undefined ? { method, headers } : { method, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(new URL(path, simulator.baseUrl), init);
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
};
const buy = (body: unknown = order) => ask('POST', '/v1/shipments', body);

beforeEach(async () => {
  simulator = await startCarrierSimulator({ apiKey: 'wombat-key' });
});
afterEach(() => simulator.close());

describe('the carrier simulator on the wire', () => {
  it('sells a shipment: number with check digit, service, decimal price and a PDF in base64', async () => {
    const { status, body } = await buy();
    expect(status).toBe(201);
    expect(body).toEqual({
      awb: expect.any(String),
      customer_ref: 'r1',
      service_code: 'standard',
      charge: { amount: '6.40', currency: 'EUR' },
      label: { format: 'PDF', data: expect.stringMatching(/^JVBERi0/) },
    });
    expect(isTrackingNumber(simulator.sold()[0]?.trackingNumber ?? '')).toBe(true);
    expect(body).toMatchObject({ awb: simulator.sold()[0]?.trackingNumber });
  });

  it('shows the same sale when it is asked for the reference', async () => {
    const { body } = await buy();
    expect(await ask('GET', '/v1/shipments?reference=r1')).toEqual({ status: 200, body: { shipments: [body] } });
    expect(await ask('GET', '/v1/shipments?reference=r2')).toEqual({ status: 200, body: { shipments: [] } });
  });

  it('sells again when it is asked twice, under another number', async () => {
    await buy();
    await buy();
    const numbers = simulator.sold().map(({ trackingNumber }) => trackingNumber);
    expect(new Set(numbers).size).toBe(2);
    expect(await ask('GET', '/v1/shipments?reference=r1')).toMatchObject({
      body: { shipments: numbers.map((awb) => ({ awb })) },
    });
  });

  it.each<[string, unknown, number, string | undefined]>([
    ['too heavy', { ...order, pieces: [{ ...order.pieces[0], kg: 70.001 }] }, 422, '/pieces/0/kg'],
    ['without a consignee', { ...order, consignee: undefined }, 422, '/consignee'],
    ['without a town', { ...order, consignee: { ...address, town: undefined } }, 422, '/consignee/town'],
    ['with a property too many', { ...order, colour: 'red' }, 422, '/colour'],
    ['with a weight in text', { ...order, pieces: [{ ...order.pieces[0], kg: '1' }] }, 422, '/pieces/0/kg'],
    ['that is a list', [], 422, ''],
    ['that is no JSON', '{', 400, undefined],
  ])('refuses an order %s and points at it', async (_, body, status, pointer) => {
    const answer = await buy(body);
    expect(answer).toMatchObject({ status, body: { error: { message: expect.any(String) } } });
    expect((answer.body as { error: { pointer?: string } }).error.pointer).toBe(pointer);
    expect(simulator.sold()).toEqual([]);
  });

  it('answers nobody without the key', async () => {
    expect(await ask('POST', '/v1/shipments', order, 'other')).toMatchObject({ status: 401 });
    expect(await ask('GET', '/v1/shipments?reference=r1', undefined, 'other')).toMatchObject({ status: 401 });
    expect(await ask('POST', '/v1/simulator/failures', { kind: 'refuse' }, 'other')).toMatchObject({ status: 401 });
    expect(simulator.sold()).toEqual([]);
  });

  it('fails as often as it was asked to, first asked first, then works again', async () => {
    simulator.failNext('unavailable', 2);
    simulator.failNext('rateLimited');
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await buy()).status);
    expect(statuses).toEqual([503, 503, 429, 201]);
  });

  it('forgets on recovery what it was still to fail at', async () => {
    simulator.failNext('unavailable', Number.POSITIVE_INFINITY);
    simulator.failNext('unavailable', Number.POSITIVE_INFINITY, 'findByReference');
    expect(await buy()).toMatchObject({ status: 503, body: { error: { sold: false } } });
    expect(await ask('GET', '/v1/shipments?reference=r1')).toMatchObject({ status: 503 });
    simulator.recover();
    expect(await buy()).toMatchObject({ status: 201 });
    expect(await ask('GET', '/v1/shipments?reference=r1')).toMatchObject({ status: 200 });
  });

  it('can be told over HTTP to fail and to recover, and tells what it has sold', async () => {
    expect(await ask('POST', '/v1/simulator/failures', { kind: 'refuse', times: 2 })).toEqual({ status: 204, body: undefined });
    expect(await buy()).toMatchObject({ status: 422 });
    expect(await ask('DELETE', '/v1/simulator/failures')).toEqual({ status: 204, body: undefined });
    expect(await buy()).toMatchObject({ status: 201 });
    expect(await ask('GET', '/v1/simulator/sold')).toEqual({ status: 200, body: { sold: simulator.sold() } });
    expect(await ask('POST', '/v1/simulator/failures', { kind: 'explode' })).toMatchObject({ status: 422 });
  });

  it('listens on the port that was asked for', async () => {
    const { port } = new URL(simulator.baseUrl);
    await simulator.close();
    simulator = await startCarrierSimulator({ apiKey: 'wombat-key', port: Number(port) });
    expect(simulator.baseUrl).toBe(`http://127.0.0.1:${port}`);
    expect(await buy()).toMatchObject({ status: 201 });
  });
});
