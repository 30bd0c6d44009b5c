import { both, type Case, query } from './foreign-case.test-kit.js';
import type { Scene } from './scene.test-kit.js';

/** Where items, locations and stock are named. */
export const goodsNamed = (theirs: Scene, mine: Scene): readonly Case[] => {
  const location = { id: theirs.locationId };
  const sku = { sku: theirs.sku };
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
    both('listLevels ?locationId', ['GET', '/inventory/levels', 200], query('locationId'), location),
    both('listLevels ?sku', ['GET', '/inventory/levels', 200], query('sku', 'sku'), sku),
    both('listMovements ?locationId', ['GET', '/inventory/movements', 200], query('locationId'), location),
    both('listMovements ?sku', ['GET', '/inventory/movements', 200], query('sku', 'sku'), sku),
    both('listReservations ?locationId', ['GET', '/inventory/reservations', 200], query('locationId'), location),
    both('listReservations ?sku', ['GET', '/inventory/reservations', 200], query('sku', 'sku'), sku),
    both('listReservations ?orderId', ['GET', '/inventory/reservations', 200], query('orderId'), { id: theirs.orderId }),
  ];
};
