export type { BooksSummary } from './books-summary.js';
export {
  type CancelLinesRefused,
  type CancelledUnits,
  type CancelOrder,
  type CancelReason,
  type CancelRefused,
  cancelLines,
  cancelOrder,
  cancelReasons,
  type LineCancellation,
  type LineUnknown,
  type QuantityExceeded,
} from './cancel-order.js';
export { type Addresses, addNote, type ChangeRefused, changeAddresses, markReady, type NothingReserved } from './change-order.js';
export type { Decided } from './changing.js';
export {
  type DecidePlacements,
  decidePlacements,
  type InsufficientStock,
  type Placement,
  type PlacementRefused,
  type PlacementRequest,
  type Situation,
  type UnknownSku,
} from './decide-placements.js';
export {
  checkDraft,
  type DraftLine,
  MAX_ORDER_LINES,
  MAX_PRICE_MINOR,
  type OrderDraft,
  type OrderInvalid,
  totalsOf,
} from './draft.js';
export { type EditRefused, editOrder, type OrderChanged, type OrderEdit } from './edit-order.js';
export { entrySentence } from './entry-sentence.js';
export { type ExpireUnpaid, expireUnpaid } from './expire-unpaid.js';
export { type FollowRefused, type FollowSource, followSource, type Hearing, type NewsTaken } from './follow-source.js';
export {
  type Hold,
  type HoldOrder,
  type HoldRefused,
  holdOrder,
  type LinesUnmapped,
  type ResumeRefused,
  resumeOrder,
} from './hold-order.js';
export type { AlreadyPlaced, IntakeRefused, OrderIntake } from './intake.port.js';
export {
  changeOrderFilter,
  type NewOrderFilter,
  type OrderFilterChange,
  type OrderFilterExists,
  type OrderFilterNotFound,
  removeOrderFilter,
  saveOrderFilter,
  type TooManyOrderFilters,
} from './keep-saved-filters.js';
export type {
  AddedLine,
  BelowShipped,
  LineEdit,
  LinesEdit,
  NothingLeft,
} from './line-edit.js';
export {
  checkAction,
  checkNoPurchase,
  type LockedOrder,
  lockOrder,
  type OrderNotFound,
  type PurchaseInProgress,
} from './locked-order.js';
export {
  type KeepBackRefused,
  type MoveRefused,
  type SameLocation,
  type StockTransfer,
  setSafetyStock,
  type TransferredStock,
  transferStock,
} from './move-stock.js';
export { type GoodsRefused, giveUpUnknown, nameGoods } from './name-goods.js';
export { type ChannelSource, isFartherAlong, type News, type Worth, worthOf } from './news.js';
export { wordOn } from './news-lines.js';
export type { LastWord, WordOnLine } from './order.js';
export {
  type Amounts,
  type Customer,
  type HoldReason,
  holdReasons,
  type Order,
  OrderId,
  type OrderSource,
  type OrderSummary,
  type PaymentMethod,
  type PaymentStatus,
  paymentMethods,
  paymentStatuses,
  type Totals,
} from './order.js';
export {
  addsUp,
  isAllBack,
  type OrderLine,
  OrderLineId,
  returnable,
  returnsFit,
  shippedUnits,
  stockSkusOf,
} from './order-line.js';
export { amountsAtFirst, paymentTransitions, promisedUntil, promisesWhile } from './payment.js';
export { MAX_BATCH, type PlaceOrders, type PlaceRefused, placeOrders } from './place-orders.js';
export { mayBeServed } from './queue-untried.js';
export {
  type FullReconciliation,
  type LineDifference,
  type Reconciliation,
  reconcile,
  reconcileAll,
  summaryOf,
} from './reconcile-books.js';
export {
  type Payment,
  type PaymentAmountInvalid,
  type PaymentImpossible,
  type RecordPaymentRefused,
  type Refund,
  recordPayment,
  refunding,
} from './record-payment.js';
export {
  type AdjustedStock,
  type Adjustment,
  type AdjustRefused,
  adjustStock,
} from './recount-stock.js';
export {
  type ReleaseRefused,
  type ReservationNotFound,
  type ReservationNotOpen,
  releaseReservation,
} from './release-reservation.js';
export { MAX_SAVED_FILTERS, OrderFilterId, type SavedOrderFilter } from './saved-filter.js';
export type { SavedFilterStore, SavedFilterStores } from './saved-filters.port.js';
export { serveBacklog } from './serve-backlog.js';
export { shelvesAfter } from './serve-waiting.js';
export { settleStock } from './settle-stock.js';
export { proposalsFor, type ShortageProposal, shortageProposalKinds, shortageProposals } from './shortage-proposals.js';
export {
  allows,
  type InvalidTransition,
  type OrderAction,
  type OrderStatus,
  orderActions,
  orderStatuses,
  orderTransitions,
  statusOfLines,
} from './status.js';
export {
  COUNTED_UP_TO,
  isByPlacing,
  type LineBooks,
  type OrderCounts,
  type OrderFilter,
  type OrderStore,
  type OrderStores,
  type ReturnBooks,
} from './stores.port.js';
export { MAX_TAGS, type TagChange, type TagRefused, type TooManyTags, tagOrder } from './tags.js';
export {
  type Receipt,
  type ReceiveRefused,
  type ReturnedGoods,
  receiveStock,
  restockReturned,
} from './take-in-stock.js';
export {
  advance,
  type OrderChange,
  type OrderEventType,
  orderEventTypes,
  type TimelineEntry,
  type TimelineKind,
  type Told,
  timelineKinds,
} from './timeline.js';
export { unitsOfPromises } from './units-off-line.js';
export { newsOfWithdrawn } from './withdrawn.js';
export { isLimited } from './within-orders-of-month.js';
export { type WorkedImport, workImports } from './work-imports.js';
