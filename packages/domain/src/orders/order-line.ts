import { type Component, type Sku, stockedAs } from '../inventory/index.js';
import type { Brand } from '../kernel/index.js';

export type OrderLineId = Brand<string, 'OrderLineId'>;
export const OrderLineId = (text: string): OrderLineId => text as OrderLineId;

/**
 * One line. I4: `ordered = pending + reserved + backordered + shipped + cancelled`, where pending units weren't tried yet.
 * A line without a SKU names goods that we don't know: it waits until somebody maps it.
 */
export type OrderLine = {
  readonly id: OrderLineId;
  readonly sku: Sku | null;
  /** What one unit was put together from when the order was placed, if it is a kit. All counts of the line are kits then. */
  readonly components: readonly Component[] | null;
  readonly name: string;
  readonly ordered: number;
  readonly pending: number;
  readonly reserved: number;
  readonly backordered: number;
  readonly shipped: number;
  readonly cancelled: number;
  /** Of what was shipped, what is to come back: units on returns, until they came back whole or the return was given up. */
  readonly returning: number;
  /** Of what was shipped, what came back. */
  readonly returned: number;
  readonly unitPriceMinor: number;
  /** Of the whole line. */
  readonly taxMinor: number;
  /** Of the whole line. */
  readonly discountMinor: number;
  /** What the shop calls the line, its variant and its SKU, whether or not we know it. */
  readonly external: { readonly lineId: string; readonly variantId: string | null; readonly sku: string | null } | null;
};

/** I4, for one line. */
export const addsUp = (line: OrderLine): boolean =>
  line.ordered === line.pending + line.reserved + line.backordered + line.shipped + line.cancelled &&
  [line.pending, line.reserved, line.backordered, line.shipped, line.cancelled].every((units) => units >= 0);

/**
 * How many units of a line were shipped, of a kit how many kits: those whose labels are bought, over all shipments. What is still being
 * bought doesn't count; what a cancelled shipment gave back counts no more, so that it may fall until a parcel is on its way.
 */
export const shippedUnits = (lines: readonly Pick<OrderLine, 'id' | 'shipped'>[], id: OrderLineId): number =>
  lines.find((line) => line.id === id)?.shipped ?? 0;

/** Shipped units of a line that are on no return yet: the only place that says what may be returned. */
export const returnable = (line: OrderLine): number => shippedUnits([line], line.id) - line.returning - line.returned;

/** No more is on returns than was shipped, for one line. */
export const returnsFit = (line: OrderLine): boolean => line.returning >= 0 && line.returned >= 0 && returnable(line) >= 0;

/** Something was shipped, and all of it came back. */
export const isAllBack = (lines: readonly OrderLine[]): boolean =>
  lines.some(({ shipped }) => shipped > 0) && lines.every(({ shipped, returned }) => shipped === returned);

/** The SKUs whose stock lines need, each once, in code-point order. */
export const stockSkusOf = (lines: readonly Pick<OrderLine, 'sku' | 'components'>[]): readonly Sku[] =>
  [...new Set(lines.flatMap(({ sku, components }) => (sku ? stockedAs({ sku, components }) : [])))].sort();
