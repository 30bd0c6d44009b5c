import type { OrderLineId } from '../orders/index.js';
import { type ExportPurpose, type Extras, type Incoterm, noExtras, type TaxNumber } from './consignment.js';
import type { DocumentFormat } from './label.js';

/** What customs is told of one line otherwise than its item and its price say; null leaves it as it is there. */
export type CustomsLineOptions = {
  readonly orderLineId: OrderLineId;
  readonly description: string | null;
  readonly hsCode: string | null;
  readonly originCountryCode: string | null;
  readonly pieceWeightGrams: number | null;
  readonly pieceValueMinor: number | null;
};

/**
 * What customs is told besides what the order says; null is the usual. Duties are paid by the sender under DDP, and by the recipient
 * otherwise (DAP); the invoice has the order's number and today's date.
 */
export type CustomsOptions = {
  readonly purpose: ExportPurpose;
  readonly incoterm: Incoterm | null;
  readonly dutiesPaidBy: 'sender' | 'recipient' | null;
  readonly invoiceNumber: string | null;
  /** A day, `YYYY-MM-DD`. */
  readonly invoicedOn: string | null;
  readonly taxNumbers: readonly TaxNumber[];
  readonly lines: readonly CustomsLineOptions[];
};

/** How a shipment is to be carried. It is kept with the shipment, so that a draft is bought as it was asked for. */
export type ShippingOptions = {
  /** Null leaves the choice to the account. */
  readonly labelFormat: DocumentFormat | null;
  /** A day at the sender's, `YYYY-MM-DD`; null is as soon as the carrier can. */
  readonly shipOn: string | null;
  readonly extras: Extras;
  readonly customs: CustomsOptions;
};

export const usualOptions: ShippingOptions = {
  labelFormat: null,
  shipOn: null,
  extras: noExtras,
  customs: {
    purpose: 'sale',
    incoterm: null,
    dutiesPaidBy: null,
    invoiceNumber: null,
    invoicedOn: null,
    taxNumbers: [],
    lines: [],
  },
};
