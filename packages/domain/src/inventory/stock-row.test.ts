import { skuOf } from './inventory.test-kit.js';
import type { Item } from './item.js';
import { type Location, LocationId } from './location.js';
import { countable, countOfRow } from './stock-row.js';
import type { StockColumn } from './stock-sheet.js';

const item = (text: string, facts: Partial<Item> = {}): Item => ({
  sku: skuOf(text),
  name: text,
  barcode: null,
  weightGrams: null,
  dimensions: null,
  customs: null,
  lowStockThreshold: null,
  components: null,
  createdAt: new Date('2026-01-01T00:00:00Z'),
  ...facts,
});

const location = (code: string, active = true): Location => ({
  id: LocationId(`id-${code}`),
  code,
  name: code,
  address: null,
  priority: 1,
  active,
});

const items = [item('MUG'), item('SET', { components: [{ sku: skuOf('MUG'), quantity: 2 }] })];
const [main, old] = [location('MAIN'), location('OLD', false)];

const read = (row: Readonly<Partial<Record<StockColumn, string>>>, locations: readonly Location[] = [main, old]) =>
  countOfRow(Object.keys(row) as StockColumn[], { line: 7, cells: Object.values(row) }, countable(items, locations));

const faultsOf = (...given: Parameters<typeof read>): readonly string[] => {
  const count = read(...given);
  return count.ok ? [] : count.error.map(({ line, column, code }) => `${line} ${column}: ${code}`);
};

describe('a row of a sheet of stock', () => {
  it('says what is on hand and what is kept back at a location, by its code', () => {
    expect(read({ sku: 'MUG', location: ' OLD ', onHand: '0', safetyStock: '2' })).toEqual({
      ok: true,
      value: { sku: 'MUG', locationId: 'id-OLD', onHand: 0, safetyStock: 2 },
    });
  });

  it('means the only active location when the sheet names none', () => {
    expect(read({ sku: 'MUG', onHand: '5' })).toMatchObject({ ok: true, value: { locationId: 'id-MAIN', safetyStock: null } });
    for (const locations of [[], [old], [main, location('SECOND')]])
      expect(faultsOf({ sku: 'MUG', onHand: '5' }, locations)).toEqual(['7 null: location.needed']);
  });

  it('leaves what is empty, and passes over what follows from the rest', () => {
    const exported = { sku: 'MUG', name: 'x', location: 'MAIN', onHand: '', reserved: '-', available: 'y', safetyStock: '' };
    expect(read(exported)).toMatchObject({ ok: true, value: { onHand: null, safetyStock: null } });
  });

  it.each<readonly [string, Partial<Record<StockColumn, string>>]>([
    ['sku: cell.required', { sku: '' }],
    ['sku: item.not_found', { sku: 'CUP' }],
    ['sku: item.is_kit', { sku: 'SET' }],
    ['location: cell.required', { location: '' }],
    ['location: location.not_found', { location: 'main' }],
    ['onHand: cell.invalid', { onHand: '-1' }],
    ['onHand: cell.invalid', { onHand: '1,000' }],
    ['onHand: cell.invalid', { onHand: '1000001' }],
    ['safetyStock: cell.invalid', { safetyStock: '1.5' }],
  ])('has the fault %s', (fault, cells) => {
    expect(faultsOf({ sku: 'MUG', location: 'MAIN', onHand: '1', safetyStock: '1', ...cells })).toEqual([`7 ${fault}`]);
  });

  it('tells all its faults at once', () => {
    expect(faultsOf({ sku: 'CUP', location: '?', onHand: 'x' })).toEqual([
      '7 sku: item.not_found',
      '7 location: location.not_found',
      '7 onHand: cell.invalid',
    ]);
  });
});
