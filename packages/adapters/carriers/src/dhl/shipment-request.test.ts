import { exampleCustoms, exampleGoods, exampleLabelOrder } from '@rappit/testing/fakes';
import { abroadOrder, paris, reachable } from '../wire/contract-world.test-kit.js';
import { exampleDhlAccount } from './dhl-world.test-kit.js';
import { toShipmentRequest } from './shipment-request.js';

const account = exampleDhlAccount('http://127.0.0.1/mydhlapi');
const planned = '2026-01-05T10:15:00 GMT+01:00';
const domestic = exampleLabelOrder('01jbrc38nkfh6rwqv0e619795n', { from: reachable, to: reachable });

describe('an order in the words of DHL', () => {
  it('has kilograms, centimetres, our reference as the customer’s, and no empty field', () => {
    const body = toShipmentRequest(domestic, account, planned);
    expect(body).toMatchObject({
      productCode: 'N',
      accounts: [{ typeCode: 'shipper', number: '960000000' }],
      customerReferences: [{ value: '01jbrc38nkfh6rwqv0e619795n', typeCode: 'CU' }],
      content: {
        packages: [{ weight: 1.2, dimensions: { length: 30, width: 20, height: 15 } }],
        isCustomsDeclarable: false,
        description: 'Stoneware kitchen goods',
        incoterm: 'DAP',
      },
    });
    expect(JSON.stringify(body)).not.toMatch(/null|"addressLine2"|valueAddedServices|exportDeclaration|typeCode":"invoice/);
  });

  it('has an empty postal code where there is none, and a private person as their own company', () => {
    const to = { ...reachable, postalCode: null, region: 'X', lines: [' 1 Quokka Creek Road ', '', 'Deira'] };
    const { receiverDetails } = toShipmentRequest({ ...domestic, to }, account, planned).customerDetails;
    expect(receiverDetails.postalAddress).toEqual({
      postalCode: '',
      cityName: 'Frankfurt am Main',
      countryCode: 'DE',
      addressLine1: '1 Quokka Creek Road',
      addressLine2: 'Deira',
    });
    expect(receiverDetails.contactInformation.companyName).toBe('Mina Okafor');
  });

  it('declares what crosses a border, with the duties on the account that pays them', () => {
    const body = toShipmentRequest(abroadOrder(domestic), { ...account, dutiesAccountNumber: '960000001' }, planned);
    expect(body).toMatchObject({
      productCode: 'P',
      accounts: [{ typeCode: 'shipper' }, { typeCode: 'duties-taxes', number: '960000001' }],
      valueAddedServices: [
        { serviceCode: 'II', value: 120, currency: 'EUR' },
        { serviceCode: 'DD' },
        { serviceCode: 'WY' },
        { serviceCode: 'SF' },
      ],
      customerDetails: {
        shipperDetails: { registrationNumbers: [{ typeCode: 'EOR', number: 'DE1234567', issuerCountryCode: 'DE' }] },
      },
      content: {
        declaredValue: 38,
        declaredValueCurrency: 'EUR',
        incoterm: 'DDP',
        description: 'Stoneware coffee mug',
        exportDeclaration: {
          lineItems: [
            {
              number: 1,
              price: 19,
              quantity: { value: 2, unitOfMeasurement: 'PCS' },
              manufacturerCountry: 'PT',
              weight: { netValue: 0.8 },
              commodityCodes: [{ typeCode: 'outbound', value: '691200' }],
            },
          ],
          invoice: { number: 'R-1001', date: '2026-01-05' },
        },
      },
    });
  });

  it('declares nothing from one country to another where no customs is in between, and tells the numbers that tax knows the parties by', () => {
    const taxNumbers = [{ party: 'recipient', kind: 'vat', number: 'FR40303265045', countryCode: 'FR' }] as const;
    const body = toShipmentRequest({ ...domestic, to: paris, goods: exampleGoods({ taxNumbers }) }, account, planned);
    expect(body).toMatchObject({
      productCode: 'U',
      customerDetails: { receiverDetails: { registrationNumbers: [{ typeCode: 'VAT', number: 'FR40303265045' }] } },
      content: { isCustomsDeclarable: false },
    });
    expect(JSON.stringify(body)).not.toMatch(/exportDeclaration|declaredValue/);
  });

  it('writes amounts in the digits of their currency', () => {
    const [line] = exampleCustoms().lines;
    const yen = exampleCustoms({ currency: 'JPY', lines: line ? [{ ...line, pieceValueMinor: 1_900 }] : [] });
    expect(toShipmentRequest({ ...domestic, customs: yen }, account, planned).content).toMatchObject({
      declaredValue: 3_800,
      exportDeclaration: { lineItems: [{ price: 1_900 }] },
    });
  });

  it('asks for the format that the order wants, else the account', () => {
    const formatOf = (facts: object, labelFormat: 'zpl' | null) =>
      toShipmentRequest({ ...domestic, ...facts }, { ...account, labelFormat }, planned).outputImageProperties.encodingFormat;
    expect([formatOf({}, null), formatOf({}, 'zpl'), formatOf({ labelFormat: 'epl' }, 'zpl')]).toEqual(['pdf', 'zpl', 'epl']);
  });
});
