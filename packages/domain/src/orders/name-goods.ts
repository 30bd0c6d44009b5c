import type { AllocationPolicy, Item, Occasion } from '../inventory/index.js';
import { stockedAs } from '../inventory/index.js';
import { err, ok, type Result, type StoreConflict } from '../kernel/index.js';
import { advanceAlong } from './advance-along.js';
import type { LineUnknown } from './cancel-order.js';
import { lockOrder, type OrderNotFound } from './locked-order.js';
import { statusAfterNews } from './news-status.js';
import type { Order, OrderId } from './order.js';
import type { OrderLine, OrderLineId } from './order-line.js';
import { settleStock } from './settle-stock.js';
import type { InvalidTransition } from './status.js';
import type { OrderStores } from './stores.port.js';
import type { Told } from './timeline.js';

export type GoodsRefused = OrderNotFound | LineUnknown | InvalidTransition | StoreConflict;

/** Lines of an order whose goods nobody knew. */
type UnknownGoods = { readonly id: OrderId; readonly policy: AllocationPolicy };

/**
 * Says which items lines are of whose goods nobody knew. Their units wait for stock from then on, in the order's old place, and get what is
 * there at once; an order that was held for them goes on when none is left. Lines of known goods stay as they are.
 */
export const nameGoods = async (
  stores: OrderStores,
  occasion: Occasion,
  { id, policy, goods }: UnknownGoods & { readonly goods: ReadonlyMap<OrderLineId, Item> },
): Promise<Result<Order, GoodsRefused>> => {
  const items = [...goods.values()];
  const skus = items.flatMap((item) => [item.sku, ...stockedAs(item)]);
  const locked = await lockOrder(stores, id, skus);
  if (!locked.ok) return locked;
  const { order, shelves } = locked.value;
  const told: string[] = [];
  const lines = order.lines.map((line) => {
    const item = goods.get(line.id);
    if (!item || line.sku !== null) return line;
    told.push(`${line.name}: ${item.sku}`);
    return { ...line, ...waiting(line), sku: item.sku, components: item.components };
  });
  if (told.length === 0) return err({ code: 'order.line_not_found' });
  const saved = await saveLines(stores, occasion, { order, lines, told: { what: 'edited', text: told.join(', ') } });
  if (!saved.ok) return saved;
  await settleStock(stores, occasion, { before: shelves, now: shelves }, policy);
  return ok((await stores.orders.find(id)) ?? saved.value);
};

const waiting = ({ pending, backordered }: OrderLine) => ({ pending: 0, backordered: backordered + pending });

/** Gives up units of goods that nobody is going to name, such as those of a gift card. An order that was held for them goes on. */
export const giveUpUnknown = async (
  stores: OrderStores,
  occasion: Occasion,
  { id, lineId }: { readonly id: OrderId; readonly lineId: OrderLineId },
): Promise<Result<Order, GoodsRefused>> => {
  const [order] = await stores.orders.lock([id]);
  if (!order) return err({ code: 'order.not_found' });
  const given = order.lines.find((line) => line.id === lineId && line.sku === null && line.pending > 0);
  if (!given) return err({ code: 'order.line_not_found' });
  const lines = order.lines.map((line) =>
    line === given ? { ...line, pending: 0, cancelled: line.cancelled + line.pending } : line,
  );
  const text = `other: ${given.pending} × ${given.name}`;
  return saveLines(stores, occasion, { order, lines, told: { what: 'linesCancelled', text } });
};

type Saving = { readonly order: Order; readonly lines: readonly OrderLine[]; readonly told: Told };

const saveLines = async (
  { orders }: OrderStores,
  occasion: Occasion,
  { order, lines, told }: Saving,
): Promise<Result<Order, InvalidTransition>> => {
  const standing = statusAfterNews(order, lines, told.what === 'edited');
  const what = standing.status === 'cancelled' ? { ...told, what: 'cancelled' as const } : told;
  const changes = advanceAlong(occasion, order, { change: { lines, ...standing }, told: what, action: 'edit' });
  if (!changes.ok) return changes;
  for (const change of changes.value) await orders.save(change);
  return ok(changes.value.at(-1)?.order ?? order);
};
