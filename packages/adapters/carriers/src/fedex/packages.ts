import type { Customs, ExportPurpose, LabelOrder, Money, Parcel } from '@rappit/domain';
import { declaredValue } from '@rappit/domain';
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

/** What customs is told. Whoever sends pays the duties from the same account. */
export const clearanceOf = (customs: Customs, accountNumber: string) => {
  const { currency, lines, purpose, incoterm, dutiesPaidBy, invoiceNumber } = customs;
  const payor = { responsibleParty: { accountNumber: { value: accountNumber } } };
  return {
    isDocumentOnly: false,
    dutiesPayment: dutiesPaidBy === 'sender' ? { paymentType: 'SENDER', payor } : { paymentType: 'RECIPIENT' },
    totalCustomsValue: moneyFor(declaredValue(customs)),
    commercialInvoice: {
      shipmentPurpose: purposes[purpose],
      termsOfSale: incoterm,
      customerReferences: [{ customerReferenceType: 'INVOICE_NUMBER', value: invoiceNumber.slice(0, 30) }],
    },
    commodities: lines.map((line) => ({
      description: line.description.trim().slice(0, 450),
      quantity: line.quantity,
      quantityUnits: 'PCS',
      numberOfPieces: line.quantity,
      weight: weightOf(line.quantity * line.pieceWeightGrams),
      unitPrice: moneyFor({ amountMinor: line.pieceValueMinor, currency }),
      customsValue: moneyFor({ amountMinor: line.quantity * line.pieceValueMinor, currency }),
      countryOfManufacture: line.originCountryCode,
      ...(line.hsCode !== null && { harmonizedCode: line.hsCode }),
    })),
  };
};
