import { type Shipment, usualOptions } from '@rappit/domain';

type Renamed =
  | 'orderId'
  | 'returnId'
  | 'locationId'
  | 'accountId'
  | 'trackingNumber'
  | 'parcelNumbers'
  | 'cost'
  | 'purchaseStartedAt'
  | 'voidAskedAt'
  | 'lookUpAt'
  | 'parcelStandings'
  | 'trackedAt'
  | 'trackAt'
  | 'trackFailures'
  | 'options'
  | 'createdAt';
export type ShipmentRow = Omit<Shipment, Renamed> & {
  order_id: Shipment['orderId'];
  return_id: Shipment['returnId'];
  location_id: Shipment['locationId'];
  carrier_account_id: Shipment['accountId'];
  options: Shipment['options'] | null;
  tracking_number: string | null;
  parcel_numbers: readonly string[];
  void_asked_at: Date | null;
  look_up_at: Date | null;
  parcel_standings: Shipment['parcelStandings'];
  tracked_at: Date | null;
  track_at: Date | null;
  track_failures: number;
  cost_minor: number | null;
  cost_currency: string | null;
  purchase_started_at: Date | null;
  created_at: Date;
};

export const toShipment = (row: ShipmentRow): Shipment => ({
  id: row.id,
  orderId: row.order_id,
  returnId: row.return_id,
  locationId: row.location_id,
  lines: row.lines,
  parcels: row.parcels,
  carrier: row.carrier,
  accountId: row.carrier_account_id,
  service: row.service,
  options: row.options ?? usualOptions,
  status: row.status,
  reference: row.reference,
  trackingNumber: row.tracking_number,
  parcelNumbers: row.parcel_numbers,
  warnings: row.warnings,
  cost:
    row.cost_minor === null || row.cost_currency === null ? null : { amountMinor: row.cost_minor, currency: row.cost_currency },
  refusal: row.refusal,
  short: row.short,
  attempt: row.attempt,
  purchaseStartedAt: row.purchase_started_at,
  voidAskedAt: row.void_asked_at,
  lookUpAt: row.look_up_at,
  parcelStandings: row.parcel_standings,
  trackedAt: row.tracked_at,
  trackAt: row.track_at,
  trackFailures: row.track_failures,
  createdAt: row.created_at,
  version: row.version,
});

export const fromShipment = (shipment: Shipment) => ({
  id: shipment.id,
  order_id: shipment.orderId,
  return_id: shipment.returnId,
  location_id: shipment.locationId,
  lines: JSON.stringify(shipment.lines),
  parcels: JSON.stringify(shipment.parcels),
  carrier: shipment.carrier,
  carrier_account_id: shipment.accountId,
  service: shipment.service,
  options: JSON.stringify(shipment.options),
  status: shipment.status,
  reference: shipment.reference,
  tracking_number: shipment.trackingNumber,
  parcel_numbers: JSON.stringify(shipment.parcelNumbers),
  warnings: JSON.stringify(shipment.warnings),
  cost_minor: shipment.cost?.amountMinor ?? null,
  cost_currency: shipment.cost?.currency ?? null,
  refusal: shipment.refusal && JSON.stringify(shipment.refusal),
  short: shipment.short,
  attempt: shipment.attempt,
  purchase_started_at: shipment.purchaseStartedAt,
  void_asked_at: shipment.voidAskedAt,
  look_up_at: shipment.lookUpAt,
  parcel_standings: JSON.stringify(shipment.parcelStandings),
  tracked_at: shipment.trackedAt,
  track_at: shipment.trackAt,
  track_failures: shipment.trackFailures,
  created_at: shipment.createdAt,
  version: shipment.version,
});
