import { type DhlSimulator, startDhlSimulator } from '@rappit/simulators/dhl';
import { type FedexSimulator, startFedexSimulator } from '@rappit/simulators/fedex';
import { freshDatabase } from '../database.js';
import { type Answer, allOf } from './api-client.js';
import { type AppProcess, startProcess } from './app-process.js';
import { dhlKeys, environmentOf, fedexKeys, openShop } from './shipping-shop.js';

const ORDERS = 50;
/** So many ask at the same time. While its carrier fails, a breaker lets one after the other try. */
const BUYERS = 2;

type ShipmentShape = {
  readonly id: string;
  readonly orderId: string;
  readonly status: string;
  readonly trackingNumber: string | null;
  readonly reference: string;
};

/** Purchases over HTTP, kept in PostgreSQL, from carriers on the wire that accept, store, and drop the connection. */
describe(`${ORDERS} purchases whose connections drop after the sale`, () => {
  let dhl: DhlSimulator;
  let fedex: FedexSimulator;
  let app: AppProcess;
  beforeAll(async () => {
    [dhl, fedex] = await Promise.all([startDhlSimulator(dhlKeys), startFedexSimulator(fedexKeys)]);
    const environment = environmentOf({ database: await freshDatabase(), dhl, fedex });
    // A carrier that keeps dropping is left alone and asked again at once, so that every purchase reaches it.
    app = await startProcess({ ...environment, CARRIER_COOL_DOWN_MS: '1' });
  });
  afterAll(async () => {
    await app.kill('SIGTERM');
    await Promise.all([dhl.close(), fedex.close()]);
  });

  it.each([
    ['dhl', () => dhl],
    ['fedex', () => fedex],
  ] as const)('are %s’s one label each: none is bought again, and all are found', async (carrier, vendor) => {
    const shop = await openShop(app);
    const orders = await shop.orders(ORDERS);
    vendor().breakDown('resetAfterSale');
    const lost = await byBuyers(orders, async (orderId) => {
      let answer = await shop.ship(orderId, carrier);
      while (isLeft(answer)) answer = await shop.buy(shipmentIn(answer));
      return answer;
    });
    expect(lost.map(({ status, body }) => [status, body['code']])).toEqual(Array(ORDERS).fill([504, 'carrier.unknown_outcome']));
    expect(vendor().sold()).toHaveLength(ORDERS);
    vendor().mend();

    const found = await byBuyers(lost.map(shipmentIn), async (shipmentId) => {
      let answer = await shop.buy(shipmentId);
      while (isLeft(answer)) answer = await shop.buy(shipmentId);
      return answer;
    });
    expect(found.map(({ status, body }) => [status, body['status']])).toEqual(Array(ORDERS).fill([200, 'labelled']));
    expect(vendor().sold()).toHaveLength(ORDERS);
    const shipments = await allOf<ShipmentShape>(shop.client, '/shipments');
    expect(shipments.map(({ orderId }) => orderId).sort()).toEqual([...orders].sort());
    expect(new Set(shipments.map(({ trackingNumber }) => trackingNumber)).size).toBe(ORDERS);
    const numberOf = new Map(
      vendor()
        .sold()
        .map(({ reference, number }) => [reference, number]),
    );
    expect(shipments.map(({ reference }) => numberOf.get(reference))).toEqual(
      shipments.map(({ trackingNumber }) => trackingNumber),
    );
    expect(await shop.client.get('/inventory/reconciliation')).toMatchObject({ levels: [], lines: [] });
  });
});

/** Nobody was asked: the breaker was open, or too many were under way. */
const isLeft = ({ body }: Answer): boolean => body['code'] === 'carrier.unavailable';

const shipmentIn = ({ body }: Answer): string => String(body['shipmentId']);

/** Some at a time, each buyer one after the other; the answers as they were asked for. */
const byBuyers = async (wanted: readonly string[], buy: (one: string) => Promise<Answer>): Promise<readonly Answer[]> => {
  const answers: Answer[] = [];
  const rest = [...wanted.entries()];
  const buyer = async (): Promise<void> => {
    for (let next = rest.shift(); next; next = rest.shift()) answers[next[0]] = await buy(next[1]);
  };
  await Promise.all(Array.from({ length: BUYERS }, buyer));
  return answers;
};
