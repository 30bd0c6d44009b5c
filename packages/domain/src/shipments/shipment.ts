import type { LocationId, Sku } from '../inventory/index.js';
import { type Brand, bug, type Money } from '../kernel/index.js';
import type { OrderId, OrderLineId } from '../orders/index.js';
import type { CarrierAccountId } from './carrier-account-id.js';
import type { Parcel } from './parcel.js';
import type { ShippingOptions } from './shipping-options.js';
import type { ParcelStanding } from './standing.js';

export type ShipmentId = Brand<string, 'ShipmentId'>;
export const ShipmentId = (text: string): ShipmentId => text as ShipmentId;

export const shipmentStatuses = [
  'draft',
  'purchasing',
  'unknown',
  'labelled',
  'pickedUp',
  'inTransit',
  'outForDelivery',
  'delivered',
  'exception',
  'returned',
  'cancelled',
] as const;
export type ShipmentStatus = (typeof shipmentStatuses)[number];

const onTheWay = ['pickedUp', 'inTransit', 'outForDelivery', 'delivered', 'exception', 'returned'] as const;

/** The whole machine. Scans are skipped in real life, so a labelled parcel may turn up in any moving state. */
export const shipmentTransitions: Readonly<Record<ShipmentStatus, readonly ShipmentStatus[]>> = {
  draft: ['purchasing', 'cancelled'],
  purchasing: ['labelled', 'draft', 'unknown'],
  unknown: ['labelled', 'draft'],
  labelled: [...onTheWay, 'cancelled'],
  pickedUp: ['inTransit', 'outForDelivery', 'delivered', 'exception', 'returned'],
  inTransit: ['outForDelivery', 'delivered', 'exception', 'returned'],
  outForDelivery: ['delivered', 'exception', 'returned'],
  exception: ['inTransit', 'outForDelivery', 'delivered', 'returned'],
  delivered: ['returned'],
  returned: [],
  cancelled: [],
};

/** `quantity` counts as the order line does: of a kit, kits. */
export type ShipmentLine = { readonly orderLineId: OrderLineId; readonly sku: Sku; readonly quantity: number };

/** Why a carrier didn't sell: `path` names our field at fault where the carrier named one. */
export type CarrierAnswer = { readonly code: string; readonly message: string; readonly path: string | null };

/** Some lines of one order, from one location, in one or more parcels. */
export type Shipment = {
  readonly id: ShipmentId;
  readonly orderId: OrderId;
  /** The return whose goods it brings back to the location; null where it leaves from there. */
  readonly returnId: string | null;
  readonly locationId: LocationId;
  readonly lines: readonly ShipmentLine[];
  readonly parcels: readonly Parcel[];
  readonly carrier: string;
  /** The account that it is bought on; null is the installation's own. */
  readonly accountId: CarrierAccountId | null;
  readonly service: string | null;
  readonly options: ShippingOptions;
  readonly status: ShipmentStatus;
  /** What the carrier knows the purchase by, and what it is found again by. */
  readonly reference: string;
  readonly trackingNumber: string | null;
  /** A number for each parcel, in their order; empty where the carrier doesn't number them. */
  readonly parcelNumbers: readonly string[];
  /** What the carrier charges; null when it didn't say. */
  readonly cost: Money | null;
  /** What the carrier remarked when it sold, and what there is to know of a label that was cancelled or bought twice. */
  readonly warnings: readonly string[];
  /** The last purchase that came to nothing. */
  readonly refusal: CarrierAnswer | null;
  /** Less was there than the label was bought for. */
  readonly short: boolean;
  /** How often a purchase was begun; an answer to an earlier attempt says nothing of a later one. */
  readonly attempt: number;
  readonly purchaseStartedAt: Date | null;
  /** When the carrier was asked to take the label back, while nobody knows whether it has. Such a label may be asked back again. */
  readonly voidAskedAt: Date | null;
  /** When somebody looks next whether what the carrier was asked for happened; null is when it counts as abandoned. */
  readonly lookUpAt: Date | null;
  /** Where each number stands that it is followed by; none before its carrier said anything. */
  readonly parcelStandings: readonly ParcelStanding[];
  /** When its carrier was last asked where it is. */
  readonly trackedAt: Date | null;
  /** When its carrier is asked next; null is as soon as somebody looks. */
  readonly trackAt: Date | null;
  /** How often in a row its carrier was asked where it is and didn't answer. */
  readonly trackFailures: number;
  readonly createdAt: Date;
  /** Rises with every change. */
  readonly version: number;
};

/** How long after its start a purchase that nobody settled counts as abandoned, and may be looked up by somebody else. */
export const ABANDONED_AFTER_MS = 120_000;

/** It may have happened, and nobody knows yet. */
export const isUnderWay = ({ status }: Shipment): boolean => status === 'purchasing' || status === 'unknown';

/** Since when the carrier owes an answer, be it to a purchase or to a label that is asked back; null where it owes none. */
const owedSince = (shipment: Shipment): Date | null => {
  if (isUnderWay(shipment)) return shipment.purchaseStartedAt;
  return shipment.status === 'labelled' ? shipment.voidAskedAt : null;
};

/** Somebody should look whether what the carrier was asked for happened. */
export const isToLookUp = (shipment: Shipment, now: Date): boolean => {
  const since = owedSince(shipment);
  return since !== null && now.getTime() >= (shipment.lookUpAt?.getTime() ?? since.getTime() + ABANDONED_AFTER_MS);
};

const SOONEST_AGAIN_MS = 120_000;
const LATEST_AGAIN_MS = 3_600_000;

/** The longer it is ago, the less often: half of the time that it has lasted, between two minutes and an hour. */
export const nextLookUp = (shipment: Shipment, now: Date): Date => {
  const lastedMs = now.getTime() - (owedSince(shipment) ?? now).getTime();
  return new Date(now.getTime() + Math.min(LATEST_AGAIN_MS, Math.max(SOONEST_AGAIN_MS, lastedMs / 2)));
};

/** Some of its goods are on a return: what comes back from the customer has left. */
export type ShipmentOnReturn = { readonly code: 'shipment.goods_on_return' };
export type ShipmentNotFound = { readonly code: 'shipment.not_found' };
/** The machine doesn't lead there: only a draft, or a label whose parcel nobody has picked up, can be cancelled, and only a draft bought. */
export type ShipmentInvalidTransition = { readonly code: 'shipment.invalid_transition'; readonly status: ShipmentStatus };

const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';

/** The shipment's id in base32, 26 characters: DHL takes 35 at most, FedEx Ground 30 (design §4.4). */
export const carrierReference = (id: ShipmentId): string => {
  let rest = BigInt(`0x${id.replaceAll('-', '')}`);
  let text = '';
  for (let digit = 0; digit < 26; digit += 1) {
    text = `${BASE32[Number(rest % 32n)]}${text}`;
    rest /= 32n;
  }
  return text;
};

/** A shipment after a change: one version on. A move the machine doesn't have is a bug. */
export const evolveShipment = (before: Shipment, change: Partial<Shipment>): Shipment => {
  const after = { ...before, ...change, version: before.version + 1 };
  if (after.status !== before.status && !shipmentTransitions[before.status].includes(after.status))
    bug(`a shipment can't go from ${before.status} to ${after.status}`);
  return after;
};
