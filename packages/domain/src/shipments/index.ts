export {
  documentFormats,
  type BuyRefused,
  type Carrier,
  type CarrierRefused,
  type Carriers,
  type CarrierUnauthorized,
  type CarrierUnavailable,
  type DocumentFormat,
  type Label,
  type LabelOrder,
  type ReferenceUnknown,
  type ShipmentDocument,
  type UnknownOutcome,
} from './carrier.port.js';
export type { BeginRefused, NothingToShip, SettleRefused } from './purchase.js';
export {
  buyLabel,
  shipOrder,
  type AddressMissing,
  type CarrierUnknown,
  type LocationNeeded,
  type NotBought,
  type PurchaseUnderWay,
  type ShipOrder,
  type ShipRefused,
  type ShipRequest,
} from './ship-order.js';
export {
  carrierReference,
  evolveShipment,
  ShipmentId,
  shipmentStatuses,
  shipmentTransitions,
  type CarrierAnswer,
  type Parcel,
  type Shipment,
  type ShipmentLine,
  type ShipmentNotFound,
  type ShipmentStatus,
} from './shipment.js';
export type { ShipmentFilter, ShipmentStore, ShipmentStores } from './stores.port.js';
