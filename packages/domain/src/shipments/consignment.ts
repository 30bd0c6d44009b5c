import type { Address, Money } from '../kernel/index.js';
import type { Parcel } from './parcel.js';

/** Incoterms 2020: who bears costs and risk up to where. */
export const incoterms = ['EXW', 'FCA', 'CPT', 'CIP', 'DPU', 'DAP', 'DDP', 'FAS', 'FOB', 'CFR', 'CIF'] as const;
export type Incoterm = (typeof incoterms)[number];

/** Why goods cross a border. */
export const exportPurposes = ['sale', 'gift', 'sample', 'return', 'repair', 'personal'] as const;
export type ExportPurpose = (typeof exportPurposes)[number];

/**
 * Goods of one kind, as far as anybody has said what they are; null is what nobody has. `quantity` counts pieces; weight and value are
 * those of one piece, the value in minor units of its list's currency.
 */
export type GoodsLine = {
  readonly description: string;
  readonly quantity: number;
  readonly pieceWeightGrams: number | null;
  readonly pieceValueMinor: number;
  readonly originCountryCode: string | null;
  /** The Harmonized System's code, digits only. */
  readonly hsCode: string | null;
};

/** Goods of one kind, with what customs insists on. */
export type CustomsLine = GoodsLine & { readonly pieceWeightGrams: number; readonly originCountryCode: string };

/** A number under which a party is known to tax or customs. */
export const taxNumberKinds = ['vat', 'eori', 'ioss', 'ein'] as const;
export type TaxNumber = {
  readonly party: 'sender' | 'recipient';
  readonly kind: (typeof taxNumberKinds)[number];
  readonly number: string;
  readonly countryCode: string;
};

/** What is in the parcels. Some carriers want to hear it of whatever leaves a country, also where no customs is in between. */
export type Goods = {
  readonly currency: string;
  readonly lines: readonly GoodsLine[];
  readonly taxNumbers: readonly TaxNumber[];
};

/** What customs is told. `invoicedOn` is a day, `YYYY-MM-DD`. */
export type Customs = Omit<Goods, 'lines'> & {
  readonly purpose: ExportPurpose;
  readonly incoterm: Incoterm;
  readonly dutiesPaidBy: 'sender' | 'recipient';
  readonly lines: readonly CustomsLine[];
  readonly invoiceNumber: string;
  readonly invoicedOn: string;
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
  /** Null where nobody has said what it is: parcels that are only asked a price for. */
  readonly goods: Goods | null;
  /** Null where no customs is in between. */
  readonly customs: Customs | null;
  readonly extras: Extras;
  /** The day it is handed over, `YYYY-MM-DD` at the sender's; null is as soon as the carrier can. */
  readonly shipOn: string | null;
};

/** What the goods are worth. */
export const declaredValue = ({ currency, lines }: Goods): Money => ({
  currency,
  amountMinor: lines.reduce((sum, { quantity, pieceValueMinor }) => sum + quantity * pieceValueMinor, 0),
});
