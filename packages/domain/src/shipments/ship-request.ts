import type { LocationId, Reservation } from '../inventory/index.js';
import { err, isQuantity, ok, type QuantityInvalid, type Result } from '../kernel/index.js';
import type { LockedOrder, OrderId, OrderLineId } from '../orders/index.js';
import type { CarrierAccountId } from './carrier-account-id.js';
import type { ChosenCarrier } from './carriers.port.js';
import type { Parcel } from './parcel.js';
import { type NothingToShip, shippable, unitsOf } from './purchase.js';
import { carrierReference, type Shipment, type ShipmentId, type ShipmentLine } from './shipment.js';
import { type ShippingOptions, usualOptions } from './shipping-options.js';

/** The order's stock is reserved at several locations: one shipment leaves from one of them. */
export type LocationNeeded = { readonly code: 'shipment.location_needed'; readonly locationIds: readonly LocationId[] };
/** The order has no line of that id. */
export type OrderLineNotFound = { readonly code: 'order.line_not_found' };

/** Less of a line than that is reserved there and not being shipped already; `available` is what it may be. */
export type ShipQuantityExceeded = {
  readonly code: 'shipment.quantity_exceeded';
  readonly path: string;
  readonly available: number;
};

/** So many units of a line; of a kit, kits. */
export type LineUnits = { readonly orderLineId: OrderLineId; readonly quantity: number };

/** Which of an order's lines, and how much of them. */
export type LinesWanted = {
  /** Whole lines, as far as they are reserved there. Null is every line that has stock there. */
  readonly lineIds: readonly OrderLineId[] | null;
  /** So much of these lines and nothing of others, whatever `lineIds` says. The rest of a line stays reserved. */
  readonly lines?: readonly LineUnits[] | null;
};

export type ShipRequest = LinesWanted & {
  readonly carrier: string;
  /** Null leaves the choice to the organization's default account of the carrier. */
  readonly accountId: CarrierAccountId | null;
  /** Null leaves the choice to the account. */
  readonly service: string | null;
  readonly parcels: readonly Parcel[];
  /** Needed only when the order's stock is reserved at several locations. */
  readonly locationId: LocationId | null;
  /** How it is to be carried; left out it is `usualOptions`. */
  readonly options?: ShippingOptions;
  /** What of it isn't harmless. No adapter of ours declares such goods, so that naming any is refused. */
  readonly specialGoods?: readonly SpecialGoods[];
};

/** Goods that carriers take only declared as what they are. */
export const specialGoods = ['lithiumBatteries', 'dryIce', 'alcohol', 'dangerousGoods'] as const;
export type SpecialGoods = (typeof specialGoods)[number];

/** Goods that have to be declared to the carrier, which isn't offered. */
export type SpecialGoodsRefused = { readonly code: 'shipment.special_goods_refused'; readonly goods: readonly SpecialGoods[] };

/** Where it is shipped from: where it was asked for, or the only place where the order has stock. */
export const locationOf = (
  locked: LockedOrder,
  { locationId }: Pick<ShipRequest, 'locationId'>,
): Result<LocationId, LocationNeeded | NothingToShip> => {
  if (locationId) return ok(locationId);
  const [only, ...others] = [
    ...new Set(locked.open.filter(({ shipmentId }) => shipmentId === null).map((one) => one.locationId)),
  ].sort();
  if (!only) return err({ code: 'shipment.nothing_to_ship' });
  return others.length > 0 ? err({ code: 'shipment.location_needed', locationIds: [only, ...others] }) : ok(only);
};

export type LinesRefused = OrderLineNotFound | QuantityInvalid | ShipQuantityExceeded;

/** What of the order lies ready there, as far as it is wanted. */
export const linesAt = (
  locked: LockedOrder,
  locationId: LocationId,
  { lineIds, lines: parts }: LinesWanted,
): Result<readonly ShipmentLine[], LinesRefused> => {
  const { lines } = locked.order;
  const named = parts?.map(({ orderLineId }) => orderLineId) ?? lineIds;
  const strangers = new Set(named);
  for (const { id } of lines) strangers.delete(id);
  if (strangers.size > 0) return err({ code: 'order.line_not_found' });
  const there = shippable(locked, locationId);
  const wanted = parts ? unitsWanted(there, parts) : ok(null);
  if (!wanted.ok) return wanted;
  return ok(
    lines.flatMap(({ id, sku }) => {
      const quantity = wanted.value ? (wanted.value.get(id) ?? 0) : unitsOf(there, id);
      return sku && quantity > 0 && (named === null || named.includes(id)) ? [{ orderLineId: id, sku, quantity }] : [];
    }),
  );
};

/** A line that is named twice is wanted with both of its quantities. */
const unitsWanted = (
  there: readonly Reservation[],
  parts: readonly LineUnits[],
): Result<ReadonlyMap<OrderLineId, number>, QuantityInvalid | ShipQuantityExceeded> => {
  const wanted = new Map<OrderLineId, number>();
  for (const [index, { orderLineId, quantity }] of parts.entries()) {
    const path = `lines[${index}].quantity`;
    if (!isQuantity(quantity)) return err({ code: 'quantity.invalid', path });
    const [units, available] = [(wanted.get(orderLineId) ?? 0) + quantity, unitsOf(there, orderLineId)];
    if (units > available) return err({ code: 'shipment.quantity_exceeded', path, available });
    wanted.set(orderLineId, units);
  }
  return ok(wanted);
};

export const draftOf = (
  id: ShipmentId,
  orderId: OrderId,
  { carrier, service, parcels, options = usualOptions, chosen }: ShipRequest & { readonly chosen: ChosenCarrier },
  rest: Pick<Shipment, 'locationId' | 'lines' | 'createdAt'>,
): Shipment => ({
  ...rest,
  id,
  orderId,
  returnId: null,
  parcels,
  carrier,
  accountId: chosen.accountId,
  service: service ?? chosen.terms.defaultService,
  options,
  status: 'draft',
  reference: carrierReference(id),
  trackingNumber: null,
  parcelNumbers: [],
  warnings: [],
  voidAskedAt: null,
  lookUpAt: null,
  parcelStandings: [],
  trackedAt: null,
  trackAt: null,
  trackFailures: 0,
  cost: null,
  refusal: null,
  short: false,
  attempt: 0,
  purchaseStartedAt: null,
  version: 0,
});
