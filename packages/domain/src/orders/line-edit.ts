import { type Item, parseSku, type Reservation } from '../inventory/index.js';
import { err, type IdSource, isCount, MAX_QUANTITY, ok, type Result } from '../kernel/index.js';
import type { LineUnknown } from './cancel-order.js';
import type { UnknownSku } from './decide-placements.js';
import { type DraftLine, lineFaults, MAX_ORDER_LINES, type OrderInvalid } from './draft.js';
import type { PurchaseInProgress } from './locked-order.js';
import type { Order } from './order.js';
import { type OrderLine, OrderLineId } from './order-line.js';
import { freeUnits } from './units-off-line.js';

/**
 * A line as it should be. `quantity` is what is ordered of it, shipped and cancelled units included; 0 takes it off the order.
 * Tax and discount of the whole line that aren't named change in proportion to the quantity.
 */
export type LineEdit = {
  readonly lineId: OrderLineId;
  readonly quantity: number;
  readonly unitPriceMinor?: number | undefined;
  readonly taxMinor?: number | undefined;
  readonly discountMinor?: number | undefined;
};
export type AddedLine = Pick<DraftLine, 'name' | 'quantity' | 'unitPriceMinor' | 'taxMinor' | 'discountMinor'> & {
  readonly sku: string;
};

/** `onShortage`: whether an edit that asks for more than there is, is refused whole, or what is missing waits. */
export type LinesEdit = {
  readonly change: readonly LineEdit[];
  readonly add: readonly AddedLine[];
  readonly onShortage: 'reject' | 'backorder';
};

/** Less than has left already, or was cancelled; `least` is what it may be. */
export type BelowShipped = { readonly code: 'order.below_shipped'; readonly path: string; readonly least: number };
/** Nothing would be left to ship: an order is emptied by cancelling it, with a reason. */
export type NothingLeft = { readonly code: 'order.nothing_left' };
export type LinesRefused = OrderInvalid | UnknownSku | LineUnknown | BelowShipped | PurchaseInProgress | NothingLeft;

type KnownItem = Pick<Item, 'sku' | 'name' | 'components'>;

/** Lines with their new quantities and prices, whose units stand as before: so many have to go, or to come, to make them add up. */
export type PlannedLines = { readonly lines: readonly OrderLine[]; readonly growth: ReadonlyMap<OrderLineId, number> };

type Given = {
  readonly order: Order;
  readonly open: readonly Reservation[];
  readonly items: readonly KnownItem[];
  readonly ids: IdSource;
};

/** What an edit makes of an order's lines, or every reason why not. */
export const planLines = (given: Given, edit: LinesEdit): Result<PlannedLines, LinesRefused> => {
  const added = addedLines(given, edit.add);
  if (!added.ok) return added;
  const changed = changedLines(given, edit.change);
  if (!changed.ok) return changed;
  const lines = [...changed.value, ...added.value];
  const faults = edit.change.flatMap(({ lineId, quantity }, index) => {
    const line = lines.find(({ id }) => id === lineId);
    return line && quantity > 0
      ? lineFaults({ ...line, quantity, shipped: 0, cancelled: 0 }, `changeLines[${index}]`, false)
      : [];
  });
  if (lines.length > MAX_ORDER_LINES) faults.push({ path: 'addLines', message: `would make more than ${MAX_ORDER_LINES} lines` });
  if (faults.length > 0) return err({ code: 'order.invalid', faults });
  if (lines.every(({ ordered, shipped, cancelled }) => ordered === shipped + cancelled))
    return err({ code: 'order.nothing_left' });
  const before = new Map(given.order.lines.map((line) => [line.id, line.ordered]));
  return ok({ lines, growth: new Map(lines.map(({ id, ordered }) => [id, ordered - (before.get(id) ?? 0)])) });
};

const addedLines = (
  { items, ids }: Given,
  add: readonly AddedLine[],
): Result<readonly OrderLine[], OrderInvalid | UnknownSku> => {
  const faults = add.flatMap((line, index) => lineFaults({ ...line, shipped: 0, cancelled: 0 }, `addLines[${index}]`, false));
  if (faults.length > 0) return err({ code: 'order.invalid', faults });
  const found = add.map(({ sku }) => {
    const parsed = parseSku(sku);
    return parsed.ok ? items.find((item) => item.sku === parsed.value) : undefined;
  });
  const unknown = found.flatMap((item, index) =>
    item ? [] : [{ path: `addLines[${index}].sku`, message: 'is not a SKU of this organization' }],
  );
  if (unknown.length > 0) return err({ code: 'order.unknown_sku', faults: unknown });
  return ok(add.flatMap((line, index) => newLine(line, found[index], ids)));
};

const newLine = (
  { name, quantity, unitPriceMinor, taxMinor, discountMinor }: AddedLine,
  item: KnownItem | undefined,
  ids: IdSource,
) =>
  item
    ? [
        {
          id: OrderLineId(ids.next()),
          sku: item.sku,
          components: item.components,
          name: name ?? item.name,
          ordered: quantity,
          pending: 0,
          reserved: 0,
          backordered: 0,
          shipped: 0,
          cancelled: 0,
          returning: 0,
          returned: 0,
          unitPriceMinor,
          taxMinor,
          discountMinor,
          external: null,
        },
      ]
    : [];

const changedLines = (
  { order, open }: Given,
  change: readonly LineEdit[],
): Result<readonly OrderLine[], OrderInvalid | LineUnknown | BelowShipped | PurchaseInProgress> => {
  const lines = new Map(order.lines.map((line) => [line.id, line]));
  for (const [index, edit] of change.entries()) {
    const line = order.lines.find(({ id, ordered }) => id === edit.lineId && ordered > 0);
    const path = `changeLines[${index}]`;
    if (!line) return err({ code: 'order.line_not_found' });
    if (lines.get(line.id) !== line)
      return err({ code: 'order.invalid', faults: [{ path: `${path}.lineId`, message: 'names a line a second time' }] });
    if (!isCount(edit.quantity))
      return err({
        code: 'order.invalid',
        faults: [{ path: `${path}.quantity`, message: `must be an integer from 0 to ${MAX_QUANTITY}` }],
      });
    const least = line.shipped + line.cancelled;
    if (edit.quantity < least) return err({ code: 'order.below_shipped', path: `${path}.quantity`, least });
    if (line.ordered - edit.quantity > freeUnits(line, open)) return err({ code: 'order.purchase_in_progress' });
    lines.set(line.id, {
      ...line,
      ordered: edit.quantity,
      unitPriceMinor: edit.unitPriceMinor ?? line.unitPriceMinor,
      taxMinor: edit.taxMinor ?? inProportion(line.taxMinor, line.ordered, edit.quantity),
      discountMinor: edit.discountMinor ?? inProportion(line.discountMinor, line.ordered, edit.quantity),
    });
  }
  return ok([...lines.values()]);
};

/** Rounded to whole minor units, half up; exact however large. */
const inProportion = (minor: number, before: number, after: number): number =>
  before === after ? minor : Number((BigInt(minor) * BigInt(after) * 2n + BigInt(before)) / (BigInt(before) * 2n));
