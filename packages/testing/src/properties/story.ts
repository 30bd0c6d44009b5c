import type { ReturnCondition } from '@rappit/domain';
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
  /** `owed` is promised for the payment window only, when the order comes from the API; `unknown` says nothing of payment. */
  readonly payment: 'paid' | 'owed' | 'unknown';
  /** A shop's own number of the order; null for an order from the API. */
  readonly external: number | null;
};

export type Command =
  | { readonly kind: 'receive'; readonly sku: number; readonly location: number; readonly quantity: number }
  | { readonly kind: 'adjust'; readonly sku: number; readonly location: number; readonly delta: number }
  | { readonly kind: 'transfer'; readonly sku: number; readonly from: number; readonly to: number; readonly quantity: number }
  | { readonly kind: 'place'; readonly orders: readonly ToldOrder[] }
  | { readonly kind: 'cancel'; readonly order: number }
  | { readonly kind: 'ready'; readonly order: number }
  | { readonly kind: 'pay'; readonly order: number; readonly status: 'paid' | 'authorized' | 'failed' | 'refunded' }
  | { readonly kind: 'hold'; readonly order: number }
  | { readonly kind: 'resume'; readonly order: number }
  /** `quantity` units of a line; null is all that hasn't left. */
  | { readonly kind: 'cancelLines'; readonly order: number; readonly line: number; readonly quantity: number | null }
  /** A line gets another quantity, and perhaps another line comes. */
  | {
      readonly kind: 'edit';
      readonly order: number;
      readonly line: number;
      readonly quantity: number;
      readonly add: { readonly sku: number; readonly quantity: number } | null;
      readonly onShortage: 'reject' | 'backorder';
    }
  /** Units of a line are to come back. */
  | { readonly kind: 'requestReturn'; readonly order: number; readonly line: number; readonly quantity: number }
  | { readonly kind: 'decideReturn'; readonly one: number; readonly by: 'authorise' | 'reject' | 'cancel' }
  /** `component` is one of a kit that came by itself; null is whole units. */
  | {
      readonly kind: 'receiveReturn';
      readonly one: number;
      readonly location: number;
      readonly component: number | null;
      readonly quantity: number;
      readonly condition: ReturnCondition;
    }
  | { readonly kind: 'refundReturn'; readonly one: number; readonly amountMinor: number }
  /** The payment windows of all unpaid orders run out. */
  | { readonly kind: 'lapse' }
  | { readonly kind: 'expire' }
  | {
      readonly kind: 'ship';
      readonly order: number;
      readonly location: number | null;
      /** So many units of one line; null is all that lies there. */
      readonly part: { readonly line: number; readonly quantity: number } | null;
      readonly heavy: boolean;
      readonly fault: Fault;
    }
  | { readonly kind: 'buy'; readonly shipment: number; readonly fault: Fault }
  | { readonly kind: 'switch'; readonly location: number; readonly active: boolean }
  | { readonly kind: 'serve' }
  | { readonly kind: 'wait' }
  /** The same request as in an earlier step, under the same idempotency key. */
  | { readonly kind: 'repeat'; readonly step: number; readonly fault: Fault };

/** One thing that one of two organizations does. */
export type Step = { readonly tenant: 0 | 1; readonly command: Command };

/**
 * Both organizations have the same SKUs and locations with these priorities, so that only the organization tells their stock apart.
 * With two SKUs or more there is a kit of the first two besides.
 */
export type Story = { readonly skus: number; readonly priorities: readonly number[]; readonly steps: readonly Step[] };

const units = (max: number) => fc.integer({ min: 1, max });
const anyFault = (): fc.Arbitrary<Fault> =>
  fc.oneof({ arbitrary: fc.constant(null), weight: 3 }, { arbitrary: fc.constantFrom(...faults), weight: 2 });
const place = () => ({ sku: fc.nat({ max: 3 }), location: fc.nat({ max: 2 }) });

const anyLine = (): fc.Arbitrary<ToldLine> =>
  fc
    .record({
      sku: fc.nat({ max: 3 }),
      quantity: units(6),
      shipped: fc.oneof({ arbitrary: fc.constant(0), weight: 9 }, { arbitrary: units(6), weight: 1 }),
    })
    .map((line) => ({ ...line, shipped: Math.min(line.shipped, line.quantity) }));

const anyOrder = (): fc.Arbitrary<ToldOrder> =>
  fc
    .record({
      lines: fc.array(anyLine(), { minLength: 1, maxLength: 3 }),
      unknown: fc.nat({ max: 19 }),
      onShortage: fc.constantFrom('backorder' as const, 'backorder' as const, 'reject' as const),
      payment: fc.constantFrom('paid' as const, 'owed' as const, 'unknown' as const),
      external: fc.option(fc.nat({ max: 3 }), { freq: 2 }),
    })
    .map(({ unknown, ...order }) => ({
      ...order,
      lines: order.lines.map((line, index) =>
        index === unknown ? { ...line, sku: UNKNOWN } : order.external === null ? { ...line, shipped: 0 } : line,
      ),
      onShortage: order.external === null ? order.onShortage : 'backorder',
    }));

const kindOf = <Kind extends Command['kind']>(kind: Kind) => fc.constant(kind);
const anyOrderPlace = () => fc.nat({ max: 3 });

const receiving = (): fc.Arbitrary<Command> => fc.record({ kind: kindOf('receive'), ...place(), quantity: units(9) });
const placing = (): fc.Arbitrary<Command> =>
  fc.record({ kind: kindOf('place'), orders: fc.array(anyOrder(), { minLength: 1, maxLength: 2 }) });
const shipping = (order: fc.Arbitrary<number>, fault: fc.Arbitrary<Fault>): fc.Arbitrary<Command> =>
  fc.record({
    kind: kindOf('ship'),
    order,
    location: fc.option(fc.nat({ max: 2 }), { freq: 2, nil: null }),
    part: fc.option(fc.record({ line: fc.nat({ max: 2 }), quantity: units(4) }), { freq: 2, nil: null }),
    heavy: fc.nat({ max: 9 }).map((n) => n === 9),
    fault,
  });
const buying = (): fc.Arbitrary<Command> => fc.record({ kind: kindOf('buy'), shipment: fc.nat({ max: 2 }), fault: anyFault() });

const transferring = (): fc.Arbitrary<Command> =>
  fc.record({
    kind: kindOf('transfer'),
    sku: fc.nat({ max: 3 }),
    from: fc.nat({ max: 2 }),
    to: fc.nat({ max: 2 }),
    quantity: units(6),
  });
const paying = (order: fc.Arbitrary<number>): fc.Arbitrary<Command> =>
  fc.record({
    kind: kindOf('pay'),
    order,
    status: fc.constantFrom('paid' as const, 'paid' as const, 'authorized' as const, 'failed' as const, 'refunded' as const),
  });

const holding = (order: fc.Arbitrary<number>): fc.Arbitrary<Command> => fc.record({ kind: kindOf('hold'), order });
const resuming = (order: fc.Arbitrary<number>): fc.Arbitrary<Command> => fc.record({ kind: kindOf('resume'), order });
const cancellingLines = (): fc.Arbitrary<Command> =>
  fc.record({
    kind: kindOf('cancelLines'),
    order: anyOrderPlace(),
    line: fc.nat({ max: 2 }),
    quantity: fc.option(units(4), { freq: 2, nil: null }),
  });
const editing = (): fc.Arbitrary<Command> =>
  fc.record({
    kind: kindOf('edit'),
    order: anyOrderPlace(),
    line: fc.nat({ max: 2 }),
    quantity: fc.nat({ max: 8 }),
    add: fc.option(fc.record({ sku: fc.nat({ max: 3 }), quantity: units(4) }), { freq: 2, nil: null }),
    onShortage: fc.constantFrom('reject' as const, 'backorder' as const),
  });

const anyReturn = () => fc.nat({ max: 3 });
const requestingReturn = (order: fc.Arbitrary<number>): fc.Arbitrary<Command> =>
  fc.record({ kind: kindOf('requestReturn'), order, line: fc.nat({ max: 2 }), quantity: units(3) });
const decidingReturn = (): fc.Arbitrary<Command> =>
  fc.record({
    kind: kindOf('decideReturn'),
    one: anyReturn(),
    by: fc.constantFrom('authorise' as const, 'authorise' as const, 'cancel' as const, 'reject' as const),
  });
const receivingReturn = (): fc.Arbitrary<Command> =>
  fc.record({
    kind: kindOf('receiveReturn'),
    one: anyReturn(),
    location: fc.nat({ max: 2 }),
    component: fc.option(fc.nat({ max: 1 }), { freq: 2, nil: null }),
    quantity: units(3),
    condition: fc.constantFrom('sellable' as const, 'sellable' as const, 'damaged' as const),
  });
const refundingReturn = (): fc.Arbitrary<Command> =>
  fc.record({ kind: kindOf('refundReturn'), one: anyReturn(), amountMinor: units(4_000) });

const anyCommand = (): fc.Arbitrary<Command> =>
  fc.oneof(
    { weight: 4, arbitrary: receiving() },
    { weight: 4, arbitrary: placing() },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: kindOf('adjust'),
        ...place(),
        delta: fc.oneof(
          units(4),
          units(6).map((n) => -n),
        ),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: kindOf('ready'), order: anyOrderPlace() }) },
    { weight: 2, arbitrary: shipping(anyOrderPlace(), anyFault()) },
    { weight: 2, arbitrary: buying() },
    { weight: 2, arbitrary: fc.record({ kind: kindOf('cancel'), order: anyOrderPlace() }) },
    { weight: 2, arbitrary: fc.record({ kind: kindOf('repeat'), step: fc.nat({ max: 20 }), fault: anyFault() }) },
    { weight: 1, arbitrary: fc.record({ kind: kindOf('switch'), location: fc.nat({ max: 2 }), active: fc.boolean() }) },
    { weight: 2, arbitrary: transferring() },
    { weight: 2, arbitrary: paying(anyOrderPlace()) },
    { weight: 3, arbitrary: editing() },
    { weight: 2, arbitrary: cancellingLines() },
    { weight: 1, arbitrary: holding(anyOrderPlace()) },
    { weight: 1, arbitrary: resuming(anyOrderPlace()) },
    { weight: 2, arbitrary: requestingReturn(anyOrderPlace()) },
    { weight: 2, arbitrary: decidingReturn() },
    { weight: 2, arbitrary: receivingReturn() },
    { weight: 1, arbitrary: refundingReturn() },
    { weight: 1, arbitrary: fc.record({ kind: kindOf('lapse') }) },
    { weight: 1, arbitrary: fc.record({ kind: kindOf('expire') }) },
    { weight: 1, arbitrary: fc.record({ kind: kindOf('serve') }) },
    { weight: 1, arbitrary: fc.record({ kind: kindOf('wait') }) },
  );

const closing = (location: number): Command => ({ kind: 'switch', location, active: false });
const opening = (location: number): Command => ({ kind: 'switch', location, active: true });

/** Goods for kits, and an order of two that is shipped and of which one is to come back: the first of all orders and returns, as far as there are no others. */
const kitOrder = (sku: number): readonly Command[] => [
  { kind: 'receive', sku: 0, location: 0, quantity: 9 },
  { kind: 'receive', sku: 1, location: 0, quantity: 9 },
  {
    kind: 'place',
    orders: [{ lines: [{ sku, quantity: 2, shipped: 0 }], onShortage: 'backorder', payment: 'paid', external: null }],
  },
  { kind: 'ready', order: 1 },
  { kind: 'ship', order: 1, location: null, part: null, heavy: false, fault: null },
  { kind: 'requestReturn', order: 1, line: 0, quantity: 2 },
  { kind: 'decideReturn', one: 0, by: 'authorise' },
];

/**
 * Commands that follow on one another more often than chance would have it: goods and an order, an order on its way, a location
 * that is closed for a while, a purchase in doubt and a change of its order, a payment that comes too late, a hold that ends,
 * goods that come back in parts.
 */
const anyScene = (): fc.Arbitrary<readonly Command[]> => {
  const lost = fc.constantFrom<Fault>('lostAfterSale', 'lostBeforeSale', 'crashAfterSale', 'crashBeforeSale');
  return fc.oneof(
    { weight: 4, arbitrary: anyCommand().map((command) => [command]) },
    { weight: 2, arbitrary: fc.tuple(receiving(), placing()) },
    {
      weight: 3,
      arbitrary: anyOrderPlace().chain((order) =>
        fc.tuple(fc.constant({ kind: 'ready' as const, order }), shipping(fc.constant(order), anyFault())),
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.nat({ max: 2 }), placing(), placing())
        .map(([location, ...orders]) => [closing(location), orders[0], opening(location), orders[1]]),
    },
    { weight: 2, arbitrary: fc.tuple(shipping(anyOrderPlace(), lost), anyCommand(), buying()) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(anyCommand(), paying(anyOrderPlace()))
        .map(([meanwhile, paid]) => [{ kind: 'lapse' as const }, meanwhile, paid]),
    },
    {
      weight: 2,
      arbitrary: anyOrderPlace().chain((order) =>
        fc.tuple(holding(fc.constant(order)), anyCommand(), resuming(fc.constant(order))),
      ),
    },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(2, 3)
        .chain((sku) => fc.tuple(fc.constant(kitOrder(sku)), receivingReturn()))
        .map(([told, back]) => [...told, back]),
    },
    {
      weight: 3,
      arbitrary: anyOrderPlace().chain((order) =>
        fc.tuple(
          fc.constant({ kind: 'ready' as const, order }),
          shipping(fc.constant(order), fc.constant(null)),
          requestingReturn(fc.constant(order)),
          decidingReturn(),
          receivingReturn(),
          fc.oneof(anyCommand(), fc.constant({ kind: 'decideReturn' as const, one: 0, by: 'cancel' as const })),
          receivingReturn(),
        ),
      ),
    },
    { weight: 2, arbitrary: fc.tuple(shipping(anyOrderPlace(), lost), fc.oneof(editing(), cancellingLines()), buying()) },
  );
};

const anyTenant = () =>
  fc.oneof({ arbitrary: fc.constant(0 as const), weight: 5 }, { arbitrary: fc.constant(1 as const), weight: 1 });

/** Random stories of up to so many scenes; they shrink to the few steps that matter. */
export const anyStory = (maxScenes = 20): fc.Arbitrary<Story> =>
  fc.record({
    skus: fc.constantFrom(1, 1, 2, 2, 3),
    priorities: fc.oneof(fc.constant([0]), fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 3 })),
    steps: fc
      .tuple(fc.tuple(receiving(), placing()), fc.array(fc.tuple(anyTenant(), anyScene()), { maxLength: maxScenes, size: 'max' }))
      .map(([opening, scenes]) =>
        [[0 as const, opening] as const, ...scenes].flatMap(([tenant, commands]) =>
          commands.map((command) => ({ tenant, command })),
        ),
      ),
  });
