import { decimalText, minorDigits, minorFromDecimal } from './money.js';

describe('minorFromDecimal', () => {
  it.each([
    ['199.00', 'USD', 19_900],
    ['199', 'USD', 19_900],
    ['199.9', 'USD', 19_990],
    ['0.01', 'EUR', 1],
    ['0.07', 'EUR', 7],
    ['1500', 'JPY', 1_500],
    ['1.234', 'KWD', 1_234],
    ['1.2', 'BHD', 1_200],
    ['2.3456', 'CLF', 23_456],
    ['-4.50', 'USD', -450],
    ['-0.00', 'USD', 0],
    ['007.00', 'USD', 700],
  ])('reads %s %s as %d minor units', (text, currency, minor) => {
    expect(minorFromDecimal(text, currency)).toEqual({ ok: true, value: minor });
  });

  it('is exact where floating numbers are not', () => {
    expect(Math.round(1.005 * 100)).toBe(100);
    expect(minorFromDecimal('1.005', 'KWD')).toEqual({ ok: true, value: 1_005 });
    expect(0.29 * 100).not.toBe(29);
    expect(minorFromDecimal('0.29', 'USD')).toEqual({ ok: true, value: 29 });
  });

  it('reads the largest amount that a number holds exactly, and refuses one more', () => {
    expect(minorFromDecimal('90071992547409.91', 'USD')).toEqual({ ok: true, value: Number.MAX_SAFE_INTEGER });
    expect(minorFromDecimal('90071992547409.92', 'USD')).toMatchObject({ ok: false });
  });

  it('lets further digits pass only when they are zeros, so that nothing is rounded away', () => {
    expect(minorFromDecimal('5.0000', 'USD')).toEqual({ ok: true, value: 500 });
    expect(minorFromDecimal('100.00', 'JPY')).toEqual({ ok: true, value: 100 });
    expect(minorFromDecimal('5.001', 'USD')).toMatchObject({ ok: false });
    expect(minorFromDecimal('0.5', 'JPY')).toMatchObject({ ok: false });
  });

  it.each(['', ' ', '1,50', '.50', '1.', '+1', '1e3', ' 1', '1\n', '0x10', '--1', 'NaN', 'Infinity', '١٢', '1.2.3'])(
    'refuses %j, and hands it back',
    (text) => {
      expect(minorFromDecimal(text, 'USD')).toEqual({ ok: false, error: { code: 'money.invalid', text } });
    },
  );
});

it.each([
  ['JPY', 0],
  ['USD', 2],
  ['KWD', 3],
  ['CLF', 4],
  ['XYZ', 2],
])('%s is written with %d decimal digits', (currency, digits) => {
  expect(minorDigits(currency)).toBe(digits);
});

describe('an amount as people write it', () => {
  it.each([
    [199, 'EUR', '1.99'],
    [5, 'EUR', '0.05'],
    [199, 'JPY', '199'],
    [1, 'KWD', '0.001'],
    [-250, 'USD', '-2.50'],
    [0, 'EUR', '0.00'],
  ])('%d minor units of %s are %s', (minor, currency, text) => expect(decimalText(minor, currency)).toBe(text));
});
