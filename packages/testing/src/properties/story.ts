import fc from 'fast-check';

/** What may go wrong with the carrier during a step. `crash…` ends our own process between the sale and our writing it down. */
export const faults = ['unavailable', 'lostAfterSale', 'lostBeforeSale', 'crashAfterSale', 'crashBeforeSale'] as const;
export type Fault = (typeof faults)[number] | null;

/** Numbers name things by their place, counted from the oldest and around again; `UNKNOWN` is a SKU that nobody knows. */
export const UNKNOWN = -1;

export type ToldLine = { readonly sku: number; readonly quantity: number; readonly shipped: number };
export type ToldOrder = {
  readonly lines: readonly ToldLine[];
  readonly onShortage: 'reject' | 'backorder';
  readonly paid: boolean;
  /** A shop's own number of the order; null for an order from the API. */
  readonly external: number | null;
};

export type Command =
  | { readonly kind: 'receive'; readonly sku: number; readonly location: number; readonly quantity: number }
  | { readonly kind: 'adjust'; readonly sku: number; readonly location: number; readonly delta: number }
  | { readonly kind: 'place'; readonly orders: readonly ToldOrder[] }
  | { readonly kind: 'cancel'; readonly order: number }
  | { readonly kind: 'ready'; readonly order: number }
  | { readonly kind: 'ship'; readonly order: number; readonly location: number | null; readonly heavy: boolean; readonly fault: Fault }
  | { readonly kind: 'buy'; readonly shipment: number; readonly fault: Fault }
  | { readonly kind: 'switch'; readonly location: number; readonly active: boolean }
  | { readonly kind: 'wait' }
  /** The same request as in an earlier step, under the same idempotency key. */
  | { readonly kind: 'repeat'; readonly step: number; readonly fault: Fault };

/** One thing that one of two organizations does. */
export type Step = { readonly tenant: 0 | 1; readonly command: Command };

/** Both organizations have the same SKUs and locations with these priorities, so that only the organization tells their stock apart. */
export type Story = { readonly skus: number; readonly priorities: readonly number[]; readonly steps: readonly Step[] };

const units = (max: number) => fc.integer({ min: 1, max });
const anyFault = (): fc.Arbitrary<Fault> => fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, { arbitrary: fc.constantFrom(...faults), weight: 2 });
const place = () => ({ sku: fc.nat({ max: 2 }), location: fc.nat({ max: 2 }) });

const anyLine = (): fc.Arbitrary<ToldLine> =>
  fc
    .record({ sku: fc.nat({ max: 2 }), quantity: units(6), shipped: fc.oneof({ arbitrary: fc.constant(0), weight: 9 }, { arbitrary: units(6), weight: 1 }) })
    .map((line) => ({ ...line, shipped: Math.min(line.shipped, line.quantity) }));

const anyOrder = (): fc.Arbitrary<ToldOrder> =>
  fc
    .record({
      lines: fc.array(anyLine(), { minLength: 1, maxLength: 3 }),
      unknown: fc.nat({ max: 9 }),
      onShortage: fc.constantFrom('reject' as const, 'backorder' as const),
      paid: fc.boolean(),
      external: fc.option(fc.nat({ max: 3 }), { freq: 2 }),
    })
    .map(({ unknown, ...order }) => ({
      ...order,
      lines: order.lines.map((line, index) => (index === unknown ? { ...line, sku: UNKNOWN } : order.external === null ? { ...line, shipped: 0 } : line)),
      onShortage: order.external === null ? order.onShortage : 'backorder',
    }));

const anyCommand = (): fc.Arbitrary<Command> => {
  const order = fc.nat({ max: 4 });
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('receive' as const), ...place(), quantity: units(9) }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('place' as const), orders: fc.array(anyOrder(), { minLength: 1, maxLength: 3 }) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('adjust' as const), ...place(), delta: fc.oneof(units(4), units(6).map((n) => -n)) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('ready' as const), order }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('ship' as const), order, location: fc.option(fc.nat({ max: 2 }), { freq: 2 }), heavy: fc.nat({ max: 7 }).map((n) => n === 7), fault: anyFault() }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('buy' as const), shipment: fc.nat({ max: 3 }), fault: anyFault() }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), order }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('repeat' as const), step: fc.nat({ max: 20 }), fault: anyFault() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('switch' as const), location: fc.nat({ max: 2 }), active: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const) }) },
  );
};

/** Random stories of up to so many steps; they shrink to the few steps that matter. */
export const anyStory = (maxSteps = 30): fc.Arbitrary<Story> =>
  fc.record({
    skus: units(3),
    priorities: fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 3 }),
    steps: fc.array(fc.record({ tenant: fc.oneof({ arbitrary: fc.constant(0 as const), weight: 5 }, { arbitrary: fc.constant(1 as const), weight: 1 }), command: anyCommand() }), {
      minLength: 1,
      maxLength: maxSteps,
      size: 'max',
    }),
  });
