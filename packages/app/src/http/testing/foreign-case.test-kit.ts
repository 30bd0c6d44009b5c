import { NO_SKU, NOBODYS } from './foreign-ids.test-kit.js';

export type Variant = { readonly query?: string; readonly json?: unknown };
/** A field of a body or a query that names something by its id or its SKU: once with theirs, once with nobody's. */
export type Case = {
  readonly covers: string;
  readonly method: string;
  readonly url: string;
  readonly foreign: Variant;
  readonly unknown: Variant;
  readonly expected: number;
};

export const both = (
  covers: string,
  [method, url, expected]: readonly [string, string, number],
  make: (id: string, sku: string) => Variant,
  ids: { id?: string; sku?: string },
): Case => ({
  covers,
  method,
  url,
  expected,
  foreign: make(ids.id ?? '', ids.sku ?? ''),
  unknown: make(NOBODYS, NO_SKU),
});

export const query =
  (name: string, which: 'id' | 'sku' = 'id') =>
  (id: string, code: string): Variant => ({ query: `?${name}=${which === 'id' ? id : code}` });
