import type { Address, Result } from '../kernel/index.js';
import type { Consignment } from './consignment.js';
import type { DocumentFormat, Label, LabelOrder, PurchaseTrace, Rate, ShipmentDocument } from './label.js';
import type { AddressVerdict, Pickup, PickupOrder } from './pickup.js';
import type { Tracked } from './tracking.js';

/**
 * The carrier said no. `path` names the field of the consignment (`parcels[0].weightGrams`, `from.city`, `extras.signature`), or of whatever
 * else was asked about, that the carrier found at fault; null where it named none, or one that nobody asked for. Whoever asked a carrier
 * says it in the names of its own request.
 */
export type CarrierRefused = { readonly code: 'carrier.refused'; readonly message: string; readonly path: string | null };
/** Certainly not sent, or not done: asking again is safe, and not sooner than so many seconds later where the carrier said so (`Retry-After`). */
export type CarrierUnavailable = {
  readonly code: 'carrier.unavailable';
  readonly message: string;
  readonly retryAfterSeconds?: number;
};
/** Our credentials weren't accepted. Nothing was done. */
export type CarrierUnauthorized = { readonly code: 'carrier.unauthorized'; readonly message: string };
/** It may have happened. Of a purchase only `findByReference` can tell. */
export type UnknownOutcome = { readonly code: 'carrier.unknown_outcome'; readonly message: string };
/** The carrier has no such thing. Nothing was asked. */
export type CarrierUnsupported = { readonly code: 'carrier.unsupported'; readonly message: string };

/** The carrier has no purchase of that reference, and won't have one later. */
export type ReferenceUnknown = { readonly code: 'carrier.reference_unknown' };
/** The carrier shows no purchase of that reference, and may still show one: no is no only after `until`. */
export type ReferenceUnsettled = { readonly code: 'carrier.reference_unsettled'; readonly message: string; readonly until: Date };

export type BuyRefused = CarrierRefused | CarrierUnavailable | CarrierUnauthorized | UnknownOutcome;
export type FindRefused = ReferenceUnknown | ReferenceUnsettled | CarrierUnavailable | CarrierUnauthorized;
/** Why a question that changes nothing wasn't answered. */
export type AskRefused = CarrierRefused | CarrierUnavailable | CarrierUnauthorized | CarrierUnsupported;
/** Why something wasn't done; after an unknown outcome it may have been, and may be asked for again where doing it twice is harmless. */
export type DoRefused = AskRefused | UnknownOutcome;

/** What a carrier can do. What it can't, the call refuses with `carrier.unsupported`. */
export type CarrierSupports = {
  readonly rates: boolean;
  readonly voidLabel: boolean;
  readonly pickup: boolean;
  readonly addressValidation: boolean;
  readonly proofOfDelivery: boolean;
  /** A label that is found by its reference comes with its papers. Most carriers print a label once. */
  readonly labelAgain: boolean;
  /** It sells labels for what comes back (`isReturn`); where not, `buyLabel` refuses them. */
  readonly returnLabels: boolean;
  readonly labelFormats: readonly DocumentFormat[];
  /** How many numbers may be asked for in one call; 0 where nothing can be tracked. */
  readonly trackAtOnce: number;
  /** Each parcel is followed by its own number; where not, the shipment's number tells of all its parcels. */
  readonly trackParcels: boolean;
  /** How long a number isn't asked for again, in minutes. */
  readonly trackEveryMinutes: number;
};

/**
 * Buys labels from one carrier, on one account.
 * - Asked twice it may sell twice: only the use case that has claimed the purchase calls `buyLabel`, and never again before `findByReference` has answered.
 * - "No", "not now", "not you" and "perhaps" are answers, not exceptions.
 * - An answer that can't be read, or that comes too late, is `carrier.unknown_outcome`, never a success. A sale without a number is none.
 * - `findByReference` answers the label that was bought under the reference. Within the carrier's own delay it says
 *   `carrier.reference_unsettled` where it sees none; of several sales the oldest counts.
 * - `track` answers each number that it was asked for, in their order, and no more than `supports.trackAtOnce`.
 * - `voidLabel` and `cancelPickup` may be asked twice.
 */
export type Carrier = {
  readonly code: string;
  readonly supports: CarrierSupports;
  readonly buyLabel: (order: LabelOrder) => Promise<Result<Label, BuyRefused>>;
  readonly findByReference: (trace: PurchaseTrace) => Promise<Result<Label, FindRefused>>;
  readonly voidLabel: (trackingNumber: string) => Promise<Result<null, DoRefused>>;
  readonly quoteRates: (consignment: Consignment) => Promise<Result<readonly Rate[], AskRefused>>;
  /** Where anybody can look where a parcel is; null where there is no such page. */
  readonly trackingPage: (trackingNumber: string) => string | null;
  readonly track: (trackingNumbers: readonly string[]) => Promise<Result<readonly Tracked[], AskRefused>>;
  /** Papers of the delivery; none while there are none. */
  readonly proofOfDelivery: (trackingNumber: string) => Promise<Result<readonly ShipmentDocument[], AskRefused>>;
  readonly bookPickup: (order: PickupOrder) => Promise<Result<Pickup, DoRefused>>;
  readonly cancelPickup: (pickup: Pickup) => Promise<Result<null, DoRefused>>;
  readonly validateAddress: (address: Address) => Promise<Result<AddressVerdict, AskRefused>>;
};
