import { ok, type Result, type ShopAskRefused } from '@rappit/domain';
import { refused } from '../wire/answers.js';
import { listed, listOf, object, optional, type Reader, required } from '../wire/reading.js';
import { digits, filled, written } from '../wire/scalars.js';
import type { WooSession } from './client.js';
import type { RefundedUnits, WooOrder } from './order.js';
import { allOf } from './paging.js';

type RefundedLine = {
  readonly quantity: string;
  readonly meta: readonly { readonly key: string | null; readonly value: string | null }[];
};

/** A meta's value may be anything; only an id is wanted. */
const idOrNothing: Reader<string | null> = (value, path) => {
  const read = digits(value, path);
  return read.ok ? read : ok(null);
};

const refunds = listOf(
  object({
    lines: listed(
      'line_items',
      object<RefundedLine>({
        quantity: required('quantity', written),
        meta: listed('meta_data', object({ key: filled('key'), value: optional('value', idOrNothing) })),
      }),
    ),
  }),
);

const refundedId = ({ meta }: RefundedLine): string | undefined =>
  meta.find(({ key }) => key === '_refunded_item_id')?.value ?? undefined;

/** Where it decides something: of an order that was sent or cancelled every unit is accounted for without it. */
const isAskedFor = ({ refunds: given, status }: WooOrder): boolean =>
  given.length > 0 && !['completed', 'cancelled', 'refunded'].includes(status);

/** How many units of each line were refunded. A refund's line has an id of its own, counts below none, and names the line that it is of. */
export const refundedUnitsOf = async (session: WooSession, order: WooOrder): Promise<Result<RefundedUnits, ShopAskRefused>> => {
  if (!isAskedFor(order)) return ok(new Map());
  const rows = await allOf(session, `wc/v3/orders/${order.id}/refunds`);
  if (!rows.ok) return rows;
  const read = refunds(rows.value, 'refunds');
  if (!read.ok) return refused(`The shop's refunds can't be read: ${read.error.path}.`);
  const units = new Map<string, number>();
  for (const line of read.value.flatMap(({ lines }) => lines)) {
    const [id, quantity] = [refundedId(line), Math.abs(Math.trunc(Number(line.quantity)))];
    if (id !== undefined && Number.isSafeInteger(quantity)) units.set(id, (units.get(id) ?? 0) + quantity);
  }
  return ok(units);
};
