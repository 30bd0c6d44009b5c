import type { Money } from '../kernel/index.js';
import type { Consignment } from './consignment.js';

export const documentFormats = ['pdf', 'zpl', 'png', 'epl'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** A paper as the carrier made it; its format is what the carrier says that it is, not what was asked for. */
export type ShipmentDocument = {
  readonly kind: 'label' | 'customs' | 'invoice' | 'waybill' | 'receipt' | 'proofOfDelivery';
  readonly format: DocumentFormat;
  readonly content: Uint8Array;
};

/** What a carrier is asked to sell. `reference` is what the purchase is found again by. */
export type LabelOrder = Consignment & {
  readonly reference: string;
  /** Null leaves the choice to the carrier's own default. */
  readonly service: string | null;
  /** Null leaves the choice to the carrier's account. */
  readonly labelFormat: DocumentFormat | null;
  /** Texts that are printed besides, such as the order's number. A carrier prints as many as it has room for. */
  readonly printed: readonly string[];
  /** The goods come back from a customer, who pays nothing for it. */
  readonly isReturn: boolean;
};

/** A bought label. */
export type Label = {
  readonly trackingNumber: string;
  /** A number for each parcel, in their order; empty where the carrier doesn't number them. */
  readonly parcelNumbers: readonly string[];
  readonly service: string | null;
  /** What the carrier charges; null when it didn't say, which is not nothing. */
  readonly cost: Money | null;
  /** Without a label where the carrier didn't send one, or has none to give a second time: it was paid for all the same. */
  readonly documents: readonly ShipmentDocument[];
  /** What the carrier remarked, and did all the same. */
  readonly warnings: readonly string[];
};

/** What carrying would cost. `price` is null when the carrier didn't say; such a rate may still be bought. */
export type Rate = {
  readonly service: string;
  readonly name: string;
  readonly price: Money | null;
  /** A day at the recipient's, `YYYY-MM-DD`. */
  readonly deliveryOn: string | null;
};

/**
 * A purchase that may have happened. `askedAt` is when the carrier was asked last, since what was asked before came to nothing, and `shipOn`
 * the day that was asked for: carriers look for a sale by the day when it ships. Null was the day of the purchase.
 */
export type PurchaseTrace = { readonly reference: string; readonly askedAt: Date; readonly shipOn: string | null };
