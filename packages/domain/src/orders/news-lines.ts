import type { Item, Reservation } from '../inventory/index.js';
import { err, type IdSource, ok, type Result } from '../kernel/index.js';
import type { DraftLine } from './draft.js';
import { type Goods, goodsOf } from './goods.js';
import type { PlannedLines } from './line-edit.js';
import type { PurchaseInProgress } from './locked-order.js';
import type { News } from './news.js';
import type { LastWord, Order, WordOnLine } from './order.js';
import { type OrderLine, OrderLineId } from './order-line.js';
import { freeUnits, openUnits } from './units-off-line.js';

/**
 * An order's lines as news of its shop have them.
 * Of the units that lines have too many, those `leftElsewhere` were shipped, as the shop says, without a label of ours.
 */
export type NewsLines = PlannedLines & {
  readonly leftElsewhere: ReadonlyMap<OrderLineId, number>;
  /** What the news say of each line, as far as it was taken over. */
  readonly words: readonly WordOnLine[];
};

type Given = {
  readonly order: Pick<Order, 'lines'>;
  readonly lastWord: LastWord | undefined;
  readonly open: readonly Reservation[];
  readonly items: readonly Item[];
  readonly ids: IdSource;
};

/** A line as it should be, whose units stand as before; `wanted` are those that are still to leave. */
type Followed = { readonly line: OrderLine; readonly wanted: number; readonly left: number; readonly word: WordOnLine | null };

/**
 * What news make of an order's lines.
 * - What was done here stays: units that we shipped, cancelled or added count beside whatever the shop says of the others.
 * - What is on returns was shipped, whatever the shop says of it later.
 * - A line that the shop tells no more keeps what was shipped or cancelled here, and nothing else.
 * - What comes out hangs on the news and on what was done here, and not on which news were heard in between.
 */
export const linesOfNews = (
  { order, lastWord, open, items, ids }: Given,
  news: Pick<News, 'lines'>,
): Result<NewsLines, PurchaseInProgress> => {
  const told = byPlace(news.lines, ({ external }) => external?.lineId);
  const words = byPlace(lastWord?.lines ?? [], ({ lineId }) => lineId);
  const places = new Map([...byPlace(order.lines, ({ external }) => external?.lineId)].map(([place, line]) => [line, place]));
  const known = new Map<string, Item>(items.map((item) => [item.sku, item]));
  const kept = order.lines.map((line) => {
    const place = places.get(line);
    return place === undefined ? asItIs(line) : follow(line, words.get(place), told.get(place));
  });
  const taken = new Set(places.values());
  const added = [...told].filter(([place]) => !taken.has(place)).map(([, line]) => newLine(line, goodsOf(line, known), ids));
  const inPurchase = order.lines.some(
    (line, index) => openUnits(line) - (kept[index]?.wanted ?? 0) > Math.max(0, freeUnits(line, open)),
  );
  if (inPurchase) return err({ code: 'order.purchase_in_progress' });
  const all = [...kept, ...added];
  const growth = new Map(all.map(({ line, wanted }) => [line.id, wanted - openUnits(line)]));
  return ok({
    lines: all.map(({ line }) => line),
    growth,
    leftElsewhere: new Map(all.map(({ line, left }) => [line.id, Math.min(left, Math.max(0, -(growth.get(line.id) ?? 0)))])),
    words: all.flatMap(({ word }) => word ?? []),
  });
};

/** By the shop's id and, where it tells several lines under one, by the how-manieth it is. */
const byPlace = <Line>(lines: readonly Line[], lineIdOf: (line: Line) => string | undefined): ReadonlyMap<string, Line> => {
  const counts = new Map<string, number>();
  const places = new Map<string, Line>();
  for (const line of lines) {
    const lineId = lineIdOf(line);
    if (lineId === undefined) continue;
    const count = counts.get(lineId) ?? 0;
    counts.set(lineId, count + 1);
    places.set(`${count}\n${lineId}`, line);
  }
  return places;
};

/** Added here: the shop knows nothing of it. */
const asItIs = (line: OrderLine): Followed => ({ line, wanted: openUnits(line), left: 0, word: null });

type Says = Pick<DraftLine, 'quantity' | 'shipped' | 'cancelled'>;
const nothing: Says = { quantity: 0, shipped: 0, cancelled: 0 };

/** Of an order from before last words were kept, whatever may be the shop's doing is. */
const wordAsItSeems = (line: OrderLine, says: Says): Pick<WordOnLine, 'ordered' | 'shipped' | 'cancelled'> => ({
  ordered: line.ordered,
  shipped: Math.min(line.shipped, says.shipped),
  cancelled: Math.min(line.cancelled, says.cancelled),
});

const follow = (line: OrderLine, lastWord: WordOnLine | undefined, told: DraftLine | undefined): Followed => {
  const says = told ?? nothing;
  const word = lastWord ?? wordAsItSeems(line, says);
  const [addedHere, shippedHere, cancelledHere] = [
    line.ordered - word.ordered,
    line.shipped - word.shipped,
    line.cancelled - word.cancelled,
  ];
  const onReturns = line.returning + line.returned;
  const elsewhere = Math.max(0, says.shipped - shippedHere, onReturns - shippedHere);
  const shipped = shippedHere + elsewhere;
  const untold = Math.max(0, shippedHere - says.shipped);
  const toShip = says.quantity - says.shipped - says.cancelled;
  const wanted = Math.max(0, toShip + addedHere - cancelledHere - untold);
  const givenUp = Math.max(0, says.quantity + addedHere - shipped - cancelledHere - wanted);
  const cancelled = cancelledHere + givenUp;
  const ordered = shipped + cancelled + wanted;
  const prices = told && pricesOf(line, lastWord, told);
  return {
    line: { ...line, ...prices, ordered, shipped, cancelled },
    wanted,
    left: Math.max(0, elsewhere - word.shipped),
    word: {
      ...priced(told ?? line),
      lineId: line.external?.lineId ?? '',
      ordered: ordered - addedHere,
      shipped: elsewhere,
      cancelled: givenUp,
    },
  };
};

const priced = ({
  unitPriceMinor,
  taxMinor,
  discountMinor,
}: Pick<WordOnLine, 'unitPriceMinor' | 'taxMinor' | 'discountMinor'>) => ({
  unitPriceMinor,
  taxMinor,
  discountMinor,
});

/** Those that the shop has changed. */
const pricesOf = (line: OrderLine, word: WordOnLine | undefined, told: DraftLine) => {
  const price = (name: 'unitPriceMinor' | 'taxMinor' | 'discountMinor'): number =>
    word && word[name] === told[name] ? line[name] : told[name];
  return { unitPriceMinor: price('unitPriceMinor'), taxMinor: price('taxMinor'), discountMinor: price('discountMinor') };
};

const newLine = (told: DraftLine, goods: Goods, ids: IdSource): Followed => {
  const { quantity, shipped, cancelled, external } = told;
  const line = {
    ...goods,
    ...priced(told),
    id: OrderLineId(ids.next()),
    ordered: quantity,
    pending: 0,
    reserved: 0,
    backordered: 0,
    shipped,
    cancelled,
    returning: 0,
    returned: 0,
    external,
  };
  return { line, wanted: quantity - shipped - cancelled, left: 0, word: external && wordOn(told, external.lineId) };
};

/** What a shop says of a line that is taken over as it is. */
export const wordOn = (told: DraftLine, lineId: string): WordOnLine => {
  const { quantity, shipped, cancelled } = told;
  return { ...priced(told), lineId, ordered: quantity, shipped, cancelled };
};
