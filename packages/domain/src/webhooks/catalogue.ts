import { type OrderEventType, orderEventTypes, type TimelineKind } from '../orders/index.js';
import { returnEventTypes } from '../returns/index.js';
import { shipmentEventTypes } from '../shipments/index.js';

/** What a field of an event's data holds. */
export type EventField = { readonly is: 'uuid' | 'text' | 'units'; readonly means: string };

export type PublicEvent = {
  readonly means: string;
  /** What `aggregateId` names. Events of one aggregate arrive in order. */
  readonly aggregate: string;
  readonly data: Readonly<Record<string, EventField>>;
};

/** What is told of an order, whatever happened to it. */
const orderData: PublicEvent['data'] = {
  orderId: { is: 'uuid', means: 'The order.' },
  number: { is: 'text', means: 'Its number, as people read it.' },
  status: { is: 'text', means: 'Its status afterwards.' },
};

/** A new kind of entry in an order's timeline doesn't compile until it stands here. */
const orderMeanings: Readonly<Record<TimelineKind, string>> = {
  placed: 'An order is here.',
  noted: 'Somebody noted something on an order.',
  held: 'An order was put on hold.',
  resumed: 'An order is no longer on hold.',
  markedReady: 'An order may be packed.',
  cancelled: 'An order was cancelled, all of it.',
  linesCancelled: 'Some of an order was cancelled.',
  edited: 'Lines or sums of an order were changed.',
  tagged: 'The tags of an order were changed.',
  addressChanged: 'An address of an order was changed.',
  backorderFilled: 'Goods that an order waited for were promised to it.',
  stockMissing: 'Goods that were promised to an order are not there.',
  stockReleased: 'Goods that were promised to an order were released.',
  queued: 'An order waits for goods once more.',
  paymentExpired: 'An order was not paid in time, and its goods were released.',
  paymentRecorded: "An order's payment has another status.",
  labelAsked: 'A label of an order is being bought.',
  labelRefused: 'A label of an order was not bought.',
  labelBought: 'A label of an order was bought.',
  secondLabelBought: 'A second label was bought for a shipment that has one.',
  shipmentCancelled: 'A shipment of an order was cancelled.',
  voidRefused: 'A carrier did not take back a label of an order.',
  parcelMoved: 'A parcel of an order has moved.',
  delivered: 'All parcels of an order were delivered.',
  returnRequested: 'Goods of an order are to come back.',
  returnAuthorised: 'Goods of an order may come back.',
  returnRejected: 'Goods of an order may not come back.',
  returnCancelled: 'Goods of an order are not awaited back any more.',
  returnReceived: 'Goods of an order came back.',
  returned: 'All of an order came back.',
};

const orderEvents = Object.fromEntries(
  Object.entries(orderMeanings).map(([kind, means]) => [
    orderEventTypes[kind as TimelineKind],
    { means, aggregate: 'the order', data: orderData },
  ]),
) as Readonly<Record<OrderEventType, PublicEvent>>;

/** A new status that a scan leads to doesn't compile until it stands here. */
const shipmentMeanings: Readonly<Record<keyof typeof shipmentEventTypes, string>> = {
  pickedUp: 'A carrier has a shipment.',
  inTransit: 'A shipment is on its way.',
  outForDelivery: 'A shipment is with the courier, or waits to be fetched.',
  exception: 'Something keeps a shipment from its recipient.',
  delivered: 'Every parcel of a shipment was delivered.',
  returned: 'No parcel of a shipment is on its way any more, and one or more came back.',
};

const shipmentData: PublicEvent['data'] = {
  shipmentId: { is: 'uuid', means: 'The shipment.' },
  orderId: { is: 'uuid', means: 'Its order.' },
  carrier: { is: 'text', means: 'The code of its carrier.' },
  trackingNumber: { is: 'text', means: 'Its tracking number.' },
  from: { is: 'text', means: 'Its status before.' },
  status: { is: 'text', means: 'Its status afterwards.' },
};

const shipmentEvents = Object.fromEntries(
  Object.entries(shipmentMeanings).map(([status, means]) => [
    shipmentEventTypes[status as keyof typeof shipmentEventTypes],
    { means, aggregate: 'the shipment', data: shipmentData },
  ]),
) as Readonly<Record<(typeof shipmentEventTypes)[keyof typeof shipmentEventTypes], PublicEvent>>;

/** A new event of a return doesn't compile until it stands here. */
const returnMeanings: Readonly<Record<keyof typeof returnEventTypes, string>> = {
  requested: 'A return was asked for.',
  authorised: 'A return was authorised: its goods may come.',
  rejected: 'A return was rejected.',
  cancelled: 'A return of which nothing came was cancelled.',
  partlyReceived: 'Some of a return came back.',
  received: 'A return came back, or what did not come is awaited no more.',
  refunded: 'Money was given back for a return.',
};

const returnData: PublicEvent['data'] = {
  returnId: { is: 'uuid', means: 'The return.' },
  orderId: { is: 'uuid', means: 'Its order.' },
  number: { is: 'text', means: 'Its number, as people read it.' },
  status: { is: 'text', means: 'Its status afterwards.' },
};

const returnEvents = Object.fromEntries(
  Object.entries(returnMeanings).map(([what, means]) => [
    returnEventTypes[what as keyof typeof returnEventTypes],
    { means, aggregate: 'the return', data: returnData },
  ]),
) as Readonly<Record<(typeof returnEventTypes)[keyof typeof returnEventTypes], PublicEvent>>;

export const ENDPOINT_DISABLED = 'webhook_endpoint.disabled';

/**
 * Every event that endpoints may be told of: the one table that their choice, the API document and docs/events.md are made from.
 * A type and its fields are kept for ever; fields may be added.
 */
export const publicEvents = {
  ...orderEvents,
  ...shipmentEvents,
  ...returnEvents,
  'inventory.low_stock': {
    means: 'No more of an item is available than its threshold.',
    aggregate: 'this one notice',
    data: {
      sku: { is: 'text', means: 'The item.' },
      available: { is: 'units', means: 'Units that may still be promised, over all active locations.' },
      threshold: { is: 'units', means: "The item's threshold." },
    },
  },
  [ENDPOINT_DISABLED]: {
    means: 'An endpoint is told of nothing more, since it failed for 24 hours or answered 410.',
    aggregate: 'the endpoint',
    data: {
      endpointId: { is: 'uuid', means: 'The endpoint.' },
      why: { is: 'text', means: '`failing` or `gone`.' },
    },
  },
} as const satisfies Readonly<Record<string, PublicEvent>>;

export type PublicEventType = keyof typeof publicEvents;
export const publicEventTypes = Object.keys(publicEvents) as readonly PublicEventType[];
