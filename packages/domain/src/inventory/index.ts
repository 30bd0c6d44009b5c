export {
  type Allocation,
  type AllocationExplanation,
  type AllocationRequest,
  allocate,
  type CandidateOutcome,
  type Demand,
  type Shortfall,
  type Take,
} from './allocate.js';
export { type AllocationPolicy, byPriority, type Candidate, fewestLocations } from './allocation-policy.js';
export { type Availability, availabilityOf } from './availability.js';
export { everyLocation } from './every-location.js';
export {
  evolveImport,
  type Import,
  ImportId,
  type ImportKind,
  type ImportState,
  importKinds,
  importStates,
  importTransitions,
  MAX_IMPORT_ROWS,
  MAX_KEPT_FAULTS,
  type RowsDone,
  type RowsToDo,
} from './import.js';
export { importItems } from './import-items.js';
export type { ImportStore, ImportStores, KeptFault, StoredRow } from './imports.port.js';
export type { CustomsFacts, Dimensions, Item } from './item.js';
export { hsCodePattern, itemLimits } from './item-limits.js';
export { type ItemColumn, itemCells, itemColumns, itemForm } from './item-sheet.js';
export {
  type AddItemRefused,
  addItem,
  type ChangeItemRefused,
  changeItem,
  type ItemExists,
  type ItemFacts,
  type ItemInUse,
  type ItemNotFound,
  removeItem,
} from './keep-items.js';
export type { ItemIsKit, KitFault, KitFixed, KitInvalid } from './keep-kits.js';
export {
  addLocation,
  changeLocation,
  type LocationCodeTaken,
  type LocationFacts,
  type LocationNotFound,
} from './keep-locations.js';
export { type Component, type LinePart, lineUnits, MAX_COMPONENTS, stockedAs, wholeKits } from './kit.js';
export { otherKitParts, type Parts } from './kit-parts.js';
export {
  available,
  isSound,
  type LevelKey,
  type LevelStanding,
  levelKey,
  promisable,
  type Shelf,
  type StockLevel,
} from './level.js';
export { type Location, LocationId } from './location.js';
export {
  availableBySku,
  type FallenLow,
  fellLow,
  isLow,
  lowStockEvent,
  lowStockWatch,
  type UnitsBySku,
  type Watched,
} from './low-stock.js';
export {
  type AdjustmentReason,
  adjustmentReasons,
  type ChainEnd,
  type ChainLink,
  chainText,
  type Movement,
  MovementId,
  type MovementKind,
  movementKinds,
  type Reference,
  referenceKinds,
} from './movement.js';
export { leave, reserve, split, upTo } from './promise.js';
export { type RowFault, type RowFaultCode, rowFaultCodes, skuOfRow, toldTwice } from './read-row.js';
export {
  type ImportEmpty,
  type ImportNotFound,
  MAX_UNFINISHED,
  type ReceiveImportRefused,
  receiveImport,
  type Sheet,
  startImport,
  type TooManyImports,
  type TooManyRows,
} from './receive-import.js';
export { differencesOf, type LevelBooks, type LevelDifference } from './reconcile.js';
export {
  type Adjusted,
  type AdjustmentRefused,
  adjust,
  type Breakable,
  receive,
  restock,
  type TransferRefused,
  transfer,
  writeOffReturned,
} from './recount.js';
export { type Exit, exits, isLapsed, isPinned, type Reservation, ReservationId, reservationTransitions } from './reservation.js';
export { type Cells, type DueRow, type HeaderInvalid, readHeader, type SheetForm, type SheetRow } from './sheet.js';
export { MAX_SKU_CHARACTERS, parseSku, type Sku, type SkuInvalid } from './sku.js';
export { emptyStock, evolveStock, type Stock } from './stock.js';
export {
  type Books,
  type Move,
  noChange,
  type Occasion,
  openBooks,
  type ReservationExit,
  type ReservationKeep,
  type ReservationPin,
  type ReservationSplit,
  type StockChange,
  together,
} from './stock-change.js';
export { type Count, countable, countOfRow } from './stock-row.js';
export { type StockColumn, stockCells, stockColumns, stockForm } from './stock-sheet.js';
export type {
  InventoryStores,
  ItemStore,
  ItemUses,
  LedgerEntry,
  LevelFilter,
  LevelPlace,
  LocationStore,
  MovementFilter,
  PlaceFilter,
  ReservationFilter,
  Standing,
  StockStore,
} from './stores.port.js';
export { takeBack } from './take-back.js';
export { auditLedger, type ChainFault, chainStart, type LedgerAudit, verifyEnd, verifyLink } from './verify-chain.js';
