import type { OrderLine } from './order-line.js';

export const orderStatuses = [
  'new',
  'backordered',
  'reserved',
  'readyToShip',
  'onHold',
  'partiallyShipped',
  'shipped',
  'delivered',
  'cancelled',
  'returned',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** The whole machine: where an order may go from where. The database, the API and the diagram in the documents are made from it. */
export const orderTransitions: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  new: ['reserved', 'backordered', 'onHold', 'cancelled'],
  backordered: ['reserved', 'readyToShip', 'partiallyShipped', 'onHold', 'cancelled'],
  reserved: ['readyToShip', 'backordered', 'onHold', 'cancelled'],
  readyToShip: ['reserved', 'backordered', 'partiallyShipped', 'shipped', 'onHold', 'cancelled'],
  onHold: ['new', 'reserved', 'backordered', 'partiallyShipped', 'cancelled'],
  partiallyShipped: ['shipped', 'readyToShip', 'backordered', 'onHold'],
  shipped: ['partiallyShipped', 'readyToShip', 'delivered', 'returned'],
  delivered: ['returned'],
  cancelled: [],
  returned: [],
};

/**
 * What a shop may begin again, and as what: an order that it cancelled, once it says that it goes on. For people and programs the machine above
 * ends there (ADR 0050).
 */
export const begunAgainByShop: Readonly<Partial<Record<OrderStatus, OrderStatus>>> = { cancelled: 'new' };

const unfinished = ['new', 'backordered', 'reserved', 'readyToShip', 'onHold', 'partiallyShipped'] as const;

/** What somebody may do to an order, and in which statuses. Anything else is refused with `order.invalid_transition`. */
export const orderActions = {
  hold: ['new', 'backordered', 'reserved', 'readyToShip', 'partiallyShipped'],
  resume: ['onHold'],
  ready: ['backordered', 'reserved', 'partiallyShipped'],
  ship: ['backordered', 'readyToShip', 'partiallyShipped'],
  cancel: unfinished,
  edit: unfinished,
  changeAddress: unfinished,
  requestReturn: ['backordered', 'readyToShip', 'onHold', 'partiallyShipped', 'shipped', 'delivered', 'returned'],
  recordPayment: orderStatuses,
  note: orderStatuses,
  tag: orderStatuses,
} as const satisfies Readonly<Record<string, readonly OrderStatus[]>>;
export type OrderAction = keyof typeof orderActions;

export type InvalidTransition = {
  readonly code: 'order.invalid_transition';
  readonly status: OrderStatus;
  readonly action: OrderAction;
};

export const allows = (status: OrderStatus, action: OrderAction): boolean => {
  const statuses: readonly OrderStatus[] = orderActions[action];
  return statuses.includes(status);
};

/** What an order's lines say of it, when it is neither held nor made ready nor past shipping. */
export const statusOfLines = (lines: readonly OrderLine[]): OrderStatus => {
  const sum = (state: 'pending' | 'reserved' | 'backordered' | 'shipped'): number =>
    lines.reduce((units, line) => units + line[state], 0);
  const shipped = sum('shipped');
  const waiting = sum('pending') + sum('reserved') + sum('backordered');
  if (waiting === 0) return shipped > 0 ? 'shipped' : 'cancelled';
  if (shipped > 0) return 'partiallyShipped';
  if (sum('backordered') > 0) return 'backordered';
  return sum('pending') > 0 ? 'new' : 'reserved';
};
