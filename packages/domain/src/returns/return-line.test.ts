import { OrderLineId } from '../orders/index.js';
import { type Arrived, isComplete, orderLinesAfter, taking, touchedUnits, wholeUnits, withoutAwaited } from './return-line.js';
import { part, returnLine, shippedLine, skuOf } from './returns.test-kit.js';

const came = (lineId: string, quantity: number, facts: Partial<Arrived> = {}): Arrived => ({
  lineId: OrderLineId(lineId),
  sku: null,
  quantity,
  condition: 'sellable',
  ...facts,
});

/** Two sets of a plate and two mugs. */
const sets = () => returnLine('l1', 2, [part('MUG', 2), part('PLATE', 1)]);

describe('goods that arrive', () => {
  it('are counted by their condition, line by line, as often as they come', () => {
    const lines = [returnLine('l1', 3), returnLine('l2', 1, [part('PLATE', 1)])];
    const taken = taking(lines, [came('l1', 1), came('l1', 1, { condition: 'damaged' }), came('l2', 1)]);
    expect(taken).toMatchObject({
      ok: true,
      value: {
        lines: [{ parts: [{ sellable: 1, damaged: 1 }] }, { parts: [{ sellable: 1, damaged: 0 }] }],
        goods: [
          { sku: 'MUG', quantity: 1, condition: 'sellable' },
          { sku: 'MUG', quantity: 1, condition: 'damaged' },
          { sku: 'PLATE', quantity: 1, condition: 'sellable' },
        ],
      },
    });
    expect(taken.ok && isComplete(taken.value.lines)).toBe(false);
  });

  it('are the components of a kit, so many of each for a whole one', () => {
    const whole = taking([sets()], [came('l1', 2)]);
    expect(whole).toMatchObject({
      value: {
        goods: [
          { sku: 'MUG', quantity: 4 },
          { sku: 'PLATE', quantity: 2 },
        ],
      },
    });
    expect(whole.ok && isComplete(whole.value.lines)).toBe(true);
    expect(taking([sets()], [came('l1', 1, { sku: skuOf('KIT') })])).toMatchObject({
      value: { goods: [{ quantity: 2 }, { quantity: 1 }] },
    });
  });

  it('may be single components of a kit, each in its own condition', () => {
    const taken = taking(
      [sets()],
      [came('l1', 3, { sku: skuOf('MUG') }), came('l1', 1, { sku: skuOf('PLATE'), condition: 'damaged' })],
    );
    expect(taken).toMatchObject({
      value: {
        lines: [
          {
            parts: [
              { sku: 'MUG', sellable: 3 },
              { sku: 'PLATE', damaged: 1 },
            ],
          },
        ],
      },
    });
    const [line] = taken.ok ? taken.value.lines : [];
    expect(line && [wholeUnits(line), touchedUnits(line)]).toEqual([1, 2]);
  });

  it.each([
    ['more than is awaited', [came('l1', 3)], 'return.quantity_exceeded', { path: 'lines[0].quantity', available: 2 }],
    [
      'more than is left of it',
      [came('l1', 1), came('l1', 2)],
      'return.quantity_exceeded',
      { path: 'lines[1].quantity', available: 1 },
    ],
    [
      'more whole kits than one component allows',
      [came('l1', 1, { sku: skuOf('PLATE') }), came('l1', 2)],
      'return.quantity_exceeded',
      { path: 'lines[1].quantity', available: 1 },
    ],
    ['another line', [came('l2', 1)], 'return.line_not_found', { path: 'lines[0].lineId' }],
    ['what is no component of it', [came('l1', 1, { sku: skuOf('BOWL') })], 'return.line_not_found', { path: 'lines[0].sku' }],
  ])('are refused when they are %s', (_, arrived, code, facts) => {
    expect(taking([sets()], arrived)).toEqual({ ok: false, error: { code, ...facts } });
  });

  it('are refused when their units were given up', () => {
    const line = returnLine('l1', 3, [part('MUG', 1, { sellable: 1 })], { cancelled: 2 });
    expect(taking([line], [came('l1', 1)])).toMatchObject({ error: { available: 0 } });
  });
});

describe('units that are given up', () => {
  it('are those of which nothing came: a kit that came back in part stays', () => {
    const kit = returnLine('l1', 3, [part('MUG', 2, { sellable: 3 }), part('PLATE', 1)]);
    const mugs = returnLine('l2', 3, [part('MUG', 1, { damaged: 1 })]);
    expect(withoutAwaited([kit, mugs]).map(({ cancelled }) => cancelled)).toEqual([1, 2]);
  });
});

describe('what order lines say of their returns', () => {
  const [one, other] = [shippedLine('l1', 5, { returning: 1 }), shippedLine('l2', 2)];

  it('counts units until they came back whole, and then as come back', () => {
    const asked = [returnLine('l1', 3)];
    const requested = orderLinesAfter([one, other], [], asked);
    expect(requested).toMatchObject([{ returning: 4, returned: 0 }, other]);
    const back = [returnLine('l1', 3, [part('MUG', 1, { sellable: 1, damaged: 1 })])];
    const received = orderLinesAfter(requested, asked, back);
    expect(received).toMatchObject([{ returning: 2, returned: 2 }, other]);
    expect(orderLinesAfter(received, back, withoutAwaited(back))).toMatchObject([{ returning: 1, returned: 2 }, other]);
  });

  it('forgets a return of which nothing came', () => {
    expect(orderLinesAfter(orderLinesAfter([one], [], [returnLine('l1', 3)]), [returnLine('l1', 3)], [])).toEqual([one]);
  });

  it('counts a kit of which one component came as still to come back', () => {
    const kit = [returnLine('l1', 2, [part('MUG', 2, { sellable: 1 }), part('PLATE', 1)])];
    expect(orderLinesAfter([shippedLine('l1', 2)], [], kit)).toMatchObject([{ returning: 2, returned: 0 }]);
  });
});
