import type { ExternalLine, ExternalOrder } from '@rappit/domain';
import fc from 'fast-check';
import { seed } from '../../../../test/seed.js';
import { shopLine, shopOrder, shopScene } from './shop-scene.test-kit.js';

fc.configureGlobal({ seed });

/** How a shop may change an order between two words, by the place of a line. */
type Step =
  | { readonly kind: 'cancelUnit' | 'shipUnit' | 'addUnit' | 'takeOff'; readonly line: number }
  | { readonly kind: 'addLine'; readonly quantity: number }
  | { readonly kind: 'refund'; readonly minor: number }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'cancel' };

/** However often it is given back, it stays below what one unit costs, and so below whatever was paid. */
const MOST_REFUNDED = 100;

const place = fc.nat({ max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('cancelUnit' as const, 'addUnit' as const, 'takeOff' as const), line: place }),
  fc.record({ kind: fc.constant('addLine' as const), quantity: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('refund' as const), minor: fc.integer({ min: 1, max: MOST_REFUNDED }) }),
  fc.record({ kind: fc.constant('tag' as const), tag: fc.constantFrom('gift', 'express', 'صيف') }),
  fc.record({ kind: fc.constant('cancel' as const) }),
);
const shipping: fc.Arbitrary<Step> = fc.record({ kind: fc.constant('shipUnit' as const), line: place });

const goods = ['MUG', 'PLATE', 'NOBODY KNOWS', null] as const;
const named = (index: number, quantity: number): ExternalLine =>
  shopLine(goods[index % goods.length] ?? null, quantity, {
    external: { lineId: String(index), variantId: null, sku: null },
  });
const openIn = ({ quantity, shipped, cancelled }: ExternalLine): number => quantity - shipped - cancelled;

/** The order one word later. One that is cancelled stays so. */
const after = (order: ExternalOrder, change: Step, hour: number): ExternalOrder => {
  const updatedAt = shopOrder(hour, []).updatedAt;
  if (order.cancelReason !== null) return { ...order, updatedAt };
  const withLines = (lines: readonly ExternalLine[]): ExternalOrder => ({
    ...order,
    updatedAt,
    lines,
    totals: shopOrder(hour, lines).totals,
  });
  const changing = (place: number, changed: (line: ExternalLine) => ExternalLine | undefined): ExternalOrder =>
    withLines(order.lines.flatMap((line, index) => (index === place ? (changed(line) ?? []) : [line])));
  switch (change.kind) {
    case 'cancelUnit':
      return changing(change.line, (line) => (openIn(line) > 0 ? { ...line, cancelled: line.cancelled + 1 } : line));
    case 'shipUnit':
      return changing(change.line, (line) => (openIn(line) > 0 ? { ...line, shipped: line.shipped + 1 } : line));
    case 'addUnit':
      return changing(change.line, (line) => ({ ...line, quantity: line.quantity + 1 }));
    case 'takeOff':
      return order.lines.length > 1 && order.lines.some((line, index) => index !== change.line && openIn(line) > 0)
        ? changing(change.line, () => undefined)
        : withLines(order.lines);
    case 'addLine':
      return withLines([...order.lines, named(hour, change.quantity)]);
    case 'refund':
      return {
        ...order,
        updatedAt,
        paymentStatus: 'partiallyRefunded',
        refundedMinor: (order.refundedMinor ?? 0) + change.minor,
      };
    case 'tag':
      return { ...order, updatedAt, tags: [...new Set([...order.tags, change.tag])] };
    case 'cancel':
      return {
        ...withLines(order.lines.map((line) => ({ ...line, cancelled: line.quantity - line.shipped }))),
        cancelReason: 'customerRequest',
      };
  }
};

/** All that a shop says of an order in its life, each word an hour after the one before. */
const historyOf = (steps: readonly Step[], first: readonly number[]): readonly ExternalOrder[] => {
  const words = [
    shopOrder(
      0,
      first.map((quantity, index) => named(index, quantity)),
    ),
  ];
  for (const [index, one] of steps.entries()) words.push(after(words.at(-1) ?? shopOrder(0, []), one, index + 1));
  return words;
};

/**
 * What was heard, and what the books and the order say in the end. A line that is off the order may have been on it or not; and how much was
 * paid isn't what the newest word alone says: what came in stays in, when the order grows or shrinks afterwards.
 */
const hearing = async (words: readonly ExternalOrder[]) => {
  const scene = await shopScene(8, 8);
  for (const word of words) expect(await scene.hear(word)).toMatchObject({ ok: true });
  const order = await scene.find(await scene.orderId());
  const { levels, lines } = await scene.books();
  expect([levels, lines]).toEqual([[], []]);
  return {
    status: order.status,
    hold: order.hold,
    payment: [order.paymentStatus, order.refundedMinor],
    totals: order.totals,
    tags: [...order.tags].sort(),
    toldAt: order.source.kind === 'channel' && order.source.updatedAt,
    lines: order.lines
      .filter(({ ordered }) => ordered > 0)
      .map((line) => [
        line.external?.lineId,
        line.ordered,
        line.pending,
        line.reserved + line.backordered,
        line.shipped,
        line.cancelled,
      ])
      .sort(),
  };
};

/** The history in any order, with any word said again any number of times. */
const anyOrderOf = (length: number): fc.Arbitrary<readonly number[]> =>
  fc
    .tuple(
      fc.shuffledSubarray([...Array(length).keys()], { minLength: length }),
      fc.array(fc.nat({ max: length - 1 }), { maxLength: 6 }),
      fc.nat(),
    )
    .map(([once, again, at]) =>
      again.reduce<number[]>((all, word, n) => all.toSpliced((at * (n + 1)) % (all.length + 1), 0, word), [...once]),
    );

const story = (steps: fc.Arbitrary<Step>) =>
  fc
    .tuple(fc.array(steps, { maxLength: 6 }), fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }))
    .map(([changes, first]) => historyOf(changes, first))
    .chain((history) => anyOrderOf(history.length).map((order) => ({ history, order })));

it('ends with what the newest word says, in whatever order and however often a shop tells', async () => {
  await fc.assert(
    fc.asyncProperty(story(step), async ({ history, order }) => {
      const last = history.at(-1);
      const heard = await hearing(order.flatMap((index) => history[index] ?? []));
      expect(heard).toEqual(await hearing(last ? [last] : []));
    }),
    { numRuns: 40 },
  );
});

it('does so for units that were shipped elsewhere, too', async () => {
  await fc.assert(
    fc.asyncProperty(story(fc.oneof(step, shipping)), async ({ history, order }) => {
      const last = history.at(-1);
      const heard = await hearing(order.flatMap((index) => history[index] ?? []));
      expect(heard).toEqual(await hearing(last ? [last] : []));
    }),
    { numRuns: 40 },
  );
});

it('ends with the same word whichever of two of one moment comes first, where the shop cannot be asked', async () => {
  await fc.assert(
    fc.asyncProperty(story(step), async ({ history }) => {
      const words = history.map((word) => ({ ...word, updatedAt: shopOrder(1, []).updatedAt }));
      expect(await hearing([...words, ...words])).toEqual(await hearing([...words, ...words.toReversed()]));
    }),
    { numRuns: 30 },
  );
});
