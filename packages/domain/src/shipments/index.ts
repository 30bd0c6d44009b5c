export {
  type BuyRefused,
  type Carrier,
  type CarrierRefused,
  type Carriers,
  type CarrierUnauthorized,
  type CarrierUnavailable,
  type DocumentFormat,
  documentFormats,
  type Label,
  type LabelOrder,
  type ReferenceUnknown,
  type ShipmentDocument,
  type UnknownOutcome,
} from './carrier.port.js';
export type { BeginRefused, NothingToShip, SettleRefused } from './purchase.js';
export {
  type AddressMissing,
  buyLabel,
  type CarrierUnknown,
  type LocationNeeded,
  type NotBought,
  type OrderLineNotFound,
  type PurchaseUnderWay,
  type ShipOrder,
  type ShipRefused,
  type ShipRequest,
  shipOrder,
} from './ship-order.js';
export {
  type CarrierAnswer,
  carrierReference,
  evolveShipment,
  type Parcel,
  type Shipment,
  ShipmentId,
  type ShipmentLine,
  type ShipmentNotFound,
  type ShipmentStatus,
  shipmentStatuses,
  shipmentTransitions,
} from './shipment.js';
export type { ShipmentFilter, ShipmentStore, ShipmentStores } from './stores.port.js';
