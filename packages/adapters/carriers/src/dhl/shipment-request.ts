import { type Customs, type DocumentFormat, declaredValue, type ExportPurpose, type LabelOrder } from '@rappit/domain';
import { centimetresOf, decimalOf, kilogramsOf } from '../wire/reading.js';
import { type DhlAccount, usualProduct } from './account.js';
import { partyOf } from './parties.js';

const reasonTypes: Readonly<Record<ExportPurpose, string>> = {
  sale: 'commercial_purpose_or_sale',
  gift: 'gift',
  sample: 'sample',
  return: 'return',
  repair: 'temporary',
  personal: 'personal_belongings_or_personal_use',
};

const MAX_DESCRIPTION = 70;
const MAX_REFERENCE = 35;

/** The body of `POST /shipments`. Every object of it is closed: a key that DHL doesn't know is refused. */
export const toShipmentRequest = (order: LabelOrder, account: DhlAccount, plannedAt: string) => {
  const { from, to } = order;
  const taxNumbersOf = (party: 'sender' | 'recipient') =>
    (order.customs ?? order.goods)?.taxNumbers.filter((one) => one.party === party) ?? [];
  return {
    plannedShippingDateAndTime: plannedAt,
    pickup: { isRequested: false },
    productCode: order.service ?? usualProduct(order),
    getRateEstimates: true,
    accounts: accountsOf(order, account),
    ...servicesOf(order),
    customerDetails: {
      shipperDetails: partyOf(from, taxNumbersOf('sender')),
      receiverDetails: partyOf(to, taxNumbersOf('recipient')),
    },
    customerReferences: [
      { value: order.reference, typeCode: 'CU' },
      ...order.printed.map((text) => ({ value: text.slice(0, MAX_REFERENCE), typeCode: 'OID' })),
    ],
    content: contentOf(order, account),
    outputImageProperties: imagesOf(order, order.labelFormat ?? account.labelFormat ?? 'pdf'),
  };
};

/** Who pays: the sender's account, and for duties what the account says, or the same one. */
export const accountsOf = ({ customs }: Pick<LabelOrder, 'customs'>, account: DhlAccount) => [
  { typeCode: 'shipper', number: account.accountNumber },
  ...(customs?.dutiesPaidBy === 'sender'
    ? [{ typeCode: 'duties-taxes', number: account.dutiesAccountNumber ?? account.accountNumber }]
    : []),
];

/** Value-added services; none is no list. */
export const servicesOf = ({ customs, extras }: Pick<LabelOrder, 'customs' | 'extras'>) => {
  const { insuredFor, signature, saturdayDelivery, paperlessInvoice } = extras;
  const services = [
    ...(insuredFor ? [{ serviceCode: 'II', value: decimalOf(insuredFor), currency: insuredFor.currency }] : []),
    ...(customs?.dutiesPaidBy === 'sender' ? [{ serviceCode: 'DD' }] : []),
    ...(customs && paperlessInvoice ? [{ serviceCode: 'WY' }] : []),
    ...(saturdayDelivery ? [{ serviceCode: 'AA' }] : []),
    ...(signature ? [{ serviceCode: 'SF' }] : []),
  ];
  return services.length > 0 ? { valueAddedServices: services } : {};
};

/** Packaging of one's own has no type. */
export const packagesOf = ({ parcels }: Pick<LabelOrder, 'parcels'>) =>
  parcels.map(({ weightGrams, lengthMm, widthMm, heightMm }) => ({
    weight: kilogramsOf(weightGrams),
    dimensions: { length: centimetresOf(lengthMm), width: centimetresOf(widthMm), height: centimetresOf(heightMm) },
  }));

const contentOf = ({ customs, parcels, to }: LabelOrder, { goods }: DhlAccount) => {
  const described = customs ? customs.lines.map(({ description }) => description.trim()).join(', ') : goods;
  return {
    packages: packagesOf({ parcels }),
    isCustomsDeclarable: customs !== null,
    ...(customs && declarationOf(customs, to.city)),
    description: described.trim().slice(0, MAX_DESCRIPTION).trim(),
    incoterm: customs?.incoterm ?? 'DAP',
    unitOfMeasurement: 'metric',
  };
};

const declarationOf = (customs: Customs, place: string) => {
  const value = declaredValue(customs);
  const { purpose, currency, lines, invoiceNumber, invoicedOn } = customs;
  return {
    declaredValue: decimalOf(value),
    declaredValueCurrency: currency,
    exportDeclaration: {
      lineItems: lines.map((line, index) => ({
        number: index + 1,
        description: line.description.trim().slice(0, 512),
        price: decimalOf({ amountMinor: line.pieceValueMinor, currency }),
        quantity: { value: line.quantity, unitOfMeasurement: 'PCS' },
        manufacturerCountry: line.originCountryCode,
        weight: { netValue: kilogramsOf(line.quantity * line.pieceWeightGrams) },
        exportReasonType: reasonTypes[purpose],
        ...(line.hsCode !== null && { commodityCodes: [{ typeCode: 'outbound', value: line.hsCode }] }),
      })),
      invoice: { number: invoiceNumber.slice(0, MAX_REFERENCE), date: invoicedOn },
      exportReason: purpose,
      exportReasonType: reasonTypes[purpose],
      placeOfIncoterm: place.trim(),
      shipmentType: purpose === 'gift' || purpose === 'personal' ? 'personal' : 'commercial',
    },
  };
};

/** DHL draws the invoice where customs wants one; it is a PDF whatever the label is. */
const imagesOf = ({ customs }: LabelOrder, format: DocumentFormat) => ({
  encodingFormat: format,
  imageOptions: [
    { typeCode: 'label', templateName: 'ECOM26_84_001' },
    ...(customs
      ? [{ typeCode: 'invoice', templateName: 'COMMERCIAL_INVOICE_P_10', invoiceType: 'commercial', isRequested: true }]
      : []),
  ],
});
