import type { FastifyRequest } from 'fastify';
import { type CarrierBooks, carrierBooks, type SeenScan } from '../scenario/books.js';
import type { ScenarioFault, WholeFault } from '../scenario/faults.js';
import { plainPaper } from '../scenario/papers.js';
import { type Recorded, type Scenario, scenarioServer, type VendorOptions, type VendorSimulator } from '../scenario/scenario.js';
import { type DhlPackage, type DhlShipment, problem, products } from './dhl-body.js';
import { trackedShipment } from './dhl-events.js';
import { priceOf, sellWaybill } from './dhl-sale.js';

export type DhlSimulatorOptions = VendorOptions & { readonly apiKey: string; readonly apiSecret: string };

export type DhlSimulator = VendorSimulator;
export type { Recorded, ScenarioFault, SeenScan };

const away = (fault: WholeFault) => {
  if (fault === 'unauthorized') return { status: 401, body: { reasons: [{ msg: 'Invalid Credentials' }], details: {} } };
  return fault === 'rateLimited' ? { status: 429, body: {} } : problem(503, 'Service unavailable');
};

const BASE = '/mydhlapi';

/** DHL Express on 127.0.0.1: it speaks like MyDHL API 3.3.1, keeps what it sells in memory, and fails as it is told. */
export const startDhlSimulator = async (options: DhlSimulatorOptions): Promise<DhlSimulator> => {
  const { apiKey, apiSecret, port = 0, now = () => new Date(), settlesAfterMs = 0 } = options;
  const scenario = scenarioServer({ port, away, errorInside: problem(400, '998: Process failure').body });
  const books = carrierBooks({ now, settlesAfterMs });
  const credentials = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`;
  scenario.server.addHook('onRequest', async ({ headers }, reply) => {
    if (headers.authorization !== credentials) return reply.code(401).send(away('unauthorized').body);
    if (headers['x-version'] !== '3.3.1') return reply.code(400).send(problem(400, '9001: wrong x-version').body);
    return undefined;
  });
  sellingRoutes(scenario, books, options);
  trackingRoutes(scenario, books);
  placeRoutes(scenario, books);
  const origin = await scenario.listen();
  return { ...scenario, baseUrl: `${origin}${BASE}`, sold: books.sold, scan: books.scan };
};

const sellingRoutes = ({ server, doing }: Scenario, books: CarrierBooks, { accountNumber }: DhlSimulatorOptions): void => {
  server.post<{ Body: DhlShipment }>(`${BASE}/shipments`, async ({ body }, reply) =>
    doing(reply, () => sellWaybill(body, books, accountNumber)),
  );
  server.post<{ Body: { readonly packages: readonly DhlPackage[] } }>(`${BASE}/rates`, async ({ body }) => ({
    products: [
      ...Object.entries(products).map(([productCode, productName]) => ({
        productCode,
        productName,
        totalPrice: [
          { currencyType: 'BASEC', priceCurrency: 'USD', price: 99.99 },
          { currencyType: 'BILLC', priceCurrency: 'EUR', price: priceOf(body.packages.length, productCode) },
        ],
        deliveryCapabilities: { estimatedDeliveryDateAndTime: '2026-01-07T23:59:00', totalTransitDays: 2 },
      })),
      { productCode: 'Z', productName: 'NOT FOR YOU', totalPrice: [{ currencyType: 'BILLC', priceCurrency: 'EUR', price: 0 }] },
    ],
  }));
};

type Searched = {
  readonly shipmentTrackingNumber?: string | readonly string[];
  readonly shipmentReference?: string;
  readonly dateRangeFrom?: string;
  readonly dateRangeTo?: string;
};

const trackingRoutes = ({ server }: Scenario, books: CarrierBooks): void => {
  const nothing = problem(404, 'No data found');
  const seen = (numbers: readonly string[]) =>
    numbers.flatMap((number) => books.byNumber(number) ?? []).filter(({ number }) => books.scansOf(number).length > 0);
  server.get<{ Querystring: Searched }>(`${BASE}/tracking`, async ({ query }, reply) => {
    const { shipmentReference, shipmentTrackingNumber = [], dateRangeFrom: from = '', dateRangeTo: to = '' } = query;
    const found =
      shipmentReference === undefined
        ? seen([shipmentTrackingNumber].flat())
        : books.byReference(shipmentReference, { from, to });
    if (found.length === 0) return reply.code(404).send(nothing.body);
    return { shipments: found.map((sale) => trackedShipment(sale, books.scansOf(sale.number), false)) };
  });
  server.get<{ Params: { number: string } }>(`${BASE}/shipments/:number/tracking`, async ({ params }, reply) => {
    const [sale] = seen([params.number]);
    return sale ? { shipments: [trackedShipment(sale, books.scansOf(sale.number), true)] } : reply.code(404).send(nothing.body);
  });
  server.get<{ Params: { number: string } }>(`${BASE}/shipments/:number/proof-of-delivery`, async ({ params }, reply) =>
    books.isDelivered(params.number)
      ? { documents: [{ encodingFormat: 'PDF', content: plainPaper(`delivered ${params.number}`), typeCode: 'POD' }] }
      : reply.code(404).send(nothing.body),
  );
};

type Asked = FastifyRequest<{ Querystring: { countryCode: string; cityName: string; postalCode?: string } }>;

const placeRoutes = ({ server, doing }: Scenario, books: CarrierBooks): void => {
  server.get(`${BASE}/address-validate`, async ({ query }: Asked, reply) => {
    const { countryCode, cityName, postalCode = '' } = query;
    if (cityName === 'Nowhere') return reply.code(400).send(problem(400, '420505: The destination is invalid.').body);
    return { address: [{ countryCode, cityName: cityName.toUpperCase(), postalCode }] };
  });
  server.post(`${BASE}/pickups`, async (_request, reply) =>
    doing(reply, () => {
      const number = `PRG260105${String(books.pickups.size + 1).padStart(6, '0')}`;
      books.pickups.add(number);
      return { status: 201, body: { dispatchConfirmationNumbers: [number] } };
    }),
  );
  server.delete<{ Params: { number: string } }>(`${BASE}/pickups/:number`, async ({ params }, reply) =>
    doing(reply, () => (books.pickups.delete(params.number) ? { status: 200, body: undefined } : problem(404, 'No such pickup'))),
  );
};
