import { MAX_QUANTITY } from '../kernel/index.js';
import { checkDraft, MAX_ORDER_LINES, MAX_PRICE_MINOR, type OrderDraft, totalsOf } from './draft.js';
import { draft, draftLine, shopsDraft } from './orders.test-kit.js';

const faultsOf = (checked: OrderDraft): readonly string[] => {
  const result = checkDraft(checked);
  return result.ok ? [] : result.error.faults.map(({ path, message }) => `${path} ${message}`);
};

const lines = (count: number) => Array.from({ length: count }, () => draftLine('MUG', 1));

describe('checkDraft', () => {
  it('hands back what is sound as it is', () => {
    const sound = draft([draftLine('MUG', 1)]);
    expect(checkDraft(sound)).toEqual({ ok: true, value: sound });
  });

  it.each([
    ['one line', draft(lines(1))],
    ['as many lines as fit', draft(lines(MAX_ORDER_LINES))],
    ['the largest quantity', draft([draftLine('MUG', MAX_QUANTITY)])],
    ['the highest price', draft([draftLine('MUG', 1, { unitPriceMinor: MAX_PRICE_MINOR })])],
    ['nothing to pay', draft([draftLine('MUG', 1, { unitPriceMinor: 0 })])],
    ['a line that was shipped and given up before', draft([draftLine('MUG', 5, { shipped: 3, cancelled: 2 })])],
  ])('takes %s', (_, sound) => {
    expect(faultsOf(sound)).toEqual([]);
  });

  const quantity = `must be an integer from 1 to ${MAX_QUANTITY}`;
  const amount = `must be an integer from 0 to ${MAX_PRICE_MINOR}`;

  it.each([
    ['no lines', draft([]), `lines must hold 1 to ${MAX_ORDER_LINES} lines`],
    ['a line too many', draft(lines(MAX_ORDER_LINES + 1)), `lines must hold 1 to ${MAX_ORDER_LINES} lines`],
    ['no units', draft([draftLine('MUG', 0)]), `lines[0].quantity ${quantity}`],
    ['fewer than no units', draft([draftLine('MUG', -1)]), `lines[0].quantity ${quantity}`],
    ['half a unit', draft([draftLine('MUG', 0.5)]), `lines[0].quantity ${quantity}`],
    ['a unit too many', draft([draftLine('MUG', MAX_QUANTITY + 1)]), `lines[0].quantity ${quantity}`],
    ['a negative price', draft([draftLine('MUG', 1, { unitPriceMinor: -1 })]), `lines[0].unitPriceMinor ${amount}`],
    ['half a cent', draft([draftLine('MUG', 1, { unitPriceMinor: 0.5 })]), `lines[0].unitPriceMinor ${amount}`],
    [
      'a price too high',
      draft([draftLine('MUG', 1, { unitPriceMinor: MAX_PRICE_MINOR + 1 })]),
      `lines[0].unitPriceMinor ${amount}`,
    ],
    ['a tax that is no number', draft([draftLine('MUG', 1, { taxMinor: Number.NaN })]), `lines[0].taxMinor ${amount}`],
    ['a negative discount', draft([draftLine('MUG', 1, { discountMinor: -1 })]), `lines[0].discountMinor ${amount}`],
    ['a negative price of shipping', draft(lines(1), { shippingMinor: -1 }), `shippingMinor ${amount}`],
    ['a currency in lower case', draft(lines(1), { currency: 'eur' }), 'currency must be an ISO 4217 code'],
    ['a currency with more behind it', draft(lines(1), { currency: 'EUR\n' }), 'currency must be an ISO 4217 code'],
    [
      'more units gone than were ordered',
      draft([draftLine('MUG', 2, { shipped: 2, cancelled: 1 })]),
      'lines[0].shipped and cancelled must fit into the quantity',
    ],
    [
      'fewer than no units shipped',
      draft([draftLine('MUG', 2, { shipped: -1 })]),
      'lines[0].shipped and cancelled must fit into the quantity',
    ],
    [
      'half a unit given up',
      draft([draftLine('MUG', 2, { cancelled: 0.5 })]),
      'lines[0].shipped and cancelled must fit into the quantity',
    ],
  ])('refuses %s', (_, unsound, fault) => {
    expect(faultsOf(unsound)).toContain(fault);
  });

  it('lets a shop sell for less than nothing, since it has sold already; the API may not', () => {
    const given = draftLine('MUG', 2, { unitPriceMinor: 500, discountMinor: 1_001 });
    expect(faultsOf(shopsDraft([given]))).toEqual([]);
    expect(faultsOf(draft([given]))).toEqual(['lines[0].discountMinor must not be more than the line costs']);
    expect(faultsOf(draft([{ ...given, discountMinor: 1_000 }]))).toEqual([]);
  });

  it('refuses amounts that add up to more than a number holds exactly', () => {
    const dear = draftLine('MUG', MAX_QUANTITY, { unitPriceMinor: MAX_PRICE_MINOR });
    expect(faultsOf(draft([dear]))).toEqual(['lines add up to more than can be counted exactly']);
  });

  it('tells every fault at once, each with its path', () => {
    const faults = faultsOf(
      draft([draftLine('MUG', 0), draftLine('MUG', 1, { taxMinor: -1 })], { currency: '€', shippingMinor: 0.5 }),
    );
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'lines[0].quantity',
      'lines[1].taxMinor',
      'currency',
      'shippingMinor',
    ]);
  });
});

describe('totalsOf', () => {
  it('adds up the lines and the shipping: prices are per unit, tax and discount per line', () => {
    const added = totalsOf(
      draft(
        [
          draftLine('MUG', 3, { unitPriceMinor: 1_000, taxMinor: 90, discountMinor: 500 }),
          draftLine('PLATE', 1, { unitPriceMinor: 250 }),
        ],
        {
          shippingMinor: 490,
        },
      ),
    );
    expect(added).toEqual({ subtotalMinor: 3_250, discountMinor: 500, taxMinor: 90, shippingMinor: 490, totalMinor: 3_330 });
  });

  it("takes the source's own totals as they are", () => {
    const totals = { subtotalMinor: 1, discountMinor: 2, taxMinor: 3, shippingMinor: 4, totalMinor: 5 };
    expect(totalsOf(draft(lines(1), { totals }))).toBe(totals);
  });
});
