import { fedexCurrencies, moneyFor, moneyFrom } from './currencies.js';

const isoCodes = Intl.supportedValuesOf('currency');

describe('currencies of FedEx', () => {
  it.each(Object.entries(fedexCurrencies))('has %s for %s, both ways', (theirs, iso) => {
    const money = moneyFrom('1200', theirs);
    expect(money?.currency).toBe(iso);
    expect(money && moneyFor(money)).toEqual({ amount: 1_200, currency: theirs });
  });

  it.each(['EUR', 'USD', 'CAD', 'INR'])('has the ISO code for %s', (iso) => {
    expect(moneyFrom(12.34, iso)).toEqual({ amountMinor: 1_234, currency: iso });
    expect(moneyFor({ amountMinor: 1_234, currency: iso })).toEqual({ amount: 12.34, currency: iso });
  });

  it('counts in the minor units of the currency that is meant, not of the code', () => {
    expect(moneyFrom(1_200, 'JYE')).toEqual({ amountMinor: 1_200, currency: 'JPY' });
    expect(moneyFrom(1.234, 'KUD')).toEqual({ amountMinor: 1_234, currency: 'KWD' });
  });

  it.each(['XQZ', 'RMB', 'eur', '', null, 978])('has no amount in %p', (currency) => {
    expect(moneyFrom(12.34, currency)).toBeNull();
  });

  it('names each currency once, and nothing by a code that ISO has given to another', () => {
    const isos = Object.values(fedexCurrencies);
    expect(new Set(isos).size).toBe(isos.length);
    expect(isos.filter((iso) => !isoCodes.includes(iso))).toEqual([]);
    expect(Object.keys(fedexCurrencies).filter((theirs) => isoCodes.includes(theirs))).toEqual([]);
  });
});
