import { type DraftLine, MAX_PRICE_MINOR, type OrderDraft, paymentMethods, paymentStatuses, type Sku } from '@rappit/domain';
import fc from 'fast-check';
import { anyAddress } from './addresses.js';
import { anyQuantity } from './quantities.js';

const anyAmount = (): fc.Arbitrary<number> =>
  fc.oneof({ arbitrary: fc.nat({ max: 10_000 }), weight: 9 }, { arbitrary: fc.nat({ max: MAX_PRICE_MINOR }), weight: 1 });

/** A line that `checkDraft` accepts; part of it may have been shipped or given up before. */
export const anyDraftLine = (skus: readonly Sku[]): fc.Arbitrary<DraftLine> =>
  fc
    .record({
      sku: fc.constantFrom(...skus),
      name: fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })),
      quantity: anyQuantity(1_000),
      unitPriceMinor: anyAmount(),
      taxMinor: anyAmount(),
      discountMinor: anyAmount(),
      gone: fc.record({ shipped: fc.nat({ max: 3 }), cancelled: fc.nat({ max: 3 }) }),
      external: fc.option(
        fc.record({
          lineId: fc.bigInt({ min: 1n, max: 2n ** 60n }).map(String),
          variantId: fc.option(fc.bigInt({ min: 1n, max: 2n ** 60n }).map(String)),
          sku: fc.option(fc.constantFrom<string>(...skus)),
        }),
      ),
    })
    .map(({ gone, ...line }) => {
      const shipped = Math.min(gone.shipped, line.quantity);
      const discountMinor = Math.min(line.discountMinor, line.unitPriceMinor * line.quantity);
      return { ...line, discountMinor, shipped, cancelled: Math.min(gone.cancelled, line.quantity - shipped) };
    });

/** An order from the API that `checkDraft` accepts, of those SKUs only. */
export const anyDraft = (skus: readonly Sku[]): fc.Arbitrary<OrderDraft> =>
  fc.record({
    source: fc.constant({ kind: 'api' as const }),
    currency: fc.constantFrom('EUR', 'USD', 'JPY', 'KWD'),
    customer: fc.option(
      fc.record({
        externalId: fc.constant(null),
        name: fc.option(fc.string({ unit: 'grapheme', maxLength: 30 })),
        email: fc.option(fc.emailAddress()),
        phone: fc.constant(null),
      }),
    ),
    shippingAddress: fc.option(anyAddress()),
    billingAddress: fc.option(anyAddress()),
    lines: fc.array(anyDraftLine(skus), { minLength: 1, maxLength: 6 }),
    shippingMinor: anyAmount(),
    totals: fc.constant(null),
    paymentStatus: fc.constantFrom(...paymentStatuses),
    paymentMethod: fc.constantFrom(...paymentMethods),
    tags: fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), { maxLength: 3 }),
    onShortage: fc.constantFrom('reject' as const, 'backorder' as const),
  });
