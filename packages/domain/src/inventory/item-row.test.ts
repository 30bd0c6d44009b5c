import { skuOf } from './inventory.test-kit.js';
import type { Item } from './item.js';
import { itemOfRow } from './item-row.js';
import type { ItemColumn } from './item-sheet.js';

const now = new Date('2026-03-01T12:00:00Z');
const mug: Item = {
  sku: skuOf('MUG'),
  name: 'Mug',
  barcode: '40063',
  weightGrams: 400,
  dimensions: { lengthMm: 90, widthMm: 80, heightMm: 100 },
  customs: { hsCode: '691200', originCountryCode: 'DE', description: 'Mug' },
  lowStockThreshold: 5,
  components: [{ sku: skuOf('PART'), quantity: 2 }],
  createdAt: new Date('2026-01-01T00:00:00Z'),
};

const read = (row: Readonly<Partial<Record<ItemColumn, string>>>, known: readonly Item[] = [mug]) => {
  const columns = Object.keys(row) as ItemColumn[];
  const before = new Map(known.map((item) => [item.sku, item]));
  return itemOfRow(columns, { line: 7, cells: Object.values(row) }, { before, now });
};

const itemOf = (...given: Parameters<typeof read>): Item | undefined => {
  const item = read(...given);
  return item.ok ? item.value : undefined;
};

const faultsOf = (...given: Parameters<typeof read>): readonly string[] => {
  const item = read(...given);
  return item.ok ? [] : item.error.map(({ line, column, code }) => `${line} ${column}: ${code}`);
};

describe('a row of a sheet of items', () => {
  it('makes a new item with nothing but what it says', () => {
    expect(itemOf({ sku: ' NEW ', name: 'New', weightGrams: ' 12 ' })).toEqual({
      sku: 'NEW',
      name: 'New',
      barcode: null,
      weightGrams: 12,
      dimensions: null,
      customs: null,
      lowStockThreshold: null,
      components: null,
      createdAt: now,
    });
  });

  it('leaves what the sheet has no column for, and takes away what is empty', () => {
    expect(itemOf({ sku: 'MUG' })).toEqual(mug);
    expect(itemOf({ sku: 'MUG', barcode: '', lowStockThreshold: ' ', weightGrams: '0400' })).toEqual({
      ...mug,
      barcode: null,
      lowStockThreshold: null,
    });
  });

  it('changes one side of what is there, and takes all sides away together', () => {
    expect(itemOf({ sku: 'MUG', widthMm: '81' })?.dimensions).toEqual({ lengthMm: 90, widthMm: 81, heightMm: 100 });
    expect(itemOf({ sku: 'MUG', lengthMm: '', widthMm: '', heightMm: '' })?.dimensions).toBeNull();
    expect(faultsOf({ sku: 'MUG', widthMm: '' })).toEqual(['7 widthMm: cell.required']);
    expect(faultsOf({ sku: 'NEW', name: 'New', hsCode: '691200' })).toEqual([
      '7 originCountryCode: cell.required',
      '7 customsDescription: cell.required',
    ]);
  });

  it.each<readonly [ItemColumn, string]>([
    ['weightGrams', '1,000'],
    ['weightGrams', '1.000'],
    ['weightGrams', '1 000'],
    ['weightGrams', '4.5'],
    ['weightGrams', '-4'],
    ['weightGrams', '+4'],
    ['weightGrams', '0'],
    ['weightGrams', '1e3'],
    ['weightGrams', '٤'],
    ['weightGrams', '10000001'],
    ['weightGrams', '99999999999999999999'],
    ['lowStockThreshold', '1000001'],
    ['name', 'x'.repeat(301)],
    ['barcode', '😀'.repeat(101)],
    ['barcode', '4.00638E+12'],
    ['hsCode', '6912'],
    ['hsCode', '6912.00'],
    ['originCountryCode', 'de'],
    ['customsDescription', 'x'.repeat(201)],
  ])('takes no %s of %j', (column, cell) => {
    expect(faultsOf({ sku: 'MUG', [column]: cell })).toEqual([`7 ${column}: cell.invalid`]);
  });

  it('says how a number is to be written', () => {
    const item = read({ sku: 'MUG', weightGrams: '1,000' });
    expect(item.ok ? [] : item.error.map(({ message }) => message)).toEqual([
      'must be a whole number from 1 to 10000000, in digits only',
    ]);
  });

  it('needs a name for a new item, and leaves none without', () => {
    expect(faultsOf({ sku: 'NEW' })).toEqual(['7 name: cell.required']);
    expect(faultsOf({ sku: 'MUG', name: ' ' })).toEqual(['7 name: cell.required']);
    expect(faultsOf({ sku: 'NEW', name: 'x'.repeat(301) })).toEqual(['7 name: cell.invalid']);
  });

  it('needs a SKU that is one', () => {
    expect(faultsOf({ sku: ' ', name: '' })).toEqual(['7 sku: cell.required']);
    expect(faultsOf({ sku: 'x'.repeat(101) })).toEqual(['7 sku: sku.invalid']);
    expect(faultsOf({ sku: '4.00638E+12', name: 'Rounded' })).toEqual(['7 sku: cell.invalid']);
  });

  it('has as many cells as there are columns; empty ones behind them are none', () => {
    const columns = ['sku', 'name'] as const;
    const cells = (...given: readonly string[]) => itemOfRow(columns, { line: 7, cells: given }, { before: new Map(), now });
    expect(cells('A', 'x', '', ' ')).toMatchObject({ ok: true, value: { sku: 'A', name: 'x' } });
    for (const row of [cells('A'), cells('A', 'x', 'y')])
      expect(row).toMatchObject({ ok: false, error: [{ line: 7, column: null, code: 'row.cells' }] });
  });

  it('tells all its faults at once, each cell once', () => {
    expect(faultsOf({ sku: 'MUG', weightGrams: 'x', lengthMm: 'y', heightMm: '', hsCode: 'z' })).toEqual([
      '7 weightGrams: cell.invalid',
      '7 lengthMm: cell.invalid',
      '7 heightMm: cell.required',
      '7 hsCode: cell.invalid',
    ]);
  });
});
