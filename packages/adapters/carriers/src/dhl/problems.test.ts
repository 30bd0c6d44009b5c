import { exampleLabelOrder, exampleParcel } from '@rappit/testing/fakes';
import { abroadOrder, reachable } from '../wire/contract-world.test-kit.js';
import { leavesOf } from '../wire/leaves.test-kit.js';
import { exampleDhlAccount } from './dhl-world.test-kit.js';
import { ourPath } from './pointers.js';
import { refusalIn } from './problems.js';
import { toRatesRequest } from './rates.js';
import { toPickupRequest } from './services.js';
import { toShipmentRequest } from './shipment-request.js';

const account = exampleDhlAccount('http://127.0.0.1/mydhlapi');
const planned = '2026-01-05T10:15:00 GMT+01:00';
const full = abroadOrder(exampleLabelOrder('r1', { from: reachable, parcels: [exampleParcel, exampleParcel] }));
const order = { ...full, extras: { ...full.extras, saturdayDelivery: true } };
const sent = toShipmentRequest(order, account, planned);

describe("DHL's pointers", () => {
  it.each([
    ['#/content/packages/0/weight', 'parcels[0].weightGrams'],
    ['#/content/packages/12/dimensions/height', 'parcels[12].heightMm'],
    ['#/content/packages/3/dimensions', 'parcels[3]'],
    ['#/content/packages', 'parcels'],
    ['#/content/incoterm', 'customs.incoterm'],
    ['#/content/exportDeclaration/lineItems/1/commodityCodes/0/value', 'customs.lines[1].hsCode'],
    ['#/content/exportDeclaration/invoice/number', 'customs.invoiceNumber'],
    ['#/content/exportDeclaration', 'customs'],
    ['#/customerDetails/receiverDetails/postalAddress/postalCode', 'to.postalCode'],
    ['#/customerDetails/receiverDetails/postalAddress/addressLine2', 'to.lines[1]'],
    ['#/customerDetails/shipperDetails/contactInformation/phone', 'from.phone'],
    ['#/customerDetails/shipperDetails/contactInformation', 'from'],
    ['/productCode', 'service'],
    ['#/plannedShippingDateAndTime', 'shipOn'],
    ['#/outputImageProperties/encodingFormat', 'labelFormat'],
    ['#/content/exportDeclaration/0/lineItems/0', 'customs.lines[0]'],
    ['#/content/exportDeclaration/0/lineItems/3/weight', 'customs.lines[3].pieceWeightGrams'],
    ['#/content/exportdeclaration/lineitems/2/description', 'customs.lines[2].description'],
    ['#/content/declaredValueCurrency', 'customs.currency'],
    ['#/packages/0/weight', 'parcels[0].weightGrams'],
    ['#/customerDetails/receiverDetails/cityName', 'to.city'],
    ['#/customerDetails/shipperDetails/registrationNumbers/0/number', 'customs.taxNumbers'],
    ['#/monetaryAmount/0/value', 'customs.lines'],
    ['#/shipmentDetails/0/packages/2/weight', 'parcels[2].weightGrams'],
    ['#/shipmentDetails/0/productCode', 'service'],
    ['#/plannedPickupDateAndTime', 'on'],
    ['#/closeTime', 'closesAt'],
    ['#/location', 'place'],
    ['#/valueAddedServices/0/value', 'extras.insuredFor.amountMinor'],
    ['#/valueAddedServices/0/serviceCode', 'extras.insuredFor'],
    ['#/valueAddedServices/1', 'customs.dutiesPaidBy'],
    ['#/valueAddedServices/2', 'extras.paperlessInvoice'],
    ['#/valueAddedServices/3/serviceCode', 'extras.saturdayDelivery'],
    ['#/valueAddedServices/4/serviceCode', 'extras.signature'],
    ['#/content/description', 'customs.lines'],
  ])('%s is %s', (pointer, path) => {
    expect(ourPath(pointer, sent)).toBe(path);
  });

  it('are fields of ours wherever somebody has asked us for it', () => {
    const pickup = { ...order, on: '2026-01-06', readyAt: '10:00', closesAt: '17:00', place: 'reception', abroad: true };
    const bodies = [sent, toRatesRequest(order, account, planned), toPickupRequest(pickup, account, planned)];
    const nobodys = new Set(
      bodies.flatMap((body) =>
        leavesOf(body)
          .filter((pointer) => ourPath(pointer, body) === null)
          .map((pointer) => pointer.replaceAll(/\/\d+/g, '/*')),
      ),
    );
    expect([...nobodys].sort()).toEqual([
      '/accounts/*/number',
      '/accounts/*/typeCode',
      '/content/isCustomsDeclarable',
      '/content/unitOfMeasurement',
      '/customerReferences/*/typeCode',
      '/customerReferences/*/value',
      '/getRateEstimates',
      '/isCustomsDeclarable',
      '/outputImageProperties/imageOptions/*/invoiceType',
      '/outputImageProperties/imageOptions/*/isRequested',
      '/outputImageProperties/imageOptions/*/templateName',
      '/outputImageProperties/imageOptions/*/typeCode',
      '/pickup/isRequested',
      '/remark',
      '/shipmentDetails/*/isCustomsDeclarable',
      '/shipmentDetails/*/unitOfMeasurement',
      '/unitOfMeasurement',
    ]);
  });

  it('to what is in parcels name nothing where the account says it', () => {
    const domestic = toShipmentRequest({ ...order, customs: null }, account, planned);
    expect(ourPath('#/content/description', domestic)).toBeNull();
    expect(ourPath('#/valueAddedServices/9/serviceCode', domestic)).toBeNull();
  });

  it.each([
    '#/accounts/0/number',
    '#/customerReferences/0/value',
    '#/customerDetails/buyerDetails/postalAddress',
    '#/',
    '',
    'content',
  ])('%j is nothing of ours', (pointer) => {
    expect(ourPath(pointer)).toBeNull();
  });
});

describe('a refusal of DHL', () => {
  const error = (facts: object) => ({ instance: '/expressapi', title: 'Bad request', message: 'Bad request', ...facts });

  it('hands all the details on, and names the first field that any of them names', () => {
    const additionalDetails = [
      'something that nobody can place',
      '#/customerDetails/receiverDetails/contactInformation: required key [phone] not found',
      '#/content/packages/0/weight: expected number',
    ];
    const { error: refusal } = refusalIn(error({ detail: 'Multiple problems found, see Additional Details', additionalDetails }));
    expect(refusal).toMatchObject({ code: 'carrier.refused', path: 'to.phone' });
    for (const detail of additionalDetails) expect(refusal.message).toContain(detail);
  });

  it('names the field that a code means', () => {
    const detail = '1004: The requested product is not available.';
    expect(refusalIn(error({ detail })).error).toMatchObject({ path: 'service', message: detail });
  });

  it('finds a pointer in the middle of a sentence', () => {
    const detail = "7008: The requested Special Service Code  #/valueAddedServices/3/serviceCode 'AA' is not available.";
    expect(refusalIn(error({ detail }), sent).error.path).toBe('extras.saturdayDelivery');
    expect(refusalIn(error({ detail: '998: ShipTimeStamp is not well formatted.' })).error.path).toBe('shipOn');
    expect(refusalIn(error({ detail: '7143: not meaningful' }), sent).error.path).toBe('customs.lines');
  });

  it('says what there is where there are no details', () => {
    expect(refusalIn(error({ detail: '' })).error).toEqual({ code: 'carrier.refused', message: 'Bad request', path: null });
    for (const nothing of [undefined, null, [], 'no', { additionalDetails: 7 }])
      expect(refusalIn(nothing).error).toEqual({
        code: 'carrier.refused',
        message: 'DHL refused the request without saying why.',
        path: null,
      });
  });

  it('is one line of a bearable length', () => {
    const { message } = refusalIn(error({ detail: `line\none\u0007 ${'x'.repeat(5_000)}` })).error;
    expect(message.startsWith('line one x')).toBe(true);
    expect(message).toHaveLength(300);
  });
});
