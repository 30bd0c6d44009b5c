import { MAX_SKU_CHARACTERS, parseSku, type Sku } from '@rappit/domain';
import fc from 'fast-check';

/** Beginnings in the scripts that merchants write, some of them beyond U+FFFF, some of them right to left. */
const scripts = ['MUG', 'Tässchen', 'кружка', 'κούπα', 'مخزون', 'ספל', 'कप', '杯子', 'カップ', '컵', '☕', '😀', '𝒜', 'Ｚ'];

/** Any text at all, valid as a SKU or not: empty, long, with control characters, with half a surrogate pair. */
export const anySkuText = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: MAX_SKU_CHARACTERS + 20 }),
    fc.string({ unit: fc.constantFrom(' ', '\t', '\u0000', '\u200b', '\ud83d', 'e\u0301', 'a', '-'), maxLength: 12 }),
    anySku(),
  );

/** A SKU of any script; shrinks to a short one of plain letters. */
export const anySku = (): fc.Arbitrary<Sku> =>
  fc
    .tuple(fc.constantFrom(...scripts), fc.string({ unit: 'grapheme', maxLength: 8 }), fc.nat({ max: 99 }))
    .map(([script, tail, number]) => parseSku(number % 2 === 0 ? `${script}-${number}` : `${script}${tail}`))
    .filter((sku) => sku.ok)
    .map((sku) => sku.value);

/** Different SKUs, which is what an organization has. */
export const anySkus = (
  bounds: { readonly minLength?: number; readonly maxLength?: number } = {},
): fc.Arbitrary<readonly Sku[]> => fc.uniqueArray(anySku(), { minLength: 1, maxLength: 4, ...bounds });
