import { cancelReasons, type ExternalOrder, type Sku, totalsOf } from '@rappit/domain';
import fc from 'fast-check';
import { anyDraft } from './drafts.js';

/** Ids of shops: integers that may be larger than a floating number holds exactly. */
export const anyExternalId = (): fc.Arbitrary<string> => fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String);

/** An order as a shop tells it: some lines name a SKU that we know, others one that we don't, or none. */
export const anyExternalOrder = (skus: readonly Sku[]): fc.Arbitrary<ExternalOrder> =>
  fc
    .record({
      draft: anyDraft(skus),
      unknown: fc.array(fc.constantFrom('known' as const, 'known' as const, 'unknown' as const, 'none' as const), {
        minLength: 6,
        maxLength: 6,
      }),
      externalId: anyExternalId(),
      externalNumber: fc.option(fc.nat({ max: 99_999 }).map((number) => `#${number}`)),
      updatedAt: fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2026-12-31T00:00:00Z'), noInvalidDate: true }),
      cancelReason: fc.option(fc.constantFrom(...cancelReasons)),
      refundedMinor: fc.option(fc.nat({ max: 10_000 })),
      statuses: fc.dictionary(fc.constantFrom('payment', 'fulfilment'), fc.string({ unit: 'grapheme', maxLength: 20 })),
      lineIds: fc.array(anyExternalId(), { minLength: 6, maxLength: 6 }),
    })
    .map(({ draft, unknown, lineIds, ...told }) => {
      const { source, onShortage, ...rest } = draft;
      const skuAt = (index: number, sku: string | null): string | null =>
        unknown[index] === 'unknown' ? `no ${sku}` : unknown[index] === 'none' ? null : sku;
      const lines = draft.lines.map((line, index) => ({
        ...line,
        sku: skuAt(index, line.sku),
        external: line.external ?? { lineId: lineIds[index] ?? String(index), variantId: null, sku: line.sku },
      }));
      return { ...rest, ...told, totals: totalsOf(draft), lines };
    });
