import { routeTable } from '../route-table.js';
import type { MakeBackend } from './backend.test-kit.js';
import type { Answer, Asked } from './client.test-kit.js';
import { costing, NO_SKU, NOBODYS, unknownFor, withParameters } from './foreign-ids.test-kit.js';
import { fieldsNaming } from './naming-fields.test-kit.js';
import { pathOf, sampleFor } from './requests.test-kit.js';
import { ADDRESS, FILTER_NAME, openSceneOfShop, type Scene, WINDOW } from './scene.test-kit.js';
import { textsOf } from './scene-texts.test-kit.js';
import { openWorld, type World } from './world.test-kit.js';

/** Ids, tokens and e-mails are longer; what is shorter may stand anywhere. */
const SHORTEST_MARK = 12;

/** I7: what one organization wrote, no other can read, change, or learn the existence of. Made from the route table. */
export const isolation = (make: MakeBackend): void => {
  describe('isolation', () => {
    let world: World;
    let theirs: Scene;
    let mine: Scene;
    beforeAll(async () => {
      world = await openWorld(make);
      theirs = await openSceneOfShop(world);
      mine = await openSceneOfShop(world);
    });
    afterAll(() => world.close());

    const seen = (ask: () => Promise<Answer>) => costing(world, ask);

    it('answers an id of another organization like one that never was, on every route with an id in its path', async () => {
      const routes = withParameters(routeTable(world.server));
      expect(routes.length).toBeGreaterThan(10);
      for (const { method, url, operationId, parameters } of routes) {
        const { params: foreign = {}, ...theirBody } = sampleFor(operationId, theirs);
        const { params: _mine, ...own } = sampleFor(operationId, mine);
        const unknown = unknownFor(parameters, url);
        const ask = (params: Readonly<Record<string, string>>, token: string, body: Asked) =>
          world.send(method, pathOf(url, params), { ...body, token });
        const foreignAnswer = await seen(() => ask(foreign, mine.account.token, own));
        const unknownAnswer = await seen(() => ask(unknown, mine.account.token, own));
        expect({ operationId, ...foreignAnswer }).toEqual({ operationId, ...unknownAnswer });
        expect({ operationId, status: foreignAnswer.status }).toEqual({ operationId, status: 404 });
        // The same request of its owner finds something, so the test asked for what is there.
        expect({ operationId, status: (await ask(foreign, theirs.account.token, theirBody)).status }).not.toEqual({
          operationId,
          status: 404,
        });
      }
    });

    it('treats ids in bodies and queries like those in paths', async () => {
      const cases = bodiesAndQueries(theirs, mine);
      const named = routeTable(world.server).flatMap(({ operationId, body, query }) =>
        fieldsNaming({ body, query }, world.server.getSchemas()).map((field) => `${operationId} ${field}`),
      );
      expect([...new Set(cases.map(({ covers }) => covers))].sort()).toEqual(named.sort());
      for (const { covers, method, url, foreign, unknown, expected } of cases) {
        for (const accept of method === 'GET' ? ['application/json', 'text/csv'] : ['application/json']) {
          const ask = ({ query = '', json }: Variant) =>
            world.send(method, `${pathOf(`/api/v1${url}`)}${query}`, { token: mine.account.token, json, headers: { accept } });
          const foreignAnswer = await seen(() => ask(foreign));
          expect({ covers, accept, ...foreignAnswer }).toEqual({ covers, accept, ...(await seen(() => ask(unknown))) });
          expect({ covers, accept, status: foreignAnswer.status }).toEqual({ covers, accept, status: expected });
        }
      }
    });

    it('shows nothing of theirs in whatever may be read, as JSON and as CSV', async () => {
      const marks = [...textsOf(theirs).values()].filter((text) => text.length >= SHORTEST_MARK);
      let shownToThem = 0;
      for (const { url, operationId } of routeTable(world.server).filter(({ method }) => method === 'GET'))
        for (const accept of ['application/json', 'text/csv']) {
          const marksFor = async (scene: Scene): Promise<readonly string[]> => {
            const path = pathOf(url, sampleFor(operationId, scene).params);
            const { text } = await world.send('GET', path, { token: scene.account.token, headers: { accept } });
            return marks.filter((mark) => text.includes(mark));
          };
          expect({ operationId, accept, theirs: await marksFor(mine) }).toEqual({ operationId, accept, theirs: [] });
          if ((await marksFor(theirs)).length > 0) shownToThem += 1;
        }
      expect(shownToThem).toBeGreaterThan(20);
    });

    it('leaves what is theirs as it was', async () => {
      expect((await theirs.acts.levels()).map(({ sku }) => sku)).toEqual([theirs.sku]);
      expect((await mine.acts.levels()).map(({ sku }) => sku)).toEqual([mine.sku]);
      for (const { acts } of [theirs, mine])
        expect(await acts.get('/inventory/reconciliation')).toMatchObject({ levels: [], lines: [] });
    });
  });
};

type Variant = { readonly query?: string; readonly json?: unknown };
type Case = {
  readonly covers: string;
  readonly method: string;
  readonly url: string;
  readonly foreign: Variant;
  readonly unknown: Variant;
  readonly expected: number;
};

/** Each field of a body or a query that names something by its id or its SKU: once with theirs, once with nobody's. */
const bodiesAndQueries = (theirs: Scene, mine: Scene): readonly Case[] => {
  const both = (
    covers: string,
    [method, url, expected]: readonly [string, string, number],
    make: (id: string, sku: string) => Variant,
    ids: { id?: string; sku?: string },
  ): Case => ({
    covers,
    method,
    url,
    expected,
    foreign: make(ids.id ?? '', ids.sku ?? ''),
    unknown: make(NOBODYS, NO_SKU),
  });
  const location = { id: theirs.locationId };
  const sku = { sku: theirs.sku };
  const query =
    (name: string, which: 'id' | 'sku' = 'id') =>
    (id: string, code: string): Variant => ({ query: `?${name}=${which === 'id' ? id : code}` });
  const order = (code: string) => ({ currency: 'EUR', lines: [{ sku: code, quantity: 1 }] });
  const ship = { carrier: 'fake', parcels: [{ weightGrams: 1, lengthMm: 1, widthMm: 1, heightMm: 1 }] };
  const ofReturn = `/returns/${mine.returnId}/receive`;
  const came = { lineId: mine.sentLineId, quantity: 1, condition: 'sellable' };
  const ofOrder = `/orders/${mine.readyOrderId}/shipments`;
  return [
    both(
      'receiveStock locationId',
      ['POST', '/inventory/receipts', 404],
      (id) => ({ json: { sku: mine.sku, locationId: id, quantity: 1 } }),
      location,
    ),
    both(
      'receiveStock sku',
      ['POST', '/inventory/receipts', 404],
      (_, code) => ({ json: { sku: code, locationId: mine.locationId, quantity: 1 } }),
      sku,
    ),
    both(
      'addItem components[].sku',
      ['POST', '/items', 400],
      (_, code) => ({ json: { sku: 'A-KIT', name: 'A kit', components: [{ sku: code, quantity: 1 }] } }),
      sku,
    ),
    both(
      'changeItem components[].sku',
      ['PATCH', `/items/${encodeURIComponent(mine.sku)}`, 400],
      (_, code) => ({ json: { components: [{ sku: code, quantity: 1 }] } }),
      sku,
    ),
    both(
      'adjustStock locationId',
      ['POST', '/inventory/adjustments', 404],
      (id) => ({ json: { sku: mine.sku, locationId: id, delta: 1, reason: 'found' } }),
      location,
    ),
    both(
      'adjustStock sku',
      ['POST', '/inventory/adjustments', 404],
      (_, code) => ({ json: { sku: code, locationId: mine.locationId, delta: 1, reason: 'found' } }),
      sku,
    ),
    both(
      'transferStock fromLocationId',
      ['POST', '/inventory/transfers', 404],
      (id) => ({ json: { sku: mine.sku, fromLocationId: id, toLocationId: mine.locationId, quantity: 1 } }),
      location,
    ),
    both(
      'transferStock toLocationId',
      ['POST', '/inventory/transfers', 404],
      (id) => ({ json: { sku: mine.sku, fromLocationId: mine.locationId, toLocationId: id, quantity: 1 } }),
      location,
    ),
    both(
      'transferStock sku',
      ['POST', '/inventory/transfers', 404],
      (_, code) => ({
        json: { sku: code, fromLocationId: mine.locationId, toLocationId: mine.otherLocationId, quantity: 1 },
      }),
      sku,
    ),
    both(
      'planLevel locationId',
      ['PATCH', '/inventory/levels', 404],
      (id) => ({ json: { sku: mine.sku, locationId: id, safetyStock: 1 } }),
      location,
    ),
    both(
      'planLevel sku',
      ['PATCH', '/inventory/levels', 404],
      (_, code) => ({ json: { sku: code, locationId: mine.locationId, safetyStock: 1 } }),
      sku,
    ),
    both('placeOrder lines[].sku', ['POST', '/orders', 422], (_, code) => ({ json: order(code) }), sku),
    both(
      'placeOrders orders[].lines[].sku',
      ['POST', '/orders/batch', 200],
      (_, code) => ({ json: { orders: [order(code)] } }),
      sku,
    ),
    both(
      'cancelOrder lines[].lineId',
      ['POST', `/orders/${mine.orderId}/cancel`, 404],
      (id) => ({ json: { reason: 'other', lines: [{ lineId: id }] } }),
      { id: theirs.lineId },
    ),
    both(
      'changeOrder changeLines[].lineId',
      ['PATCH', `/orders/${mine.orderId}`, 404],
      (id) => ({ json: { changeLines: [{ lineId: id, quantity: 1 }] } }),
      { id: theirs.lineId },
    ),
    both(
      'changeOrder addLines[].sku',
      ['PATCH', `/orders/${mine.orderId}`, 422],
      (_, code) => ({ json: { addLines: [{ sku: code, quantity: 1 }] } }),
      sku,
    ),
    both(
      'requestReturn lines[].lineId',
      ['POST', `/orders/${mine.sentOrderId}/returns`, 404],
      (id) => ({ json: { lines: [{ lineId: id, quantity: 1, reason: 'other' }] } }),
      { id: theirs.sentLineId },
    ),
    both(
      'labelReturn locationId',
      ['POST', `/returns/${mine.returnId}/label`, 404],
      (id) => ({ json: { ...ship, locationId: id } }),
      location,
    ),
    both(
      'labelReturn accountId',
      ['POST', `/returns/${mine.returnId}/label`, 404],
      (id) => ({ json: { ...ship, carrier: 'post', locationId: mine.locationId, accountId: id } }),
      { id: theirs.carrierAccountId },
    ),
    both('receiveReturn locationId', ['POST', ofReturn, 404], (id) => ({ json: { locationId: id, lines: [came] } }), location),
    both(
      'receiveReturn lines[].lineId',
      ['POST', ofReturn, 404],
      (id) => ({ json: { locationId: mine.locationId, lines: [{ ...came, lineId: id }] } }),
      { id: theirs.sentLineId },
    ),
    both(
      'receiveReturn lines[].sku',
      ['POST', ofReturn, 404],
      (_, code) => ({ json: { locationId: mine.locationId, lines: [{ ...came, sku: code }] } }),
      sku,
    ),
    both('shipOrder locationId', ['POST', ofOrder, 404], (id) => ({ json: { ...ship, locationId: id } }), location),
    both('shipOrder accountId', ['POST', ofOrder, 404], (id) => ({ json: { ...ship, carrier: 'post', accountId: id } }), {
      id: theirs.carrierAccountId,
    }),
    both(
      'shipOrder customs.lines[].lineId',
      ['POST', ofOrder, 404],
      (id) => ({ json: { ...ship, customs: { lines: [{ lineId: id }] } } }),
      { id: theirs.lineId },
    ),
    both('bookPickup shipmentIds', ['POST', '/pickups', 404], (id) => ({ json: { ...WINDOW, shipmentIds: [id] } }), {
      id: theirs.shipmentId,
    }),
    both(
      'bookPickup locationId',
      ['POST', '/pickups', 404],
      (id) => ({ json: { ...WINDOW, carrier: 'fake', locationId: id, parcels: ship.parcels } }),
      location,
    ),
    both(
      'bookPickup accountId',
      ['POST', '/pickups', 404],
      (id) => ({
        json: { ...WINDOW, carrier: 'post', accountId: id, locationId: mine.locationId, parcels: ship.parcels },
      }),
      { id: theirs.carrierAccountId },
    ),
    both('quoteRates orderId', ['POST', '/rates', 404], (id) => ({ json: { orderId: id, parcels: ship.parcels } }), {
      id: theirs.readyOrderId,
    }),
    both(
      'quoteRates locationId',
      ['POST', '/rates', 404],
      (id) => ({ json: { orderId: mine.readyOrderId, locationId: id, parcels: ship.parcels } }),
      location,
    ),
    both(
      'quoteRates lineIds',
      ['POST', '/rates', 404],
      (id) => ({ json: { orderId: mine.readyOrderId, lineIds: [id], parcels: ship.parcels } }),
      { id: theirs.lineId },
    ),
    both(
      'quoteRates lines[].orderLineId',
      ['POST', '/rates', 404],
      (id) => ({
        json: { orderId: mine.readyOrderId, lines: [{ orderLineId: id, quantity: 1 }], parcels: ship.parcels },
      }),
      { id: theirs.lineId },
    ),
    both(
      'quoteRates customs.lines[].lineId',
      ['POST', '/rates', 404],
      (id) => ({ json: { orderId: mine.readyOrderId, customs: { lines: [{ lineId: id }] }, parcels: ship.parcels } }),
      { id: theirs.lineId },
    ),
    both(
      'quoteRates carriers[].accountId',
      ['POST', '/rates', 404],
      (id) => ({
        json: { orderId: mine.readyOrderId, carriers: [{ carrier: 'post', accountId: id }], parcels: ship.parcels },
      }),
      { id: theirs.carrierAccountId },
    ),
    both(
      'validateAddress accountId',
      ['POST', '/addresses/validate', 404],
      (id) => ({ json: { carrier: 'post', accountId: id, address: ADDRESS } }),
      { id: theirs.carrierAccountId },
    ),
    both('shipOrder lineIds', ['POST', ofOrder, 404], (id) => ({ json: { ...ship, lineIds: [id] } }), { id: theirs.lineId }),
    both(
      'shipOrder lines[].orderLineId',
      ['POST', ofOrder, 404],
      (id) => ({ json: { ...ship, lines: [{ orderLineId: id, quantity: 1 }] } }),
      { id: theirs.lineId },
    ),
    both(
      'mapListing sku',
      ['POST', `/channels/${mine.channelId}/listings`, 404],
      (_, code) => ({ json: { externalVariantId: '1', sku: code } }),
      sku,
    ),
    both(
      'resolveUnmappedItem sku',
      ['POST', `/channels/unmapped-items/${mine.unmappedItemId}/resolve`, 404],
      (_, code) => ({ json: { sku: code } }),
      sku,
    ),
    both('switchOrganization organizationId', ['POST', '/auth/switch', 404], (id) => ({ json: { organizationId: id } }), {
      id: theirs.account.organizationId,
    }),
    both('changeOrders orderIds', ['POST', '/orders/bulk', 200], (id) => ({ json: { action: 'cancel', orderIds: [id] } }), {
      id: theirs.orderId,
    }),
    both('listLevels ?locationId', ['GET', '/inventory/levels', 200], query('locationId'), location),
    both('listLevels ?sku', ['GET', '/inventory/levels', 200], query('sku', 'sku'), sku),
    both('listMovements ?locationId', ['GET', '/inventory/movements', 200], query('locationId'), location),
    both('listMovements ?sku', ['GET', '/inventory/movements', 200], query('sku', 'sku'), sku),
    both('listReservations ?locationId', ['GET', '/inventory/reservations', 200], query('locationId'), location),
    both('listReservations ?sku', ['GET', '/inventory/reservations', 200], query('sku', 'sku'), sku),
    both('listReservations ?orderId', ['GET', '/inventory/reservations', 200], query('orderId'), { id: theirs.orderId }),
    both('listOrders ?channelId', ['GET', '/orders', 200], query('channelId'), { id: theirs.channelId }),
    both('listOrders ?sku', ['GET', '/orders', 200], query('sku', 'sku'), sku),
    // A name that is taken: what it looks for is nobody's business.
    both(
      'saveOrderFilter filter.channelId',
      ['POST', '/order-filters', 409],
      (id) => ({ json: { name: FILTER_NAME, filter: { channelId: id } } }),
      { id: theirs.channelId },
    ),
    both(
      'saveOrderFilter filter.sku',
      ['POST', '/order-filters', 409],
      (_, code) => ({ json: { name: FILTER_NAME, filter: { sku: code } } }),
      sku,
    ),
    both(
      'changeOrderFilter filter.channelId',
      ['PATCH', `/order-filters/${NOBODYS}`, 404],
      (id) => ({ json: { filter: { channelId: id } } }),
      { id: theirs.channelId },
    ),
    both(
      'changeOrderFilter filter.sku',
      ['PATCH', `/order-filters/${NOBODYS}`, 404],
      (_, code) => ({ json: { filter: { sku: code } } }),
      sku,
    ),
    both('listAuditLog ?actorId', ['GET', '/audit-log', 200], query('actorId'), { id: theirs.account.userId }),
    both('mergeLabels ?orderId', ['GET', '/shipments/labels', 409], query('orderId'), { id: theirs.readyOrderId }),
    both('listReturns ?orderId', ['GET', '/returns', 200], query('orderId'), { id: theirs.sentOrderId }),
    both('listShipments ?orderId', ['GET', '/shipments', 200], query('orderId'), { id: theirs.readyOrderId }),
  ];
};
