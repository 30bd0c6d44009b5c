import type { Address, Money } from '../kernel/index.js';
import type { Parcel } from './parcel.js';

/** Incoterms 2020: who bears costs and risk up to where. */
export const incoterms = ['EXW', 'FCA', 'CPT', 'CIP', 'DPU', 'DAP', 'DDP', 'FAS', 'FOB', 'CFR', 'CIF'] as const;
export type Incoterm = (typeof incoterms)[number];

/** Why goods cross a border. */
export const exportPurposes = ['sale', 'gift', 'sample', 'return', 'repair', 'personal'] as const;
export type ExportPurpose = (typeof exportPurposes)[number];

/** Goods of one kind. `quantity` counts pieces; weight and value are those of one piece, the value in minor units of the declaration's currency. */
export type CustomsLine = {
  readonly description: string;
  readonly quantity: number;
  readonly pieceWeightGrams: number;
  readonly pieceValueMinor: number;
  readonly originCountryCode: string;
  /** The Harmonized System's code, digits only. */
  readonly hsCode: string | null;
};

/** A number under which a party is known to tax or customs. */
export const taxNumberKinds = ['vat', 'eori', 'ioss', 'ein'] as const;
export type TaxNumber = {
  readonly party: 'sender' | 'recipient';
  readonly kind: (typeof taxNumberKinds)[number];
  readonly number: string;
  readonly countryCode: string;
};

/** What customs is told. `invoicedOn` is a day, `YYYY-MM-DD`. */
export type Customs = {
  readonly purpose: ExportPurpose;
  readonly incoterm: Incoterm;
  readonly dutiesPaidBy: 'sender' | 'recipient';
  readonly currency: string;
  readonly lines: readonly CustomsLine[];
  readonly invoiceNumber: string;
  readonly invoicedOn: string;
  readonly taxNumbers: readonly TaxNumber[];
};

/** What may be had besides being carried. */
export type Extras = {
  readonly insuredFor: Money | null;
  readonly signature: boolean;
  readonly saturdayDelivery: boolean;
  /** The invoice goes to customs electronically, and none has to be stuck to the parcel. */
  readonly paperlessInvoice: boolean;
};

export const noExtras: Extras = { insuredFor: null, signature: false, saturdayDelivery: false, paperlessInvoice: false };

/** What is to be carried, from where to where. */
export type Consignment = {
  readonly from: Address;
  readonly to: Address;
  readonly parcels: readonly Parcel[];
  /** Null where no customs is in between. */
  readonly customs: Customs | null;
  readonly extras: Extras;
  /** The day it is handed over, `YYYY-MM-DD` at the sender's; null is as soon as the carrier can. */
  readonly shipOn: string | null;
};

/** What the goods are worth that customs is told of. */
export const declaredValue = ({ currency, lines }: Customs): Money => ({
  currency,
  amountMinor: lines.reduce((sum, { quantity, pieceValueMinor }) => sum + quantity * pieceValueMinor, 0),
});
