import { itemForm } from './item-sheet.js';
import { readHeader } from './sheet.js';

const faultsOf = (header: readonly string[]) => {
  const read = readHeader(header, itemForm);
  return read.ok ? [] : read.error.faults.map(({ path, message }) => `${path}: ${message.split(',')[0]}`);
};

describe('the header of a sheet', () => {
  it('names columns in any order and in any spelling that people use', () => {
    expect(readHeader([' NAME', 'Weight_Grams', 'length-mm', 'SKU'], itemForm)).toEqual({
      ok: true,
      value: ['name', 'weightGrams', 'lengthMm', 'sku'],
    });
  });

  it('tells every fault at once, each with the name that stands in the file', () => {
    expect(faultsOf(['Name', 'price', 'name', ''])).toEqual([
      'price: is not a column of this sheet',
      'name: is there twice',
      ': column 4 has no name',
      'sku: is required',
    ]);
  });
});
