import {
  type Consignment,
  type Customs,
  declaredValue,
  type ExportPurpose,
  type Goods,
  type LabelOrder,
  type Money,
  type Parcel,
} from '@rappit/domain';
import { moneyFor } from './currencies.js';

/** Kilograms with two decimals, never less than it weighs. */
export const weightOf = (grams: number) => ({ units: 'KG', value: Math.ceil(grams / 10) / 100 });

/** Whole centimetres, never less than it measures. The unit is always said: without it FedEx reads inches. */
const dimensionsOf = ({ lengthMm, widthMm, heightMm }: Parcel) => ({
  length: Math.ceil(lengthMm / 10),
  width: Math.ceil(widthMm / 10),
  height: Math.ceil(heightMm / 10),
  units: 'CM',
});

/** What a shipment is insured for, divided among its parcels to the last minor unit. */
const shareOf = ({ amountMinor, currency }: Money, index: number, count: number): Money => {
  const whole = Math.floor(amountMinor / count);
  return { amountMinor: whole + (index < amountMinor - whole * count ? 1 : 0), currency };
};

type Packed = Pick<LabelOrder, 'parcels' | 'extras'>;

/** The parcels, as rates and shipments describe them alike. The value is said in both, or a rate is too low. */
export const packagesOf = ({ parcels, extras }: Packed, references: readonly string[]) =>
  parcels.map((parcel, index) => ({
    sequenceNumber: index + 1,
    groupPackageCount: 1,
    weight: weightOf(parcel.weightGrams),
    dimensions: dimensionsOf(parcel),
    ...(extras.insuredFor && { declaredValue: moneyFor(shareOf(extras.insuredFor, index, parcels.length)) }),
    ...(extras.signature && {
      packageSpecialServices: { specialServiceTypes: ['SIGNATURE_OPTION'], signatureOptionType: 'DIRECT' },
    }),
    ...(references.length > 0 && { customerReferences: referencesOf(references) }),
  }));

const referencesOf = ([ours, ...printed]: readonly string[]) => [
  { customerReferenceType: 'CUSTOMER_REFERENCE', value: ours },
  ...printed.slice(0, 1).map((text) => ({ customerReferenceType: 'INVOICE_NUMBER', value: text.slice(0, 30) })),
];

export const totalGrams = (parcels: readonly Parcel[]): number => parcels.reduce((sum, { weightGrams }) => sum + weightGrams, 0);

const purposes: Readonly<Record<ExportPurpose, string>> = {
  sale: 'SOLD',
  gift: 'GIFT',
  sample: 'SAMPLE',
  return: 'REPAIR_AND_RETURN',
  repair: 'REPAIR_AND_RETURN',
  personal: 'PERSONAL_EFFECTS',
};

/**
 * What FedEx is told of goods that leave a country; without customs in between there is no invoice, and no duties that anybody else could pay.
 * Whoever sends pays the duties from the same account.
 */
export const clearanceOf = ({ customs, goods, parcels }: Consignment, accountNumber: string) => {
  const payor = { responsibleParty: { accountNumber: { value: accountNumber } } };
  const told = customs ?? goods;
  return {
    isDocumentOnly: false,
    dutiesPayment: customs?.dutiesPaidBy === 'recipient' ? { paymentType: 'RECIPIENT' } : { paymentType: 'SENDER', payor },
    ...(customs && invoicedIn(customs)),
    commodities: told ? commoditiesOf(told) : [unnamed(parcels)],
  };
};

const invoicedIn = (customs: Customs) => ({
  totalCustomsValue: moneyFor(declaredValue(customs)),
  commercialInvoice: {
    shipmentPurpose: purposes[customs.purpose],
    termsOfSale: customs.incoterm,
    customerReferences: [{ customerReferenceType: 'INVOICE_NUMBER', value: customs.invoiceNumber.slice(0, 30) }],
  },
});

/** What nobody has said is left out. */
const commoditiesOf = ({ currency, lines }: Goods) =>
  lines.map(({ description, quantity, pieceWeightGrams, pieceValueMinor, originCountryCode, hsCode }) => ({
    description: description.trim().slice(0, 450),
    quantity,
    quantityUnits: 'PCS',
    numberOfPieces: quantity,
    ...(pieceWeightGrams !== null && { weight: weightOf(quantity * pieceWeightGrams) }),
    unitPrice: moneyFor({ amountMinor: pieceValueMinor, currency }),
    customsValue: moneyFor({ amountMinor: quantity * pieceValueMinor, currency }),
    ...(originCountryCode !== null && { countryOfManufacture: originCountryCode }),
    ...(hsCode !== null && { harmonizedCode: hsCode }),
  }));

/** FedEx wants goods to be named also where only a price is asked for. */
const unnamed = (parcels: readonly Parcel[]) => ({
  description: 'Goods',
  quantity: 1,
  quantityUnits: 'PCS',
  numberOfPieces: 1,
  weight: weightOf(totalGrams(parcels)),
});
