import {
  type Allocation,
  type AllocationPolicy,
  allocate,
  available,
  type Books,
  type Demand,
  type FallenLow,
  type Item,
  lineUnits,
  lowStockEvent,
  lowStockWatch,
  type Occasion,
  openBooks,
  reserve,
  type Shelf,
  type Shortfall,
  type StockChange,
  type Take,
} from '../inventory/index.js';
import { type Actor, bug, err, type IdSource, type LimitReached, type Once, ok, type Result } from '../kernel/index.js';
import { type DraftLine, type OrderDraft, totalsOf } from './draft.js';
import { type Goods, goodsOf } from './goods.js';
import { type Order, OrderId } from './order.js';
import { type OrderLine, OrderLineId } from './order-line.js';
import { amountsAtFirst, promisedUntil } from './payment.js';
import { statusOfLines } from './status.js';
import { type OrderChange, placed } from './timeline.js';
import { allotWithin } from './within-orders-of-month.js';

/** One order that somebody wants placed. */
export type PlacementRequest = {
  readonly actor: Actor;
  readonly draft: OrderDraft;
  readonly once?: Once | undefined;
  /** How many orders of a month the plan includes. Without it, as for what a shop has sold, nothing limits this one. */
  readonly monthlyLimit?: number | null | undefined;
};

/** What a batch of placements is decided on. The shelves are locked; `numbers` holds a fresh order number for each request. */
export type Situation = {
  readonly now: Date;
  readonly shelves: readonly Shelf[];
  /** `waiting` counts the units that earlier orders wait for and could get: a new order gets only what they leave. */
  readonly items: readonly (Pick<Item, 'sku' | 'name' | 'components' | 'lowStockThreshold'> & { readonly waiting: number })[];
  readonly numbers: readonly string[];
  /** The orders of this month before these, in UTC. Counted where one of the requests has a limit. */
  readonly thisMonth?: number | undefined;
};

export type UnknownSku = {
  readonly code: 'order.unknown_sku';
  readonly faults: readonly { readonly path: string; readonly message: string }[];
};
export type InsufficientStock = { readonly code: 'order.insufficient_stock'; readonly shortfalls: readonly Shortfall[] };
export type PlacementRefused = UnknownSku | InsufficientStock | LimitReached;

/** An order to be written, with what it does to stock. */
export type Placement = OrderChange & { readonly stock: StockChange };

/** Decides a whole batch in memory, first come first served. Pure: the same batch on the same situation comes out the same. */
export type DecidePlacements = (
  situation: Situation,
  requests: readonly PlacementRequest[],
) => readonly Result<Placement, PlacementRefused>[];

type KnownItem = Situation['items'][number];
type KnownLine = Goods & { readonly id: OrderLineId; readonly line: DraftLine };

/** How long an unpaid order keeps its promises (design §4.2). */
const PAYMENT_WINDOW_MINUTES = 30;

type Rules = { readonly ids: IdSource; readonly policy: AllocationPolicy; readonly paymentWindowMinutes?: number | undefined };

/**
 * First come first served over the whole batch.
 * - An order from the API that is placed unpaid though it says that it is paid beforehand keeps its promises for the payment window.
 * - From the API an unknown SKU is refused; from a channel, which has sold it already, the order is held and its known lines are promised.
 * - An order that brings an item's stock down to its threshold says so, by an event beside its own.
 * - With `onShortage: 'reject'` an order is promised whole or refused with each shortfall; else what is missing is backordered.
 * - An order that is beyond its `monthlyLimit` is refused, and takes nothing from those behind it.
 */
export const decidePlacements =
  ({ ids, policy, paymentWindowMinutes = PAYMENT_WINDOW_MINUTES }: Rules): DecidePlacements =>
  (situation, requests) => {
    const items = new Map<string, KnownItem>(situation.items.map((item) => [item.sku, item]));
    const resolved = requests.map(({ draft }) => resolveLines(draft, items, ids));
    const askable = resolved.filter((lines) => lines.ok).map((lines) => lines.value);
    const wishes = requests
      .filter((_, index) => resolved[index]?.ok)
      .map(({ draft, monthlyLimit = null }, index) => ({
        demands: demandsOf(askable[index] ?? []),
        onShortage: draft.onShortage,
        monthlyLimit,
      }));
    const shelves = withhold(situation);
    const allotted = allotWithin(situation.thisMonth, wishes, (some) => allocate(shelves, some, policy));
    const books = openBooks(situation.shelves.map(({ level }) => level));
    const watch = lowStockWatch(situation.shelves, situation.items);
    let next = 0;
    return requests.map((request, index) => {
      const lines = resolved[index] ?? bug('every request was resolved');
      if (!lines.ok) return lines;
      const within = allotted[next++] ?? bug('every resolved request was allotted or refused');
      if (!within.ok) return within;
      const allocation = within.value;
      if (!allocation.granted) return err({ code: 'order.insufficient_stock', shortfalls: allocation.shortfalls });
      const number = situation.numbers[index] ?? bug('every request was given a number');
      const accepted = { request, lines: lines.value, allocation, number, now: situation.now, paymentWindowMinutes };
      const placement = place(accepted, books, ids);
      const fallen = watch?.(allocation.takes) ?? [];
      return ok(fallen.length > 0 ? tellingOf(fallen, placement, { actor: request.actor, at: situation.now, ids }) : placement);
    });
  };

const tellingOf = (fallen: readonly FallenLow[], placement: Placement, occasion: Occasion): Placement => ({
  ...placement,
  events: [...placement.events, ...fallen.map((one) => lowStockEvent(occasion, one))],
});

/** The shelves as new orders may see them: what earlier orders wait for is kept back, wherever it is. */
const withhold = ({ shelves, items }: Situation): readonly Shelf[] => {
  const waiting = new Map(items.filter((item) => item.waiting > 0).map((item) => [item.sku, item.waiting]));
  if (waiting.size === 0) return shelves;
  return shelves.map(({ level, location }) => {
    const kept = Math.min(waiting.get(level.sku) ?? 0, location.active ? available(level) : 0);
    waiting.set(level.sku, (waiting.get(level.sku) ?? 0) - kept);
    return { level: { ...level, safetyStock: level.safetyStock + kept }, location };
  });
};

const resolveLines = (
  draft: OrderDraft,
  items: ReadonlyMap<string, KnownItem>,
  ids: IdSource,
): Result<readonly KnownLine[], UnknownSku> => {
  const lines = draft.lines.map((line): KnownLine => ({ id: OrderLineId(ids.next()), line, ...goodsOf(line, items) }));
  if (draft.source.kind === 'channel') return ok(lines);
  const faults = lines.flatMap(({ sku }, index) =>
    sku ? [] : [{ path: `lines[${index}].sku`, message: 'is not a SKU of this organization' }],
  );
  return faults.length > 0 ? err({ code: 'order.unknown_sku', faults }) : ok(lines);
};

const unitsToPromise = ({ quantity, shipped, cancelled }: DraftLine): number => quantity - shipped - cancelled;

const demandsOf = (lines: readonly KnownLine[]): Demand[] =>
  lines.flatMap(({ id, line, sku, components }) =>
    sku && unitsToPromise(line) > 0 ? [{ lineId: id, sku, quantity: unitsToPromise(line), components }] : [],
  );

type Accepted = {
  readonly request: PlacementRequest;
  readonly lines: readonly KnownLine[];
  readonly allocation: Allocation;
  readonly number: string;
  readonly now: Date;
  readonly paymentWindowMinutes: number;
};

const place = (
  { request: { draft, actor }, lines, allocation, number, now, paymentWindowMinutes }: Accepted,
  books: Books,
  ids: IdSource,
): Placement => {
  const occasion = { actor, at: now, ids };
  const id = OrderId(ids.next());
  const taken = takesByLine(allocation.takes);
  const orderLines = lines.map((line) => orderLine(line, lineUnits(taken.get(line.id) ?? [])));
  const unmapped = orderLines.some(({ sku, pending }) => sku === null && pending > 0);
  const totals = totalsOf(draft);
  const order: Order = {
    id,
    number,
    source: draft.source,
    status: unmapped ? 'onHold' : statusOfLines(orderLines),
    hold: unmapped ? 'unmappedSku' : null,
    currency: draft.currency,
    customer: draft.customer,
    shippingAddress: draft.shippingAddress,
    billingAddress: draft.billingAddress,
    lines: orderLines,
    totals,
    paymentStatus: draft.paymentStatus,
    ...amountsAtFirst(draft.paymentStatus, totals, draft.refundedMinor),
    paymentMethod: draft.paymentMethod ?? 'prepaid',
    paymentWindowMinutes: waitsForPayment(draft) ? paymentWindowMinutes : null,
    paymentExpired: false,
    tags: draft.tags,
    placedAt: now,
    purchases: 0,
    version: 1,
  };
  const stock = reserve(books, occasion, allocation.takes, id, promisedUntil(order, now));
  const { isNew, addedLines, entries, events, explanation } = placed(occasion, order, allocation.explanation);
  return { order, isNew, addedLines, entries, events, explanation, stock };
};

/** Design §4.2: what a shop has sold, what is paid on delivery, and what says nothing of payment is promised for good. */
const waitsForPayment = ({ source, paymentStatus, paymentMethod }: OrderDraft): boolean =>
  source.kind === 'api' && paymentStatus === 'pending' && paymentMethod === 'prepaid';

/** What was taken, line by line. */
export const takesByLine = (takes: readonly Take[]): ReadonlyMap<string, readonly Take[]> => {
  const byLine = new Map<string, Take[]>();
  for (const take of takes) {
    const known = byLine.get(take.lineId);
    if (known) known.push(take);
    else byLine.set(take.lineId, [take]);
  }
  return byLine;
};

const orderLine = ({ id, line, sku, components, name }: KnownLine, reserved: number): OrderLine => {
  const wanted = unitsToPromise(line);
  return {
    id,
    sku,
    components,
    name,
    ordered: line.quantity,
    pending: sku === null ? wanted : 0,
    reserved,
    backordered: sku === null ? 0 : wanted - reserved,
    shipped: line.shipped,
    cancelled: line.cancelled,
    returning: 0,
    returned: 0,
    unitPriceMinor: line.unitPriceMinor,
    taxMinor: line.taxMinor,
    discountMinor: line.discountMinor,
    external: line.external,
  };
};
