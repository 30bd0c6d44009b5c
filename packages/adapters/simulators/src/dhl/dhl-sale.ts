import type { CarrierBooks } from '../scenario/books.js';
import { labelPaper, type Place, plainPaper } from '../scenario/papers.js';
import type { Answered } from '../scenario/scenario.js';
import { type DhlParty, type DhlShipment, faultOf, products } from './dhl-body.js';
import { pieceNumber, waybillNumber } from './waybill.js';

const placeOf = ({ postalAddress, contactInformation }: DhlParty): Place => ({
  name: contactInformation.fullName,
  lines: [postalAddress.addressLine1, postalAddress.addressLine2].flatMap((line) => line ?? []),
  city: postalAddress.cityName,
  zip: postalAddress.postalCode,
  country: postalAddress.countryCode,
});

/** The price of a purchase: by the piece, in the sender's money. */
export const priceOf = (pieces: number, productCode: string) =>
  Number((pieces * (productCode === 'Y' ? 41.55 : 23.9)).toFixed(2));

/** Sells, and answers with the number and the papers; the archive's copy comes first, as it may. */
export const sellWaybill = async (body: DhlShipment, books: CarrierBooks, accountNumber: string): Promise<Answered> => {
  const fault = faultOf(body, accountNumber);
  if (fault) return fault;
  const { productCode, customerDetails, customerReferences, content, outputImageProperties } = body;
  const number = waybillNumber(books.count() + 1);
  const reference = customerReferences.find(({ typeCode }) => typeCode === 'CU')?.value ?? '';
  const pieces = content.packages.map((_, index) => pieceNumber(number, index + 1));
  books.add({ reference, number, pieces, service: productCode, shipsOn: body.plannedShippingDateAndTime.slice(0, 10) });
  const { encodingFormat, imageOptions } = outputImageProperties;
  const facts = {
    number,
    reference,
    service: products[productCode] ?? productCode,
    from: placeOf(customerDetails.shipperDetails),
    to: placeOf(customerDetails.receiverDetails),
    kilograms: content.packages.map(({ weight }) => weight),
  };
  const label = {
    imageFormat: encodingFormat.toUpperCase(),
    content: await labelPaper(facts, encodingFormat),
    typeCode: 'label',
  };
  const archive = { imageFormat: 'PDF', content: plainPaper(`archive ${number}`), typeCode: 'waybillDoc' };
  const invoice = { imageFormat: 'PDF', content: plainPaper(`invoice ${number}`), typeCode: 'invoice' };
  const invoiced = imageOptions.some(({ typeCode, isRequested }) => typeCode === 'invoice' && isRequested);
  const rest = {
    packages: pieces.map((trackingNumber, index) => ({ referenceNumber: index + 1, trackingNumber })),
    shipmentCharges: [
      { currencyType: 'BASEC', priceCurrency: 'USD', price: 99.99 },
      { currencyType: 'BILLC', priceCurrency: 'EUR', price: priceOf(pieces.length, productCode) },
    ],
  };
  const documents = [archive, label, ...(invoiced ? [invoice] : [])];
  const whole = { ...rest, shipmentTrackingNumber: number, documents };
  return {
    status: 201,
    body: whole,
    without: { number: { ...rest, documents }, label: { ...whole, documents: [archive] } },
  };
};
