import type { AllocationExplanation, Occasion } from '../inventory/index.js';
import { type Actor, bug, type DomainEvent } from '../kernel/index.js';
import type { Order, OrderId } from './order.js';
import { addsUp, returnsFit } from './order-line.js';
import { begunAgainByShop, type OrderStatus, orderTransitions } from './status.js';

export const timelineKinds = [
  'placed',
  'noted',
  'held',
  'resumed',
  'markedReady',
  'cancelled',
  'linesCancelled',
  'edited',
  'tagged',
  'addressChanged',
  'backorderFilled',
  'stockMissing',
  'stockReleased',
  'queued',
  'paymentExpired',
  'paymentRecorded',
  'labelAsked',
  'labelRefused',
  'labelBought',
  'secondLabelBought',
  'shipmentCancelled',
  'voidRefused',
  'parcelMoved',
  'delivered',
  'returnRequested',
  'returnAuthorised',
  'returnRejected',
  'returnCancelled',
  'returnReceived',
  'returned',
] as const;
export type TimelineKind = (typeof timelineKinds)[number];

/** One thing that happened to an order, readable without knowing the code. */
export type TimelineEntry = {
  readonly id: string;
  readonly orderId: OrderId;
  readonly at: Date;
  readonly actor: Actor;
  readonly what: TimelineKind;
  /** Null where the status stayed. */
  readonly from: OrderStatus | null;
  readonly to: OrderStatus | null;
  /** The note, the reason or the cause, in words. */
  readonly text: string | null;
};

/**
 * An order as it becomes, with what is told of the change. `isNew` orders are stored, others replaced.
 * `addedLines` of its lines, the last ones, are new.
 */
export type OrderChange = {
  readonly order: Order;
  readonly isNew: boolean;
  readonly addedLines: number;
  readonly entries: readonly TimelineEntry[];
  readonly events: readonly DomainEvent[];
  readonly explanation: AllocationExplanation | null;
};

/** What the event of each entry is called. */
export const orderEventTypes = {
  placed: 'order.placed',
  noted: 'order.noted',
  held: 'order.held',
  resumed: 'order.resumed',
  markedReady: 'order.ready',
  cancelled: 'order.cancelled',
  linesCancelled: 'order.lines_cancelled',
  edited: 'order.edited',
  tagged: 'order.tagged',
  addressChanged: 'order.address_changed',
  backorderFilled: 'order.backorder_filled',
  stockMissing: 'order.stock_missing',
  stockReleased: 'order.stock_released',
  queued: 'order.queued',
  paymentExpired: 'order.payment_expired',
  paymentRecorded: 'order.payment_recorded',
  labelAsked: 'order.label_asked',
  labelRefused: 'order.label_refused',
  labelBought: 'order.label_bought',
  secondLabelBought: 'order.second_label_bought',
  shipmentCancelled: 'order.shipment_cancelled',
  voidRefused: 'order.void_refused',
  parcelMoved: 'order.parcel_moved',
  delivered: 'order.delivered',
  returnRequested: 'order.return_requested',
  returnAuthorised: 'order.return_authorised',
  returnRejected: 'order.return_rejected',
  returnCancelled: 'order.return_cancelled',
  returnReceived: 'order.return_received',
  returned: 'order.returned',
} as const satisfies Readonly<Record<TimelineKind, string>>;
export type OrderEventType = (typeof orderEventTypes)[TimelineKind];

export type Told = { readonly what: TimelineKind; readonly text: string | null; readonly explanation?: AllocationExplanation };

/** The first entry of an order's life. */
export const placed = (occasion: Occasion, order: Order, explanation: AllocationExplanation): OrderChange =>
  tell(occasion, order, undefined, { what: 'placed', text: sourceText(order), explanation });

/** An order after a change: one version on, told in its timeline and by an event. A move the machine doesn't have is a bug. */
export const advance = (occasion: Occasion, before: Order, change: Partial<Order>, told: Told): OrderChange => {
  const order = { ...before, ...change, version: before.version + 1 };
  if (order.status !== before.status && !mayGo(before, order.status))
    bug(`an order can't go from ${before.status} to ${order.status}`);
  return tell(occasion, order, before, told);
};

const mayGo = ({ status, source }: Order, to: OrderStatus): boolean =>
  orderTransitions[status].includes(to) || (source.kind === 'channel' && begunAgainByShop[status] === to);

const tell = (occasion: Occasion, order: Order, before: Order | undefined, told: Told): OrderChange => {
  if (!order.lines.every(addsUp)) bug(`I4: a line of order ${order.id} doesn't add up`);
  if (!order.lines.every(returnsFit)) bug(`more of a line of order ${order.id} would come back than was shipped`);
  const from = before?.status ?? null;
  const moved = from !== order.status;
  return {
    order,
    isNew: before === undefined,
    addedLines: order.lines.length - (before?.lines.length ?? 0),
    entries: [
      {
        id: occasion.ids.next(),
        orderId: order.id,
        at: occasion.at,
        actor: occasion.actor,
        what: told.what,
        from: moved ? from : null,
        to: moved ? order.status : null,
        text: told.text,
      },
    ],
    events: [
      {
        type: orderEventTypes[told.what],
        aggregateId: order.id,
        aggregateVersion: order.version,
        at: occasion.at,
        data: { orderId: order.id, number: order.number, status: order.status },
      },
    ],
    explanation: told.explanation ?? null,
  };
};

const sourceText = (order: Order): string | null =>
  order.source.kind === 'channel' ? (order.source.externalNumber ?? order.source.externalId) : null;
