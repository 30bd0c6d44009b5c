export {
  allocate,
  type Allocation,
  type AllocationExplanation,
  type AllocationRequest,
  type CandidateOutcome,
  type Demand,
  type Shortfall,
  type Take,
} from './allocate.js';
export { byPriority, fewestLocations, type AllocationPolicy, type Candidate } from './allocation-policy.js';
export type { CustomsFacts, Dimensions, Item } from './item.js';
export { addItem, changeItem, removeItem, type ItemExists, type ItemFacts, type ItemInUse, type ItemNotFound } from './keep-items.js';
export { addLocation, changeLocation, type LocationCodeTaken, type LocationFacts, type LocationNotFound } from './keep-locations.js';
export { available, isSound, levelKey, type LevelKey, type Shelf, type StockLevel } from './level.js';
export { LocationId, type Location } from './location.js';
export {
  adjustmentReasons,
  chainText,
  MovementId,
  movementKinds,
  type AdjustmentReason,
  type ChainLink,
  type Movement,
  type MovementKind,
  type Reference,
} from './movement.js';
export { leave, reserve, split } from './promise.js';
export { differencesOf, type LevelBooks, type LevelDifference } from './reconcile.js';
export { adjust, receive, type Adjusted, type AdjustmentRefused } from './recount.js';
export { exits, isPinned, ReservationId, type Exit, type Reservation } from './reservation.js';
export { MAX_SKU_CHARACTERS, parseSku, type Sku, type SkuInvalid } from './sku.js';
export { emptyStock, evolveStock, type Stock } from './stock.js';
export {
  noChange,
  openBooks,
  together,
  type Books,
  type Move,
  type Occasion,
  type ReservationExit,
  type ReservationPin,
  type ReservationSplit,
  type StockChange,
} from './stock-change.js';
export type {
  InventoryStores,
  ItemStore,
  LedgerEntry,
  LevelFilter,
  LocationStore,
  MovementFilter,
  ReservationFilter,
  StockStore,
} from './stores.port.js';
