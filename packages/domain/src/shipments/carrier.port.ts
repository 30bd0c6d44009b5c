import type { Address, Money, OrganizationId, Result } from '../kernel/index.js';
import type { Parcel } from './shipment.js';

/** What a carrier is asked to carry. `service` null leaves the choice to the carrier's own default. */
export type LabelOrder = {
  readonly reference: string;
  readonly from: Address;
  readonly to: Address;
  readonly parcels: readonly Parcel[];
  readonly service: string | null;
};

export const documentFormats = ['pdf', 'zpl', 'png', 'epl'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** A paper as the carrier made it. */
export type ShipmentDocument = {
  readonly kind: 'label' | 'customs' | 'invoice';
  readonly format: DocumentFormat;
  readonly content: Uint8Array;
};

/** A bought label. `cost` is null when the carrier didn't say. */
export type Label = {
  readonly trackingNumber: string;
  readonly service: string | null;
  readonly cost: Money | null;
  readonly documents: readonly ShipmentDocument[];
};

/** The carrier said no. `path` names our field at fault, such as `parcels[0].weightGrams`, where the carrier named one. */
export type CarrierRefused = { readonly code: 'carrier.refused'; readonly message: string; readonly path: string | null };
/** Certainly not sent, or not done: asking again is safe. */
export type CarrierUnavailable = { readonly code: 'carrier.unavailable'; readonly message: string };
/** Our credentials weren't accepted. Nothing was done. */
export type CarrierUnauthorized = { readonly code: 'carrier.unauthorized'; readonly message: string };
/** It may have happened. Only `findByReference` can tell. */
export type UnknownOutcome = { readonly code: 'carrier.unknown_outcome'; readonly message: string };

export type BuyRefused = CarrierRefused | CarrierUnavailable | CarrierUnauthorized | UnknownOutcome;
/** The carrier has no purchase of that reference, and won't have one later. */
export type ReferenceUnknown = { readonly code: 'carrier.reference_unknown' };

/**
 * Buys labels from one carrier, on one account.
 * - Asked twice it may sell twice: only the use case that has claimed the purchase calls `buyLabel`, and never again before `findByReference` has answered.
 * - "No", "not now", "not you" and "perhaps" are answers, not exceptions.
 * - An answer that can't be read, or that comes too late, is `carrier.unknown_outcome`, never a success.
 * - `findByReference` answers the label that was bought under the reference, with its documents.
 */
export type Carrier = {
  readonly code: string;
  readonly buyLabel: (order: LabelOrder) => Promise<Result<Label, BuyRefused>>;
  readonly findByReference: (
    reference: string,
  ) => Promise<Result<Label, ReferenceUnknown | CarrierUnavailable | CarrierUnauthorized>>;
};

/** The carriers that an organization may use. One that it may not use is undefined, like one that doesn't exist. */
export type Carriers = { readonly find: (organizationId: OrganizationId, code: string) => Promise<Carrier | undefined> };
