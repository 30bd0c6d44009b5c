import { type Brand, err, ok, type Result } from '../kernel/index.js';

/** The organization's own code of an item: the item's natural key, case-sensitive, never renamed. */
export type Sku = Brand<string, 'Sku'>;

export type SkuInvalid = { readonly code: 'sku.invalid' };

export const MAX_SKU_CHARACTERS = 100;

/** 1 to 100 characters (code points) after NFC and trimming, without control characters. */
export const parseSku = (text: string): Result<Sku, SkuInvalid> => {
  const sku = text.normalize('NFC').trim();
  const characters = [...sku].length;
  if (characters < 1 || characters > MAX_SKU_CHARACTERS || /[\p{Cc}\p{Cs}]/u.test(sku)) return err({ code: 'sku.invalid' });
  return ok(sku as Sku);
};
