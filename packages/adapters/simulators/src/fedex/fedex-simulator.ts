import type { FastifyInstance } from 'fastify';
import { type CarrierBooks, carrierBooks } from '../scenario/books.js';
import type { WholeFault } from '../scenario/faults.js';
import { plainPaper } from '../scenario/papers.js';
import { type Scenario, scenarioServer, type VendorOptions, type VendorSimulator } from '../scenario/scenario.js';
import { answer, type FedexPackage, type FedexShipment, fault, services } from './fedex-body.js';
import { priceOf, sellShipment } from './fedex-sale.js';
import { dayInMemphis, trackedNumbers, trackedReference } from './fedex-scans.js';

export type FedexSimulatorOptions = VendorOptions & { readonly clientId: string; readonly clientSecret: string };

export type FedexSimulator = VendorSimulator & {
  /** Takes back every token that was given. */
  readonly revokeTokens: () => void;
  readonly tokensGiven: () => number;
};

const away = (kind: WholeFault) => {
  if (kind === 'unauthorized') return fault(401, 'NOT.AUTHORIZED.ERROR', 'Access token expired.');
  if (kind === 'rateLimited') return fault(429, 'TOO.MANY.REQUESTS', 'Please try again later.');
  return fault(503, 'SERVICE.UNAVAILABLE.ERROR', 'The service is currently unavailable.');
};

/** FedEx on 127.0.0.1: it speaks like FedEx's REST APIs, keeps what it sells in memory, and fails as it is told. */
export const startFedexSimulator = async (options: FedexSimulatorOptions): Promise<FedexSimulator> => {
  const { port = 0, now = () => new Date(), settlesAfterMs = 0 } = options;
  const errorInside = fault(200, 'INTERNAL.SERVER.ERROR', 'Something is wrong.').body;
  const scenario = scenarioServer({ port, away, errorInside });
  const books = carrierBooks({ now, settlesAfterMs });
  const tokens = tokenRoute(scenario.server, options);
  sellingRoutes(scenario, books, options);
  trackingRoutes(scenario, books);
  placeRoutes(scenario, books);
  const baseUrl = await scenario.listen();
  return { ...scenario, ...tokens, baseUrl, sold: books.sold, scan: books.scan };
};

type Grant = { readonly grant_type?: string; readonly client_id?: string; readonly client_secret?: string };

const tokenRoute = (server: FastifyInstance, { clientId, clientSecret }: FedexSimulatorOptions) => {
  const good = new Set<string>();
  let given = 0;
  server.addHook('onRequest', async ({ url, headers }, reply) => {
    if (url === '/oauth/token' || good.has((headers.authorization ?? '').replace('Bearer ', ''))) return undefined;
    return reply.code(401).send(away('unauthorized').body);
  });
  server.post<{ Body: Grant }>('/oauth/token', async ({ body }, reply) => {
    if (body.client_id !== clientId || body.client_secret !== clientSecret || body.grant_type !== 'client_credentials')
      return reply.code(401).send(away('unauthorized').body);
    given += 1;
    const token = `SECRET.token.${given}`;
    good.add(token);
    return { access_token: token, token_type: 'bearer', expires_in: 3_599, scope: 'CXS' };
  });
  return { revokeTokens: () => good.clear(), tokensGiven: () => given };
};

type Quoted = { readonly requestedShipment: { readonly requestedPackageLineItems: readonly FedexPackage[] } };

const sellingRoutes = ({ server, doing }: Scenario, books: CarrierBooks, { accountNumber }: FedexSimulatorOptions): void => {
  server.post<{ Body: FedexShipment }>('/ship/v1/shipments', async ({ body }, reply) =>
    doing(reply, () => sellShipment(body, books, accountNumber)),
  );
  server.put<{ Body: { readonly trackingNumber: string } }>('/ship/v1/shipments/cancel', async ({ body }, reply) =>
    doing(reply, () => {
      if (!books.byNumber(body.trackingNumber)) return fault(400, 'TRACKINGNUMBER.INVALID', 'The number is not valid.');
      if (books.voided.has(body.trackingNumber))
        return fault(400, 'CANCELSHIPMENT.TRACKINGNUMBER.DELETED', 'The shipment has been deleted before.');
      if (books.scansOf(body.trackingNumber).length > 0)
        return { status: 200, body: answer({ cancelledShipment: false, message: 'The parcel was tendered.' }) };
      books.voided.add(body.trackingNumber);
      return { status: 200, body: answer({ cancelledShipment: true, cancelledHistory: true, message: 'Cancelled.' }) };
    }),
  );
  server.post<{ Body: Quoted }>('/rate/v1/rates/quotes', async ({ body }) => {
    const count = body.requestedShipment.requestedPackageLineItems.length;
    const rated = (serviceType: string, saturdayDelivery: boolean) => ({
      serviceType,
      serviceName: services[serviceType],
      commit: { saturdayDelivery, dateDetail: { dayFormat: '2026-01-07T10:30:00' } },
      ratedShipmentDetails: [
        { rateType: 'LIST', totalNetCharge: 99.99, currency: 'EUR' },
        { rateType: 'ACCOUNT', totalNetCharge: priceOf(count, serviceType), currency: 'EUR' },
      ],
    });
    const rateReplyDetails = [...Object.keys(services).map((service) => rated(service, false)), rated('FEDEX_FIRST', true)];
    return answer({ rateReplyDetails });
  });
};

type Numbers = { readonly trackingInfo: readonly { readonly trackingNumberInfo: { readonly trackingNumber: string } }[] };
type Reference = {
  readonly referencesInformation: { readonly value: string; readonly shipDateBegin: string; readonly shipDateEndDate: string };
};
type Documents = { readonly trackDocumentSpecification: Numbers['trackingInfo'] };

const trackingRoutes = ({ server }: Scenario, books: CarrierBooks): void => {
  server.post<{ Body: Numbers }>('/track/v1/trackingnumbers', async ({ body }) => {
    const numbers = body.trackingInfo.map(({ trackingNumberInfo }) => trackingNumberInfo.trackingNumber);
    return answer({ completeTrackResults: trackedNumbers(books, numbers) });
  });
  server.post<{ Body: Reference }>('/track/v1/referencenumbers', async ({ body }, reply) => {
    const { value, shipDateBegin: from, shipDateEndDate: to } = body.referencesInformation;
    if (to > dayInMemphis(books.now()))
      return reply.code(400).send(fault(400, 'TRACKING.SHIPDATEEND.FUTURE', 'The end date is in the future.').body);
    const found = trackedReference(books, value, { from, to });
    if (found.length > 0) return answer({ completeTrackResults: found });
    return reply.code(404).send(fault(404, 'TRACKING.REFERENCENUMBER.NOTFOUND', 'Reference cannot be found.').body);
  });
  server.post<{ Body: Documents }>('/track/v1/trackingdocuments', async ({ body }, reply) => {
    const [{ trackingNumberInfo }] = body.trackDocumentSpecification as [Numbers['trackingInfo'][number]];
    if (books.isDelivered(trackingNumberInfo.trackingNumber)) return answer({ documents: [plainPaper('delivered')] });
    return reply.code(400).send(fault(400, 'TRACKING.DOCUMENT.NOTFOUND', 'There is no document yet.').body);
  });
};

type Asked = { readonly addressesToValidate: readonly { readonly address: { readonly city: string } }[] };

const placeRoutes = ({ server, doing }: Scenario, books: CarrierBooks): void => {
  server.post<{ Body: Asked }>('/address/v1/addresses/resolve', async ({ body }) => {
    const reached = String(body.addressesToValidate[0]?.address.city !== 'Nowhere');
    return answer({ resolvedAddresses: [{ classification: 'BUSINESS', attributes: { Matched: reached, Resolved: reached } }] });
  });
  server.post('/pickup/v1/pickups', async (_request, reply) =>
    doing(reply, () => {
      const pickupConfirmationCode = String(3_000 + books.pickups.size);
      books.pickups.add(pickupConfirmationCode);
      return { status: 200, body: answer({ pickupConfirmationCode, location: 'FRAA', message: 'Courier on the way' }) };
    }),
  );
  server.put<{ Body: Readonly<Record<string, string>> }>('/pickup/v1/pickups/cancel', async ({ body }, reply) =>
    doing(reply, () => {
      const code = body['pickupConfirmationCode'] ?? '';
      if (body['location'] !== 'FRAA') return fault(400, 'LOCATION.INVALID', 'The location is not valid.');
      if (!books.pickups.delete(code)) return fault(400, 'PICKUP.NOT.FOUND', 'There is no such pickup.');
      return { status: 200, body: answer({ cancelConfirmationMessage: 'Cancelled.' }) };
    }),
  );
};
