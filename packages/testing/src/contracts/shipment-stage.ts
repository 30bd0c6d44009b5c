import { carrierReference, type Order, type Shipment, ShipmentId, usualOptions } from '@rappit/domain';
import { exampleParcel } from '../fakes/examples.js';
import type { PersistenceWorld } from './persistence-world.js';
import type { Shelved } from './stage.js';

/** A draft of all of an order's lines from one location, not saved yet. */
export const draftShipment = ({ ids }: Pick<PersistenceWorld, 'ids'>, order: Order, { locationId }: Shelved): Shipment => {
  const id = ShipmentId(ids.next());
  return {
    id,
    orderId: order.id,
    returnId: null,
    locationId,
    lines: order.lines.flatMap((line) => (line.sku ? [{ orderLineId: line.id, sku: line.sku, quantity: line.ordered }] : [])),
    parcels: [exampleParcel],
    carrier: 'fake',
    accountId: null,
    service: null,
    options: usualOptions,
    status: 'draft',
    reference: carrierReference(id),
    trackingNumber: null,
    parcelNumbers: [],
    warnings: [],
    voidAskedAt: null,
    lookUpAt: null,
    parcelStandings: [],
    trackedAt: null,
    trackAt: null,
    trackFailures: 0,
    cost: null,
    refusal: null,
    short: false,
    attempt: 0,
    purchaseStartedAt: null,
    createdAt: order.placedAt,
    version: 0,
  };
};
