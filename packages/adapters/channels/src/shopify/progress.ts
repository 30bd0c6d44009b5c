import { listed, needed, object, optional, type Reader, required } from '../wire/reading.js';
import { filled, moment, units } from '../wire/scalars.js';
import { idOf, numberedId } from './ids.js';
import { type Transaction, transactions } from './refunded.js';

/** What happened to the order since it was placed, as the order tells it. */
export type ShopProgress = {
  readonly cancelledAt: Date | null;
  readonly fulfilment: string | null;
  readonly fulfilments: readonly { readonly status: string | null; readonly lines: readonly { readonly id: string }[] }[];
  readonly refunds: readonly { readonly lines: readonly RefundedLine[]; readonly transactions: readonly Transaction[] }[];
};

type RefundedLine = { readonly id: string; readonly quantity: number };

const fulfilledLine = object({ id: needed('id', idOf('LineItem')) });
const refundedLine = object<RefundedLine>({
  id: needed('line_item_id', numberedId('LineItem', 'line_item_id')),
  quantity: required('quantity', units),
});

export const shopProgress: Reader<ShopProgress> = object<ShopProgress>({
  cancelledAt: optional('cancelled_at', moment),
  fulfilment: filled('fulfillment_status'),
  fulfilments: listed('fulfillments', object({ status: filled('status'), lines: listed('line_items', fulfilledLine) })),
  refunds: listed('refunds', object({ lines: listed('refund_line_items', refundedLine), transactions })),
});

/** The same, asked about one line. */
export type Progress = {
  readonly cancelled: boolean;
  /** Whether the order, or a fulfilment that stands, says that units of the line have left. */
  readonly hasLeft: (lineId: string) => boolean;
  readonly refundedUnits: (lineId: string) => number;
};

/** A fulfilment in one of these holds its units: they left, or somebody is about to send them. The others were given up. */
const standing: ReadonlySet<string | null> = new Set(['success', 'open', 'pending']);

export const progressOf = ({ cancelledAt, fulfilment, fulfilments, refunds }: ShopProgress): Progress => {
  const kept = fulfilments.filter(({ status }) => standing.has(status));
  const left = new Set(kept.flatMap(({ lines }) => lines.map(({ id }) => id)));
  const refunded = new Map<string, number>();
  for (const { id, quantity } of refunds.flatMap(({ lines }) => lines)) refunded.set(id, (refunded.get(id) ?? 0) + quantity);
  return {
    cancelled: cancelledAt !== null,
    hasLeft: (lineId) => fulfilment === 'fulfilled' || left.has(lineId),
    refundedUnits: (lineId) => refunded.get(lineId) ?? 0,
  };
};
