export { cancelOrder, cancelReasons, type CancelOrder, type CancelReason, type CancelRefused } from './cancel-order.js';
export { addNote, changeAddresses, markReady, type Addresses, type ChangeRefused, type NothingReserved } from './change-order.js';
export {
  decidePlacements,
  type DecidePlacements,
  type InsufficientStock,
  type Placement,
  type PlacementRefused,
  type PlacementRequest,
  type Situation,
  type UnknownSku,
} from './decide-placements.js';
export { checkDraft, MAX_ORDER_LINES, MAX_PRICE_MINOR, totalsOf, type DraftLine, type OrderDraft, type OrderInvalid } from './draft.js';
export type { AlreadyPlaced, IntakeRefused, OrderIntake } from './intake.port.js';
export { checkAction, checkUnpinned, lockOrder, type LockedOrder, type OrderNotFound, type PurchaseInProgress } from './locked-order.js';
export {
  addsUp,
  holdReasons,
  OrderId,
  OrderLineId,
  paymentMethods,
  paymentStatuses,
  skusOf,
  type Customer,
  type HoldReason,
  type Order,
  type OrderLine,
  type OrderSource,
  type OrderSummary,
  type PaymentMethod,
  type PaymentStatus,
  type Totals,
  type UnitState,
} from './order.js';
export { MAX_BATCH, placeOrders, type PlaceOrders, type PlaceRefused } from './place-orders.js';
export { reconcile, type LineDifference, type Reconciliation } from './reconcile-books.js';
export { adjustStock, receiveStock, type AdjustedStock, type Adjustment, type AdjustRefused, type Receipt, type ReceiveRefused } from './recount-stock.js';
export {
  allows,
  orderActions,
  orderStatuses,
  orderTransitions,
  statusOfLines,
  type InvalidTransition,
  type OrderAction,
  type OrderStatus,
} from './status.js';
export type { LineBooks, OrderFilter, OrderStore, OrderStores } from './stores.port.js';
export { advance, timelineKinds, type OrderChange, type TimelineEntry, type TimelineKind, type Told } from './timeline.js';
