import type { Sku } from '../inventory/index.js';
import { err, ok, type Result } from '../kernel/index.js';
import type { OrderLine, OrderLineId } from '../orders/index.js';
import type { ReturnCondition, ReturnLine, ReturnPart } from './return.js';

const cameOf = ({ sellable, damaged }: ReturnPart): number => sellable + damaged;

/** Units of a line that came back whole; of a kit, those of which every component did. */
export const wholeUnits = ({ parts }: Pick<ReturnLine, 'parts'>): number =>
  Math.min(...parts.map((part) => Math.floor(cameOf(part) / part.quantity)));

/** Units of a line of which something came back. */
export const touchedUnits = ({ parts }: Pick<ReturnLine, 'parts'>): number =>
  Math.max(...parts.map((part) => Math.ceil(cameOf(part) / part.quantity)));

/** How many of a part are still to come back. */
const awaited = ({ quantity, cancelled }: ReturnLine, part: ReturnPart): number =>
  (quantity - cancelled) * part.quantity - cameOf(part);

/** Nothing more is to come. */
export const isComplete = (lines: readonly ReturnLine[]): boolean =>
  lines.every((line) => line.parts.every((part) => awaited(line, part) === 0));

/** Without the units of which nothing came back: they may be asked for once more. A kit that came back in part stays. */
export const withoutAwaited = (lines: readonly ReturnLine[]): readonly ReturnLine[] =>
  lines.map((line) => ({ ...line, cancelled: line.quantity - touchedUnits(line) }));

/** What order lines say of their returns after one of them went from the one to the other; none is what it was before it was there. */
export const orderLinesAfter = (
  orderLines: readonly OrderLine[],
  before: readonly ReturnLine[],
  after: readonly ReturnLine[],
): readonly OrderLine[] =>
  orderLines.map((line) => {
    const [was, is] = [before, after].map((lines) => countsOf(lines.find(({ orderLineId }) => orderLineId === line.id)));
    if (!was || !is) return line;
    return {
      ...line,
      returning: line.returning + is.returning - was.returning,
      returned: line.returned + is.returned - was.returned,
    };
  });

const countsOf = (line: ReturnLine | undefined): Pick<OrderLine, 'returning' | 'returned'> => {
  if (!line) return { returning: 0, returned: 0 };
  const returned = wholeUnits(line);
  return { returning: line.quantity - line.cancelled - returned, returned };
};

/** Goods that arrived. `quantity` counts units of the line; where a component of a kit is named, units of that. */
export type Arrived = {
  readonly lineId: OrderLineId;
  readonly sku: Sku | null;
  readonly quantity: number;
  readonly condition: ReturnCondition;
};

/** The return has no such line, or its goods no such component. */
export type ReturnLineUnknown = { readonly code: 'return.line_not_found'; readonly path: string };
/** More than the return still awaits, or than may be returned at all; `available` is what may. */
export type ReturnQuantityExceeded = {
  readonly code: 'return.quantity_exceeded';
  readonly path: string;
  readonly available: number;
};

export type Goods = { readonly sku: Sku; readonly quantity: number; readonly condition: ReturnCondition };
export type Taken = { readonly lines: readonly ReturnLine[]; readonly goods: readonly Goods[] };

/** The lines after goods arrived, and how many of each SKU in what condition: of a kit its components. */
export const taking = (
  lines: readonly ReturnLine[],
  arrived: readonly Arrived[],
): Result<Taken, ReturnLineUnknown | ReturnQuantityExceeded> => {
  let taken: Taken = { lines, goods: [] };
  for (const [index, one] of arrived.entries()) {
    const line = taken.lines.find(({ orderLineId }) => orderLineId === one.lineId);
    const parts = line?.parts.filter(({ sku }) => namesWhole(one, line) || sku === one.sku) ?? [];
    if (!line || parts.length === 0)
      return err({ code: 'return.line_not_found', path: `lines[${index}].${line ? 'sku' : 'lineId'}` });
    const unitsOf = (part: ReturnPart): number => (namesWhole(one, line) ? part.quantity : 1);
    const available = Math.min(...parts.map((part) => Math.floor(awaited(line, part) / unitsOf(part))));
    if (one.quantity > available) return err({ code: 'return.quantity_exceeded', path: `lines[${index}].quantity`, available });
    const goods = parts.map((part) => ({
      sku: part.sku,
      quantity: one.quantity * unitsOf(part),
      condition: one.condition,
    }));
    taken = {
      lines: taken.lines.map((other) => (other === line ? withGoods(line, goods) : other)),
      goods: [...taken.goods, ...goods],
    };
  }
  return ok(taken);
};

/** A kit is named as a whole when none of its components is. */
const namesWhole = ({ sku }: Arrived, line: ReturnLine): boolean => sku === null || sku === line.sku;

const withGoods = (line: ReturnLine, goods: readonly Goods[]): ReturnLine => ({
  ...line,
  parts: line.parts.map((part) => {
    const mine = goods.find(({ sku }) => sku === part.sku);
    return mine ? { ...part, [mine.condition]: part[mine.condition] + mine.quantity } : part;
  }),
});
