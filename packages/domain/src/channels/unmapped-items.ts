import type { AllocationPolicy, Item, ItemNotFound, Sku } from '../inventory/index.js';
import {
  type Caller,
  err,
  type IdSource,
  type OrganizationId,
  type Result,
  type RunRefusal,
  system,
  type UnitOfWork,
} from '../kernel/index.js';
import { type GoodsRefused, giveUpUnknown, nameGoods, type Order, OrderId, type OrderLineId } from '../orders/index.js';
import { ChannelId } from './channel.js';
import type { ChannelStores, NameableLine } from './stores.port.js';

/** No line of that id waits for its goods to be named. */
export type UnmappedItemNotFound = { readonly code: 'unmapped_item.not_found' };
export type ResolveRefused =
  | UnmappedItemNotFound
  | ItemNotFound
  | Exclude<GoodsRefused, { code: 'order.line_not_found' }>
  | RunRefusal;
export type IgnoreRefused = Exclude<ResolveRefused, ItemNotFound>;

type Deps = { readonly unitOfWork: UnitOfWork<ChannelStores>; readonly ids: IdSource; readonly policy: AllocationPolicy };

/**
 * Says which item a line of a shop's order is of. The shop's variant is listed as that item from now on, and the order goes on when it
 * waited for nothing else. Other orders of the variant are `nameKnownGoods`'s.
 */
export const resolveUnmapped =
  ({ unitOfWork, ids, policy }: Deps) =>
  (caller: Caller, lineId: OrderLineId, sku: Sku): Promise<Result<Order, ResolveRefused>> =>
    unitOfWork.run<Order, ResolveRefused>(
      caller.organizationId,
      async (stores) => {
        const { channels, items, now } = stores;
        const unmapped = await channels.unmappedItem(lineId);
        if (!unmapped) return err({ code: 'unmapped_item.not_found' });
        const item = await items.lock(sku);
        if (!item) return err({ code: 'item.not_found' });
        const { externalVariantId } = unmapped;
        const channelId = ChannelId(unmapped.channelId);
        if (externalVariantId !== null) await channels.saveListing({ channelId, externalVariantId, sku });
        const occasion = { actor: caller.actor, at: now, ids };
        const goods = new Map([[lineId, item]]);
        return named(await nameGoods(stores, occasion, { id: OrderId(unmapped.orderId), goods, policy }));
      },
      caller.once,
    );

/** Gives up what a line of a shop's order wants of goods that nobody is going to name. The order goes on when it waited for nothing else. */
export const ignoreUnmapped =
  ({ unitOfWork, ids }: Omit<Deps, 'policy'>) =>
  (caller: Caller, lineId: OrderLineId): Promise<Result<Order, IgnoreRefused>> =>
    unitOfWork.run<Order, IgnoreRefused>(
      caller.organizationId,
      async (stores) => {
        const unmapped = await stores.channels.unmappedItem(lineId);
        if (!unmapped) return err({ code: 'unmapped_item.not_found' });
        const occasion = { actor: caller.actor, at: stores.now, ids };
        return named(await giveUpUnknown(stores, occasion, { id: OrderId(unmapped.orderId), lineId }));
      },
      caller.once,
    );

/** Somebody was quicker: the line waits no more. */
const named = (changed: Result<Order, GoodsRefused>): Result<Order, IgnoreRefused> =>
  changed.ok || changed.error.code !== 'order.line_not_found'
    ? (changed as Result<Order, IgnoreRefused>)
    : err({ code: 'unmapped_item.not_found' });

/** How many lines are looked for at once. */
const LINES_AT_ONCE = 100;

/**
 * Names the goods of lines that waited for it, once their variant is listed or their SKU is an item's; answers how many orders it did so
 * for. An order that can't go on holds up no other.
 */
export const nameKnownGoods =
  ({ unitOfWork, ids, policy }: Deps) =>
  async (organizationId: OrganizationId): Promise<number> => {
    const lines = await unitOfWork.read(organizationId, ({ channels }) => channels.nameable(LINES_AT_ONCE));
    let done = 0;
    for (const orderId of new Set(lines.map((line) => line.orderId))) {
      const named = await unitOfWork.run(organizationId, async (stores) => {
        const occasion = { actor: system('backlog'), at: stores.now, ids };
        const goods = await goodsOf(
          stores,
          lines.filter((line) => line.orderId === orderId),
        );
        return nameGoods(stores, occasion, { id: orderId, goods, policy });
      });
      if (named.ok) done += 1;
    }
    return done;
  };

const goodsOf = async (
  { items }: Pick<ChannelStores, 'items'>,
  lines: readonly NameableLine[],
): Promise<ReadonlyMap<OrderLineId, Item>> => {
  const goods = new Map<OrderLineId, Item>();
  for (const { orderLineId, sku } of lines.toSorted((one, other) => (one.sku < other.sku ? -1 : 1))) {
    const item = await items.lock(sku);
    if (item) goods.set(orderLineId, item);
  }
  return goods;
};
