import { exampleCustoms, exampleLabelOrder, exampleParcel } from '@rappit/testing/fakes';
import { abroadOrder, reachable } from '../wire/contract-world.test-kit.js';
import { leavesOf } from '../wire/leaves.test-kit.js';
import { ourPath } from './codes.js';
import { exampleFedexAccount } from './fedex-world.test-kit.js';
import { pathAt } from './pointers.js';
import { refusalIn } from './problems.js';
import { toRatesRequest } from './rates.js';
import { toPickupRequest } from './services.js';
import { toShipmentRequest } from './shipment-request.js';

describe("FedEx's codes", () => {
  it.each([
    ['RECIPIENT.POSTALCODE.INVALID', 'to.postalCode'],
    ['DESTINATION.CITY.INVALID', 'to.city'],
    ['SHIPPER.STATEORPROVINCECODE.REQUIRED', 'from.region'],
    ['SHIPPER.PHONENUMBER.REQUIRED', 'from.phone'],
    ['RECIPIENTS.ADDRESSSTREETLINES.REQUIRED', 'to.lines'],
    ['ORIGIN.COUNTRY.INVALID', 'from.countryCode'],
    ['RECIPIENT.INVALID', 'to'],
    ['SERVICETYPE.NOT.AVAILABLE', 'service'],
    ['SERVICE.PACKAGECOMBINATION.INVALID', 'service'],
    ['SHIPDATESTAMP.INVALID', 'shipOn'],
    ['COMMODITY.WEIGHT.INVALID', 'customs.lines'],
    ['PACKAGE.WEIGHT.EXCEEDED', 'parcels'],
    ['LABELSTOCKTYPE.INVALID', 'labelFormat'],
  ])('%s is %s', (code, path) => {
    expect(ourPath(code)).toBe(path);
  });

  it.each(['ACCOUNT.NUMBER.MISMATCH', 'INTERNAL.SERVER.ERROR', ''])('%j is nothing of ours', (code) => {
    expect(ourPath(code)).toBeNull();
  });
});

const account = exampleFedexAccount('https://apis-sandbox.fedex.com');
const order = { ...abroadOrder(exampleLabelOrder('r1', { from: reachable })), parcels: [exampleParcel, exampleParcel] };
const [line] = exampleCustoms().lines;
const two = { ...order, customs: order.customs && { ...order.customs, lines: line ? [line, line] : [] } };
const sent = toShipmentRequest({ ...two, extras: { ...two.extras, saturdayDelivery: true } }, account, '2026-01-05');

describe('a place in what FedEx was sent', () => {
  it.each([
    ['requestedShipment.recipients[0].address.postalCode', 'to.postalCode'],
    ['/requestedShipment/recipients/0/address/streetLines/1', 'to.lines[1]'],
    ['requestedShipment.shipper.contact.phoneNumber', 'from.phone'],
    ['shipper', 'from'],
    ['requestedShipment.shipper.tins[0].number', 'customs.taxNumbers'],
    ['requestedShipment.requestedPackageLineItems[1].weight.value', 'parcels[1].weightGrams'],
    ['requestedShipment.requestedPackageLineItems[0].dimensions.height', 'parcels[0].heightMm'],
    ['requestedShipment.requestedPackageLineItems[0].dimensions', 'parcels[0]'],
    ['requestedShipment.requestedPackageLineItems[0].declaredValue.amount', 'extras.insuredFor.amountMinor'],
    ['requestedShipment.requestedPackageLineItems[0].packageSpecialServices.specialServiceTypes[0]', 'extras.signature'],
    ['requestedShipment.requestedPackageLineItems[0].customerReferences[0].value', null],
    ['requestedPackageLineItems', 'parcels'],
    ['requestedShipment.customsClearanceDetail.commodities[1].harmonizedCode', 'customs.lines[1].hsCode'],
    ['requestedShipment.customsClearanceDetail.commodities[0].countryOfManufacture', 'customs.lines[0].originCountryCode'],
    ['requestedShipment.customsClearanceDetail.dutiesPayment.paymentType', 'customs.dutiesPaidBy'],
    ['requestedShipment.shipmentSpecialServices.specialServiceTypes[0]', 'extras.saturdayDelivery'],
    ['requestedShipment.shipmentSpecialServices.specialServiceTypes[1]', 'extras.paperlessInvoice'],
    ['serviceType', 'service'],
    ['requestedShipment.shipDateStamp', 'shipOn'],
    ['accountNumber.value', null],
    ['somewhere', null],
  ])('%s is %s', (place, path) => {
    expect(pathAt(place, sent)).toBe(path);
  });

  it('is a field of ours wherever somebody has asked us for it', () => {
    const pickup = { ...order, on: '2026-01-06', readyAt: '10:00', closesAt: '17:00', place: 'reception', abroad: true };
    const bodies = [sent, toRatesRequest(order, account, '2026-01-05'), toPickupRequest(pickup, account)];
    const nobodys = new Set(
      bodies.flatMap((body) =>
        leavesOf(body)
          .filter((pointer) => pathAt(pointer, body) === null)
          .map((pointer) => pointer.replaceAll(/\/\d+/g, '/*')),
      ),
    );
    expect([...nobodys].sort()).toEqual([
      '/accountNumber/value',
      '/associatedAccountNumber/value',
      '/carrierCode',
      '/labelResponseOptions',
      '/originDetail/packageLocation',
      '/processingOptionType',
      '/rateRequestControlParameters/returnTransitTimes',
      '/requestedShipment/packagingType',
      '/requestedShipment/pickupType',
      '/requestedShipment/rateRequestType/*',
      '/requestedShipment/requestedPackageLineItems/*/customerReferences/*/customerReferenceType',
      '/requestedShipment/requestedPackageLineItems/*/customerReferences/*/value',
      '/requestedShipment/shippingChargesPayment/paymentType',
      '/requestedShipment/shippingDocumentSpecification/commercialInvoiceDetail/documentFormat/docType',
      '/requestedShipment/shippingDocumentSpecification/commercialInvoiceDetail/documentFormat/stockType',
      '/requestedShipment/shippingDocumentSpecification/shippingDocumentTypes/*',
    ]);
  });
});

describe('a refusal of FedEx', () => {
  const pathIn = (error: object, asked: unknown = sent) => refusalIn({ errors: [error] }, asked).error.path;
  const parameters = (key: string, value: string) => ({ parameterList: [{ key, value }] });

  it('names the field that its parameters name, before what its code would say', () => {
    const code = 'RECIPIENT.INVALID';
    expect(pathIn({ code, ...parameters('requestedShipment.recipients[0].address.city', 'Nowhere') })).toBe('to.city');
    expect(pathIn({ code, ...parameters('field', '/requestedShipment/serviceType') })).toBe('service');
    expect(pathIn({ code, ...parameters('anything', 'a text with spaces: shipper') })).toBe('to');
    expect(pathIn({ code, parameterList: 'none' })).toBe('to');
  });

  it.each([
    [
      'a parameter that counts parcels',
      { code: 'PACKAGE.WEIGHT.EXCEEDED', ...parameters('PACKAGE_INDEX', '2') },
      'parcels[1].weightGrams',
    ],
    [
      'words that count parcels',
      { code: 'PACKAGE.HEIGHT.INVALID', message: 'Invalid height in package 2.' },
      'parcels[1].heightMm',
    ],
    ['a parcel there isn’t', { code: 'PACKAGE.WEIGHT.EXCEEDED', ...parameters('PACKAGE_INDEX', '3') }, 'parcels'],
    ['nothing that says which parcel', { code: 'PACKAGE.WEIGHT.EXCEEDED' }, 'parcels'],
    [
      'a parameter that counts goods',
      { code: 'COMMODITY.WEIGHT.INVALID', ...parameters('COMMODITY_INDEX', '1') },
      'customs.lines[0].pieceWeightGrams',
    ],
    [
      'words that count goods',
      { code: 'COMMODITY.QUANTITY.INVALID', message: 'Quantity of commodity 2 is 0.' },
      'customs.lines[1].quantity',
    ],
    ['nothing that says which goods', { code: 'COUNTRYOFMANUFACTURE.REQUIRED' }, 'customs.lines'],
  ])('with %s names that one', (_, error, path) => {
    expect(pathIn(error)).toBe(path);
  });

  it('names the only parcel, and the only goods, there are', () => {
    const one = toShipmentRequest({ ...order, parcels: [exampleParcel] }, account, '2026-01-05');
    expect(pathIn({ code: 'PACKAGE.WEIGHT.EXCEEDED' }, one)).toBe('parcels[0].weightGrams');
    expect(pathIn({ code: 'HARMONIZEDCODE.INVALID' }, one)).toBe('customs.lines[0].hsCode');
  });

  it('hands all errors on, and names the first field that any of them names', () => {
    const errors = [
      { code: 'ACCOUNT.NUMBER.MISMATCH', message: 'The account number is not yours.' },
      { code: 'RECIPIENT.POSTALCODE.INVALID', message: 'The postal code is wrong.' },
    ];
    expect(refusalIn({ errors }).error).toEqual({
      code: 'carrier.refused',
      message: 'The account number is not yours. · The postal code is wrong.',
      path: 'to.postalCode',
    });
  });

  it.each([undefined, null, {}, { errors: 'none' }, { errors: [null, 7] }])('%j is one without a reason', (json) => {
    expect(refusalIn(json).error).toEqual({
      code: 'carrier.refused',
      message: 'FedEx refused the request without saying why.',
      path: null,
    });
  });
});
