import { type Address, err, isQuantity, MAX_QUANTITY, ok, type Result } from '../kernel/index.js';
import type { Customer, OrderSource, PaymentMethod, PaymentStatus, Totals } from './order.js';

export const MAX_ORDER_LINES = 1_000;
export const MAX_PRICE_MINOR = 1_000_000_000_000;

/** One line as asked for. `sku` is as the source writes it; null for goods that the source names without one. */
export type DraftLine = {
  readonly sku: string | null;
  /** Null takes the item's own name. */
  readonly name: string | null;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly taxMinor: number;
  readonly discountMinor: number;
  /** Units that were shipped, or given up, before the order came to us: they aren't promised again. */
  readonly shipped: number;
  readonly cancelled: number;
  /** What the shop calls it, whichever SKU it is mapped to. */
  readonly external: { readonly lineId: string; readonly variantId: string | null; readonly sku: string | null } | null;
};

/** An order as it is asked for. */
export type OrderDraft = {
  readonly source: OrderSource;
  readonly currency: string;
  readonly customer: Customer | null;
  readonly shippingAddress: Address | null;
  readonly billingAddress: Address | null;
  readonly lines: readonly DraftLine[];
  readonly shippingMinor: number;
  /** The source's own totals; null lets them be worked out from the lines. */
  readonly totals: Totals | null;
  readonly paymentStatus: PaymentStatus;
  /** Null when the source doesn't say. */
  readonly paymentMethod: PaymentMethod | null;
  /** What was given back of what was paid, where the source says so. */
  readonly refundedMinor?: number | null | undefined;
  readonly tags: readonly string[];
  readonly onShortage: 'reject' | 'backorder';
};

/** Every fault at once, each with the path of the field. */
export type OrderInvalid = {
  readonly code: 'order.invalid';
  readonly faults: readonly { readonly path: string; readonly message: string }[];
};

const isAmount = (minor: number): boolean => Number.isSafeInteger(minor) && minor >= 0 && minor <= MAX_PRICE_MINOR;

/** Checks what the types can't say: counts, ranges, sums. */
export const checkDraft = (draft: OrderDraft): Result<OrderDraft, OrderInvalid> => {
  const sold = draft.source.kind === 'channel';
  const faults = draft.lines.flatMap((line, index) => lineFaults(line, `lines[${index}]`, sold));
  const fault = (path: string, message: string): unknown => faults.push({ path, message });
  if (draft.lines.length < 1 || draft.lines.length > MAX_ORDER_LINES) fault('lines', `must hold 1 to ${MAX_ORDER_LINES} lines`);
  if (!/^[A-Z]{3}$/.test(draft.currency)) fault('currency', 'must be an ISO 4217 code');
  if (!isAmount(draft.shippingMinor)) fault('shippingMinor', `must be an integer from 0 to ${MAX_PRICE_MINOR}`);
  if (faults.length === 0 && !Object.values(totalsOf(draft)).every(Number.isSafeInteger))
    fault('lines', 'add up to more than can be counted exactly');
  return faults.length > 0 ? err({ code: 'order.invalid', faults }) : ok(draft);
};

type PricedLine = Omit<DraftLine, 'sku' | 'name' | 'external'>;

/** What a shop has sold, it has sold for whatever it says; from the API a line can't cost less than nothing. */
export const lineFaults = (line: PricedLine, path: string, sold: boolean): { path: string; message: string }[] => {
  const faults: { path: string; message: string }[] = [];
  if (!isQuantity(line.quantity))
    faults.push({ path: `${path}.quantity`, message: `must be an integer from 1 to ${MAX_QUANTITY}` });
  for (const field of ['unitPriceMinor', 'taxMinor', 'discountMinor'] as const)
    if (!isAmount(line[field]))
      faults.push({ path: `${path}.${field}`, message: `must be an integer from 0 to ${MAX_PRICE_MINOR}` });
  if (!sold && line.discountMinor > line.unitPriceMinor * line.quantity)
    faults.push({ path: `${path}.discountMinor`, message: 'must not be more than the line costs' });
  const gone = line.shipped + line.cancelled;
  const counted = [line.shipped, line.cancelled].every((units) => Number.isSafeInteger(units) && units >= 0);
  if (!counted || gone > line.quantity)
    faults.push({ path: `${path}.shipped`, message: 'and cancelled must fit into the quantity' });
  return faults;
};

/** The source's own totals, or the sums of the lines and the shipping. */
export const totalsOf = (draft: OrderDraft): Totals => {
  if (draft.totals) return draft.totals;
  const sum = (part: (line: DraftLine) => number): number => draft.lines.reduce((total, line) => total + part(line), 0);
  const subtotalMinor = sum((line) => line.unitPriceMinor * line.quantity);
  const discountMinor = sum((line) => line.discountMinor);
  const taxMinor = sum((line) => line.taxMinor);
  const { shippingMinor } = draft;
  return {
    subtotalMinor,
    discountMinor,
    taxMinor,
    shippingMinor,
    totalMinor: subtotalMinor - discountMinor + taxMinor + shippingMinor,
  };
};
