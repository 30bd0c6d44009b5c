export { type AccountField, type AccountForm, type AccountForms, type DetailFault, faultsOfDetails } from './account-form.js';
export { type NoRates, type OfferedRate, type Offers, type ValidateRefused, validateAddress } from './ask-carriers.js';
export {
  type BookPickup,
  type BookRefused,
  bookPickup,
  type PickupAlreadyBooked,
  type PickupNotFound,
  type PickupOfReturn,
  type PickupRequest,
  type ShipmentsDiffer,
} from './book-pickup.js';
export { type CancelPickupRefused, cancelPickup, type PickupUnconfirmed } from './cancel-pickup.js';
export { type CancelShipment, type CancelShipmentRefused, cancelShipment, MAY_STILL_BILL } from './cancel-shipment.js';
export type {
  AskRefused,
  BuyRefused,
  Carrier,
  CarrierRefused,
  CarrierSupports,
  CarrierUnauthorized,
  CarrierUnavailable,
  CarrierUnsupported,
  DoRefused,
  FindRefused,
  ReferenceUnknown,
  ReferenceUnsettled,
  UnknownOutcome,
} from './carrier.port.js';
export {
  type AccountDetails,
  CARRIER_ACCOUNT_SECRET,
  type CarrierAccount,
  type CarrierAccountNotFound,
  chooseAccount,
  credentialsOf,
  endingOf,
} from './carrier-account.js';
export { CarrierAccountId } from './carrier-account-id.js';
export type { CarrierAccountStore, CarrierAccountStores } from './carrier-accounts.port.js';
export {
  type AccountOfCarrier,
  type Carriers,
  type CarrierTerms,
  type CarrierUnknown,
  type ChosenCarrier,
  noTerms,
} from './carriers.port.js';
export { type CarrierConnections, carriersOfAccounts, type OpenableAccount } from './carriers-of-accounts.js';
export {
  type Consignment,
  type Customs,
  type CustomsLine,
  declaredValue,
  type ExportPurpose,
  type Extras,
  exportPurposes,
  type Goods,
  type GoodsLine,
  type Incoterm,
  incoterms,
  noExtras,
  type TaxNumber,
  taxNumberKinds,
} from './consignment.js';
export { customsTerritoryOf } from './customs-territory.js';
export { type CustomsIncomplete, crossesCustoms } from './declare-customs.js';
export { eventsOfMoves, orderAfterMoves, type ShipmentMove, shipmentEventTypes, statusOfShipments } from './deliveries.js';
export { type Followed, follow, isMoving, type KeptScan, numbersOf, type Pace, type Told } from './follow.js';
export { inSequence, journeyOf, mergeScans, stageOf, statusOfParcels } from './journey.js';
export {
  addCarrierAccount,
  type CarrierAccountChange,
  type CarrierAccountInvalid,
  changeCarrierAccount,
  type NewCarrierAccount,
  removeCarrierAccount,
} from './keep-carrier-accounts.js';
export {
  type DocumentFormat,
  documentFormats,
  type Label,
  type LabelOrder,
  type PurchaseTrace,
  type Rate,
  type ShipmentDocument,
} from './label.js';
export { type LookedUpPurchases, type LookUpPurchases, lookUpPurchases } from './look-up.js';
export {
  type LabelsMissing,
  type LabelsUnmergeable,
  type LabelsWanted,
  MAX_MERGED,
  type MergedLabels,
  type MergeLabels,
  type MergePdf,
  type MergeRefused,
  mergeLabels,
  type PdfUnreadable,
  type TooManyLabels,
} from './merge-labels.js';
export type { Parcel } from './parcel.js';
export type { AddressVerdict, Pickup, PickupOrder } from './pickup.js';
export {
  evolvePickup,
  openPickupStatuses,
  type PickupBooking,
  PickupBookingId,
  type PickupStatus,
  pickupStatuses,
  pickupTransitions,
  standingPickup,
} from './pickup-booking.js';
export type { PickupStore, PickupStores } from './pickups.port.js';
export {
  type NotDelivered,
  type ProofNotFound,
  type ProofOfDelivery,
  type ProveDelivery,
  type ProveRefused,
  proveDelivery,
} from './prove-delivery.js';
export { type BeginRefused, bringsBack, type NothingToShip, type SettleRefused } from './purchase.js';
export type { NumberTold, Push, PushReader, PushUnreadable } from './push.port.js';
export {
  type AddressRateQuestion,
  type OrderRateQuestion,
  type QuoteRates,
  quoteRates,
  type RateQuestion,
  type RatesRefused,
} from './quote-rates.js';
export { settleDeliveries } from './settle-deliveries.js';
export { type PickupFoundOut, type PickupSettled, type SettlePickupRefused, settlePickup } from './settle-pickup.js';
export {
  type AddressMissing,
  type Begun,
  beginPurchase,
  buyLabel,
  finishPurchase,
  goOnBuying,
  type NotBought,
  type PurchaseDeps,
  type PurchaseUnderWay,
  type ShipOrder,
  type ShipRefused,
  shipOrder,
} from './ship-order.js';
export {
  draftOf,
  type LinesWanted,
  type LineUnits,
  type LocationNeeded,
  type OrderLineNotFound,
  type ShipQuantityExceeded,
  type ShipRequest,
  type SpecialGoods,
  type SpecialGoodsRefused,
  specialGoods,
} from './ship-request.js';
export {
  ABANDONED_AFTER_MS,
  type CarrierAnswer,
  carrierReference,
  evolveShipment,
  isToLookUp,
  type Shipment,
  ShipmentId,
  type ShipmentInvalidTransition,
  type ShipmentLine,
  type ShipmentNotFound,
  type ShipmentOnReturn,
  type ShipmentStatus,
  shipmentStatuses,
  shipmentTransitions,
} from './shipment.js';
export { type CustomsLineOptions, type CustomsOptions, type ShippingOptions, usualOptions } from './shipping-options.js';
export { type ParcelStanding, type TrackingStatus, trackingStatuses } from './standing.js';
export type { AwaitedReturns, Paper, PaperPlace, ShipmentFilter, ShipmentStore, ShipmentStores } from './stores.port.js';
export { CARRIER_SOURCE, type PushNotProven, type TakePush, takePush } from './take-push.js';
export { type TakenFrom, takeTracked } from './take-tracked.js';
export { type TrackDue, type TrackedDue, trackDue } from './track-due.js';
export { type NotLabelled, type TrackedRecently, type TrackNow, type TrackRefused, trackNow } from './track-now.js';
export { FOLLOWED_FOR_DAYS, isToTrack, mayTrackAt, nextTrackAt, TRACK_PAUSE_MS } from './track-when.js';
export {
  inOrder,
  type LocalMoment,
  momentOf,
  shipmentStatusOf,
  standingOf,
  type Tracked,
  type TrackingEvent,
} from './tracking.js';
export type { TrackingDoor } from './tracking-door.port.js';
export { type FindTracking, findTracking, type TrackingPage } from './tracking-page.js';
export { type AccountTried, tryCarrierAccount } from './try-carrier-account.js';
export { nothingButLabels, unsupported } from './unsupported.js';
export type { NotDone } from './void-label.js';
export { type WorkPush, workPush } from './work-push.js';
