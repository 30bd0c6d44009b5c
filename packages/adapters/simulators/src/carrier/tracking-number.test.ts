import { isTrackingNumber, trackingNumberOf } from './tracking-number.js';

describe('a tracking number', () => {
  it('is the same for the same sale in every run, and another for the next sale under the same reference', () => {
    expect(trackingNumberOf('0k3q', 1)).toBe(trackingNumberOf('0k3q', 1));
    expect(trackingNumberOf('0k3q', 2)).not.toBe(trackingNumberOf('0k3q', 1));
  });

  it('ends in a Luhn digit', () => {
    expect(isTrackingNumber('SIM079927398713')).toBe(true);
    expect(isTrackingNumber('SIM079927398710')).toBe(false);
    expect(isTrackingNumber('SIM79927398713')).toBe(false);
    expect(isTrackingNumber('079927398713')).toBe(false);
  });

  it('betrays every wrong digit and every swap of two neighbours but 09 and 90', () => {
    const number = trackingNumberOf('0k3q', 1);
    expect(isTrackingNumber(number)).toBe(true);
    for (let place = 3; place < number.length; place += 1) {
      const digit = Number(number[place]);
      const wrong = `${number.slice(0, place)}${(digit + 1) % 10}${number.slice(place + 1)}`;
      expect(isTrackingNumber(wrong)).toBe(false);
      const next = number[place + 1];
      if (next === undefined || next === String(digit) || `${digit}${next}` === '09' || `${digit}${next}` === '90') continue;
      const swapped = `${number.slice(0, place)}${next}${digit}${number.slice(place + 2)}`;
      expect(isTrackingNumber(swapped)).toBe(false);
    }
  });
});
