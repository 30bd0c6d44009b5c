import type { Component, Sku } from '../inventory/index.js';
import { type Brand, bug, err, ok, type Result } from '../kernel/index.js';
import type { OrderId, OrderLineId } from '../orders/index.js';

export type ReturnId = Brand<string, 'ReturnId'>;
export const ReturnId = (text: string): ReturnId => text as ReturnId;

export const returnStatuses = ['requested', 'authorised', 'partlyReceived', 'received', 'rejected', 'cancelled'] as const;
export type ReturnStatus = (typeof returnStatuses)[number];

/** The whole machine. What is cancelled after something came back is received: the rest isn't awaited any more. */
export const returnTransitions: Readonly<Record<ReturnStatus, readonly ReturnStatus[]>> = {
  requested: ['authorised', 'rejected', 'cancelled'],
  authorised: ['partlyReceived', 'received', 'cancelled'],
  partlyReceived: ['received'],
  received: [],
  rejected: [],
  cancelled: [],
};

/** What somebody may do to a return, and in which statuses. Anything else is refused with `return.invalid_transition`. */
export const returnActions = {
  authorise: ['requested'],
  reject: ['requested'],
  label: ['authorised', 'partlyReceived'],
  receive: ['authorised', 'partlyReceived'],
  cancel: ['requested', 'authorised', 'partlyReceived'],
  refund: ['authorised', 'partlyReceived', 'received'],
} as const satisfies Readonly<Record<string, readonly ReturnStatus[]>>;
export type ReturnAction = keyof typeof returnActions;

export const returnReasons = [
  'damaged',
  'defective',
  'wrongItem',
  'notAsDescribed',
  'doesNotFit',
  'changedMind',
  'arrivedLate',
  'undeliverable',
  'other',
] as const;
export type ReturnReason = (typeof returnReasons)[number];

/** As what goods come back: `damaged` ones are written off. */
export const returnConditions = ['sellable', 'damaged'] as const;
export type ReturnCondition = (typeof returnConditions)[number];

/** Goods of one SKU that came back with a line: of a kit, one of its components. */
export type ReturnPart = Component & Readonly<Record<ReturnCondition, number>>;

/**
 * Units of one order line that are to come back; of a kit, kits. Each is made of the parts, so many (`quantity`) of each: a kit comes back
 * component by component, anything else is its own only part. `cancelled` units aren't awaited any more.
 */
export type ReturnLine = {
  readonly orderLineId: OrderLineId;
  readonly sku: Sku;
  readonly quantity: number;
  readonly cancelled: number;
  readonly reason: ReturnReason;
  readonly parts: readonly ReturnPart[];
};

/** Shipped goods of one order that are to come back. */
export type Return = {
  readonly id: ReturnId;
  readonly orderId: OrderId;
  /** Unique in the organization: the order's own and a count, such as `1042-R1`. */
  readonly number: string;
  readonly status: ReturnStatus;
  readonly lines: readonly ReturnLine[];
  readonly note: string | null;
  /** What was given back for it, in minor units of the order's currency. */
  readonly refundedMinor: number;
  readonly requestedAt: Date;
  /** Rises with every change. */
  readonly version: number;
};

export type ReturnNotFound = { readonly code: 'return.not_found' };
export type ReturnInvalidTransition = {
  readonly code: 'return.invalid_transition';
  readonly status: ReturnStatus;
  readonly action: ReturnAction;
};

/** Refuses what the return's status doesn't allow. */
export const checkReturnAction = (one: Return, action: ReturnAction): Result<Return, ReturnInvalidTransition> => {
  const statuses: readonly ReturnStatus[] = returnActions[action];
  return statuses.includes(one.status) ? ok(one) : err({ code: 'return.invalid_transition', status: one.status, action });
};

/** A return after a change: one version on. A move the machine doesn't have is a bug. */
export const evolveReturn = (before: Return, change: Partial<Return>): Return => {
  const after = { ...before, ...change, version: before.version + 1 };
  if (after.status !== before.status && !returnTransitions[before.status].includes(after.status))
    bug(`a return can't go from ${before.status} to ${after.status}`);
  return after;
};
