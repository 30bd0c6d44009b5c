import type { CarrierBooks } from '../scenario/books.js';
import { labelPaper, type PaperFormat, type Place, plainPaper } from '../scenario/papers.js';
import type { Answered } from '../scenario/scenario.js';
import { answer, type FedexParty, type FedexShipment, fault, services } from './fedex-body.js';

const formats: Readonly<Record<'PDF' | 'ZPLII' | 'EPL2' | 'PNG', PaperFormat>> = {
  PDF: 'pdf',
  ZPLII: 'zpl',
  EPL2: 'epl',
  PNG: 'png',
};

/** Twelve digits: eleven and a check digit by the weights 3, 1, 7. */
export const fedexNumber = (count: number): string => {
  const digits = String(79_000_000_000 + count * 104_729);
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * ([3, 1, 7][place % 3] ?? 0), 0);
  return `${digits}${(sum % 11) % 10}`;
};

export const priceOf = (pieces: number, service: string): number =>
  Number((pieces * (service === 'FEDEX_FIRST' ? 52.35 : 27.1)).toFixed(2));

const placeOf = ({ address, contact }: FedexParty): Place => ({
  name: contact.personName,
  lines: address.streetLines,
  city: address.city,
  zip: address.postalCode ?? '',
  country: address.countryCode,
});

/** Sells, and answers with a number for each parcel, each with its label. */
export const sellShipment = async (
  { accountNumber, requestedShipment }: FedexShipment,
  books: CarrierBooks,
  ourAccount: string,
): Promise<Answered> => {
  if (accountNumber.value !== ourAccount) return fault(400, 'ACCOUNT.NUMBER.MISMATCH', 'The account number is not yours.');
  const { shipper, recipients, serviceType, labelSpecification, requestedPackageLineItems } = requestedShipment;
  const [recipient] = recipients;
  if (!recipient || services[serviceType] === undefined)
    return fault(400, 'SERVICETYPE.NOT.AVAILABLE', 'The service is not available between these places.');
  const first = books.sold().reduce((total, { pieces }) => total + pieces.length, 1);
  const pieces = requestedPackageLineItems.map((_, index) => fedexNumber(first + index));
  const [number = ''] = pieces;
  const reference = requestedPackageLineItems[0]?.customerReferences[0]?.value ?? '';
  books.add({ reference, number, pieces, service: serviceType, shipsOn: requestedShipment.shipDatestamp });
  const labels = await Promise.all(
    requestedPackageLineItems.map(({ weight }, index) =>
      labelPaper(
        {
          number: pieces[index] ?? '',
          reference,
          service: services[serviceType] ?? serviceType,
          from: placeOf(shipper),
          to: placeOf(recipient),
          kilograms: [weight.value],
        },
        formats[labelSpecification.imageType],
      ),
    ),
  );
  const invoice = { contentType: 'COMMERCIAL_INVOICE', docType: 'PDF', encodedLabel: plainPaper(`invoice ${number}`) };
  const docType = labelSpecification.imageType;
  const pieceResponses = (withLabels: boolean) =>
    pieces.map((trackingNumber, index) => ({
      masterTrackingNumber: number,
      trackingNumber,
      packageSequenceNumber: index + 1,
      netChargeAmount: 0,
      packageDocuments: withLabels ? [{ contentType: 'LABEL', docType, encodedLabel: labels[index] }] : [],
    }));
  const shipment = {
    serviceType,
    pieceResponses: pieceResponses(true).toReversed(),
    shipmentDocuments: [
      ...(requestedShipment.shippingDocumentSpecification ? [invoice] : []),
      { contentType: 'LABEL', docType, encodedLabel: labels[0] },
    ],
    completedShipmentDetail: {
      shipmentRating: {
        actualRateType: 'PAYOR_ACCOUNT_SHIPMENT',
        shipmentRateDetails: [
          { rateType: 'PAYOR_LIST_SHIPMENT', totalNetCharge: 99.99, currency: 'EUR' },
          { rateType: 'PAYOR_ACCOUNT_SHIPMENT', totalNetCharge: priceOf(pieces.length, serviceType), currency: 'EUR' },
        ],
      },
    },
  };
  const whole = (facts: object) => answer({ transactionShipments: [{ ...shipment, ...facts }], alerts: [] });
  const unlabelled = { masterTrackingNumber: number, pieceResponses: pieceResponses(false), shipmentDocuments: [invoice] };
  return { status: 200, body: whole({ masterTrackingNumber: number }), without: { number: whole({}), label: whole(unlabelled) } };
};
