import { both, type Case, query } from './foreign-case.test-kit.js';
import { ADDRESS, type Scene, WINDOW } from './scene.test-kit.js';

/** Where shipments, their labels and carriers' accounts are asked for. */
export const shippingNamed = (theirs: Scene, mine: Scene): readonly Case[] => {
  const location = { id: theirs.locationId };
  const ship = { carrier: 'fake', parcels: [{ weightGrams: 1, lengthMm: 1, widthMm: 1, heightMm: 1 }] };
  const ofOrder = `/orders/${mine.readyOrderId}/shipments`;
  return [
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
    both('mergeLabels ?orderId', ['GET', '/shipments/labels', 409], query('orderId'), { id: theirs.readyOrderId }),
    both('listShipments ?orderId', ['GET', '/shipments', 200], query('orderId'), { id: theirs.readyOrderId }),
  ];
};
