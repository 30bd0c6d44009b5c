import { type ChangedOrders, type ExternalOrder, ok, type Result, type ShopAskRefused } from '@rappit/domain';
import { refused, unavailable } from '../wire/answers.js';
import { object, required } from '../wire/reading.js';
import { digits } from '../wire/scalars.js';
import { isMissing, noOf, type WooAnswer, type WooSession } from './client.js';
import { afterReading, cursorIn, cursorText, type OrdersCursor } from './cursor.js';
import { externalOrderOf, type WooOrder, wooOrder } from './order.js';
import { rowsOf } from './paging.js';
import { refundedUnitsOf } from './refunds.js';
import { isSold } from './status.js';

const PAGE = 50;
/** Rows move up when an order before them is deleted meanwhile, so each page begins a few rows earlier. */
const ROWS_TWICE = 5;
/** A change may be seen later than it says it was made: the transaction that made it took its time. */
const OVERLAP_MS = 300_000;

/** Null for an order that isn't there, and for one that isn't sold (yet, or any more). */
export const orderById = async (
  session: WooSession,
  externalId: string,
): Promise<Result<ExternalOrder | null, ShopAskRefused>> => {
  if (!/^[1-9]\d{0,19}$/.test(externalId)) return ok(null);
  const answer = await session.ask(`wc/v3/orders/${externalId}`);
  if (!answer.ok) return answer;
  if (isMissing(answer.value)) return ok(null);
  if (!answer.value.isOk) return noOf(answer.value);
  const read = wooOrder(answer.value.json, '');
  if (!read.ok) return refused(`The shop's order can't be read: ${read.error.path}.`);
  return isSold(read.value.status) ? withRefunds(session, read.value) : ok(null);
};

const withRefunds = async (session: WooSession, order: WooOrder): Promise<Result<ExternalOrder, ShopAskRefused>> => {
  const units = await refundedUnitsOf(session, order);
  return units.ok ? ok(externalOrderOf(order, units.value)) : units;
};

/** A moment as the store's database has it. With a zone behind it, it would be taken for the store's local time. */
const gmtText = (at: Date): string => at.toISOString().slice(0, 19);

/**
 * A page of the orders that changed. WooCommerce can't sort by change, so a reading goes by id from its first page to its last, and only
 * within a page the oldest change comes first. There is no end to the window: an order that changes meanwhile would leave it, and those behind
 * would move up.
 */
export const ordersSince = async (session: WooSession, text: string | null): Promise<Result<ChangedOrders, ShopAskRefused>> => {
  const cursor = cursorIn(text);
  const offset = Math.max(0, cursor.offset - ROWS_TWICE);
  const answer = await session.ask('wc/v3/orders', {
    ...{ per_page: PAGE, offset, orderby: 'id', order: 'asc', dates_are_gmt: 'true' },
    ...(cursor.after && { modified_after: gmtText(new Date(cursor.after.getTime() - OVERLAP_MS)) }),
  });
  const rows = answer.ok ? rowsOf(answer.value) : answer;
  if (!answer.ok || !rows.ok) return rows.ok ? unavailable('The shop could not be read.') : rows;
  const told = await toldIn(session, rows.value);
  if (!told.ok) return told;
  const { orders, unreadable, newest } = told.value;
  const more = rows.value.length === PAGE;
  const here: OrdersCursor = {
    ...cursor,
    offset: offset + rows.value.length,
    begun: cursor.begun ?? dateOf(answer.value),
    newest: later(cursor.newest, newest),
  };
  return ok({
    orders,
    unreadable,
    cursor: cursorText(more ? here : afterReading(here)),
    more,
    remaining: remainingOf(answer.value, here.offset),
  });
};

type Told = Pick<ChangedOrders, 'orders' | 'unreadable'> & { readonly newest: Date | null };

const toldIn = async (session: WooSession, rows: readonly unknown[]): Promise<Result<Told, ShopAskRefused>> => {
  const orders: ExternalOrder[] = [];
  const unreadable: { readonly externalId: string | null; readonly path: string }[] = [];
  let newest: Date | null = null;
  for (const row of rows) {
    const read = wooOrder(row, '');
    if (!read.ok) {
      unreadable.push({ externalId: idIn(row), path: read.error.path });
      continue;
    }
    newest = later(newest, read.value.updatedAt);
    if (!isSold(read.value.status)) continue;
    const whole = await withRefunds(session, read.value);
    if (whole.ok) orders.push(whole.value);
    else if (whole.error.code === 'shop.refused') unreadable.push({ externalId: read.value.id, path: 'refunds' });
    else return whole;
  }
  return ok({ orders: orders.sort((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime()), unreadable, newest });
};

const idAlone = object({ id: required('id', digits) });
const idIn = (row: unknown): string | null => {
  const read = idAlone(row, '');
  return read.ok ? read.value.id : null;
};

const later = (one: Date | null, other: Date | null): Date | null => (one && (!other || one > other) ? one : other);

const dateOf = ({ headers }: WooAnswer): Date | null => {
  const at = Date.parse(headers['date'] ?? '');
  return Number.isNaN(at) ? null : new Date(at);
};

const remainingOf = ({ headers }: WooAnswer, handedOut: number): number | null => {
  const total = headers['x-wp-total'] ?? '';
  return /^\d{1,9}$/.test(total) ? Math.max(0, Number(total) - handedOut) : null;
};
