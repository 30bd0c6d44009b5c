import { ourPath, refusalIn } from './problems.js';

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

describe('a refusal of FedEx', () => {
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
