import { exampleGoods, exampleLabelOrder, exampleParcel } from '@rappit/testing/fakes';
import { abroadOrder, paris, reachable } from '../wire/contract-world.test-kit.js';
import { exampleFedexAccount } from './fedex-world.test-kit.js';
import { toRatesRequest } from './rates.js';
import { toPickupRequest } from './services.js';
import { toShipmentRequest } from './shipment-request.js';

const account = exampleFedexAccount('https://apis-sandbox.fedex.com');
const domestic = exampleLabelOrder('01jbrc38nkfh6rwqv0e619795n', { from: reachable, to: reachable });
const shipmentOf = (order = domestic) => toShipmentRequest(order, account, '2026-01-05').requestedShipment;

describe('an order in the words of FedEx', () => {
  it('says its units, rounds up what it weighs and measures, and carries our reference on each parcel', () => {
    const parcels = [
      { weightGrams: 1_201, lengthMm: 301, widthMm: 200, heightMm: 1 },
      { ...exampleParcel, weightGrams: 5 },
    ];
    const shipment = shipmentOf({ ...domestic, parcels, printed: ['R-1001'] });
    expect(shipment).toMatchObject({
      serviceType: 'FEDEX_PRIORITY',
      totalWeight: 1.21,
      totalPackageCount: 2,
      shipDatestamp: '2026-01-05',
    });
    const references = [
      { customerReferenceType: 'CUSTOMER_REFERENCE', value: '01jbrc38nkfh6rwqv0e619795n' },
      { customerReferenceType: 'INVOICE_NUMBER', value: 'R-1001' },
    ];
    expect(shipment.requestedPackageLineItems).toMatchObject([
      {
        weight: { units: 'KG', value: 1.21 },
        dimensions: { length: 31, width: 20, height: 1, units: 'CM' },
        customerReferences: references,
      },
      { weight: { units: 'KG', value: 0.01 }, customerReferences: references },
    ]);
  });

  it('has no empty field, and no state where there are none', () => {
    const shipment = shipmentOf({ ...domestic, to: { ...reachable, region: 'HE', postalCode: null, email: ' ' } });
    expect(JSON.stringify(shipment)).not.toMatch(/null|""|stateOrProvinceCode.*recipients|\[\]/);
    expect(shipment.recipients[0]?.address).toEqual({
      streetLines: reachable.lines,
      city: 'Frankfurt am Main',
      countryCode: 'DE',
      residential: true,
    });
    expect(shipment.recipients[0]?.contact.phoneNumber).toBe('496990010010');
  });

  it('declares what crosses a border, and divides what it is insured for', () => {
    const order = abroadOrder({ ...domestic, parcels: [exampleParcel, exampleParcel, exampleParcel] });
    const insured = { ...order, extras: { ...order.extras, insuredFor: { amountMinor: 10_000, currency: 'EUR' } } };
    const shipment = shipmentOf(insured);
    expect(shipment.requestedPackageLineItems.map(({ declaredValue }) => declaredValue?.amount)).toEqual([33.34, 33.33, 33.33]);
    expect(shipment).toMatchObject({
      serviceType: 'FEDEX_INTERNATIONAL_PRIORITY',
      customsClearanceDetail: {
        dutiesPayment: { paymentType: 'SENDER' },
        totalCustomsValue: { amount: 38, currency: 'EUR' },
        commercialInvoice: { shipmentPurpose: 'SOLD', termsOfSale: 'DDP' },
        commodities: [
          { quantity: 2, weight: { units: 'KG', value: 0.8 }, unitPrice: { amount: 19 }, customsValue: { amount: 38 } },
        ],
      },
      shipmentSpecialServices: { specialServiceTypes: ['ELECTRONIC_TRADE_DOCUMENTS'] },
      recipients: [{ address: { stateOrProvinceCode: 'NY' } }],
    });
  });

  it('says that the goods come back, beside what else is wanted', () => {
    const extras = { ...domestic.extras, saturdayDelivery: true };
    expect(shipmentOf({ ...domestic, isReturn: true, extras })).toMatchObject({
      shipmentSpecialServices: {
        specialServiceTypes: ['SATURDAY_DELIVERY', 'RETURN_SHIPMENT'],
        returnShipmentDetail: { returnType: 'PRINT_RETURN_LABEL' },
      },
      shippingChargesPayment: { paymentType: 'SENDER' },
    });
    expect(shipmentOf()).not.toHaveProperty('shipmentSpecialServices');
  });

  it('tells what leaves a country also where no customs is in between, without an invoice and without what nobody has said', () => {
    const taxNumbers = [{ party: 'recipient', kind: 'vat', number: 'FR40303265045', countryCode: 'FR' }] as const;
    const shipment = shipmentOf({ ...domestic, to: paris, goods: exampleGoods({ taxNumbers }) });
    expect(shipment).toMatchObject({
      serviceType: 'FEDEX_INTERNATIONAL_PRIORITY',
      recipients: [{ tins: [{ number: 'FR40303265045' }] }],
    });
    expect('customsClearanceDetail' in shipment && shipment.customsClearanceDetail).toEqual({
      isDocumentOnly: false,
      dutiesPayment: { paymentType: 'SENDER', payor: { responsibleParty: { accountNumber: { value: '740561073' } } } },
      commodities: [
        {
          description: 'Stoneware coffee mug',
          quantity: 2,
          quantityUnits: 'PCS',
          numberOfPieces: 2,
          unitPrice: { amount: 19, currency: 'EUR' },
          customsValue: { amount: 38, currency: 'EUR' },
        },
      ],
    });
    expect(shipment).not.toHaveProperty('shippingDocumentSpecification');
    expect(toRatesRequest({ ...domestic, to: paris, goods: exampleGoods() }, account, '2026-01-05')).toMatchObject({
      requestedShipment: { customsClearanceDetail: { commodities: [{ description: 'Stoneware coffee mug' }] } },
    });
  });

  it('names goods that nobody has named where they leave a country, and tells nothing within one', () => {
    const { requestedShipment } = toRatesRequest({ ...domestic, to: paris }, account, '2026-01-05');
    expect(requestedShipment).toMatchObject({
      customsClearanceDetail: { commodities: [{ description: 'Goods', weight: { units: 'KG', value: 1.2 } }] },
    });
    for (const shipment of [shipmentOf(), shipmentOf({ ...domestic, goods: exampleGoods() })])
      expect(shipment).not.toHaveProperty('customsClearanceDetail');
  });

  it.each([
    ['pdf', 'PDF', 'PAPER_4X6'],
    ['png', 'PNG', 'PAPER_4X6'],
    ['zpl', 'ZPLII', 'STOCK_4X6'],
    ['epl', 'EPL2', 'STOCK_4X6'],
  ] as const)('prints %s as %s on %s', (labelFormat, imageType, labelStockType) => {
    expect(shipmentOf({ ...domestic, labelFormat }).labelSpecification).toMatchObject({ imageType, labelStockType });
  });

  it('says of a pickup that its parcels go abroad, and never that they stay', () => {
    const pickup = { ...domestic, on: '2026-01-06', readyAt: '10:00', closesAt: '17:00', place: null, abroad: false };
    expect(toPickupRequest(pickup, account)).not.toHaveProperty('countryRelationships');
    expect(toPickupRequest({ ...pickup, abroad: true }, account)).toMatchObject({ countryRelationships: 'INTERNATIONAL' });
  });

  it('says its value also where it asks for a price, in the other spelling of rates', () => {
    const body = toRatesRequest(abroadOrder(domestic), account, '2026-01-05');
    expect(body).toMatchObject({
      requestedShipment: {
        shipDateStamp: '2026-01-05',
        recipient: { address: { countryCode: 'US' } },
        requestedPackageLineItems: [{ declaredValue: { amount: 120, currency: 'EUR' } }],
      },
    });
  });
});
