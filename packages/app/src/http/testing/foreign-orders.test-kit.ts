import { both, type Case, query } from './foreign-case.test-kit.js';
import { NOBODYS } from './foreign-ids.test-kit.js';
import { FILTER_NAME, type Scene } from './scene.test-kit.js';

/** Where orders, their lines and returns are named, and who looks at them. */
export const ordersNamed = (theirs: Scene, mine: Scene): readonly Case[] => {
  const location = { id: theirs.locationId };
  const sku = { sku: theirs.sku };
  const order = (code: string) => ({ currency: 'EUR', lines: [{ sku: code, quantity: 1 }] });
  const ofReturn = `/returns/${mine.returnId}/receive`;
  const came = { lineId: mine.sentLineId, quantity: 1, condition: 'sellable' };
  return [
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
    both('switchOrganization organizationId', ['POST', '/auth/switch', 404], (id) => ({ json: { organizationId: id } }), {
      id: theirs.account.organizationId,
    }),
    both('changeOrders orderIds', ['POST', '/orders/bulk', 200], (id) => ({ json: { action: 'cancel', orderIds: [id] } }), {
      id: theirs.orderId,
    }),
    both('listOrders ?channelId', ['GET', '/orders', 200], query('channelId'), { id: theirs.channelId }),
    both('listOrders ?sku', ['GET', '/orders', 200], query('sku', 'sku'), sku),
    both(
      'changeChannel locations[].locationIds',
      ['PATCH', `/channels/${mine.channelId}`, 404],
      (id) => ({ json: { locations: [{ externalLocationId: '1', locationIds: [id] }] } }),
      location,
    ),
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
    both('listReturns ?orderId', ['GET', '/returns', 200], query('orderId'), { id: theirs.sentOrderId }),
  ];
};
