import { type AllocationPolicy, type Item, parseSku, stockedAs } from '../inventory/index.js';
import { bug, type Caller, err, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import type { CancelReason } from './cancel-order.js';
import { lineFaults, MAX_ORDER_LINES, type OrderInvalid } from './draft.js';
import { changeFactsByNews } from './facts-by-news.js';
import { changeLinesByNews } from './lines-by-news.js';
import { lockOrder, type OrderNotFound, type PurchaseInProgress } from './locked-order.js';
import { type ChannelSource, isFartherAlong, type News, type Worth, worthOf } from './news.js';
import type { Order, OrderId } from './order.js';
import type { InvalidTransition } from './status.js';
import type { OrderStores } from './stores.port.js';

/**
 * How the news came, which says what becomes of doubtful ones.
 * `heard`: somebody sent it, and the shop can be asked, so nothing is changed. `read`: the shop was asked, and is believed.
 * `unaskable`: somebody sent it, and nobody can be asked: whichever is farther along counts.
 */
export type Hearing = 'heard' | 'read' | 'unaskable';

export type NewsTaken = { readonly order: Order; readonly outcome: 'updated' | 'known' | 'stale' | 'doubtful' };
export type FollowRefused = OrderNotFound | InvalidTransition | PurchaseInProgress | OrderInvalid | RunRefusal;
export type FollowSource = (
  caller: Caller,
  id: OrderId,
  told: { readonly news: News; readonly hearing: Hearing; readonly cancelReason: CancelReason | null },
) => Promise<Result<NewsTaken, FollowRefused>>;

type Deps = { readonly unitOfWork: UnitOfWork<OrderStores>; readonly ids: IdSource; readonly policy: AllocationPolicy };

/**
 * Takes over what a shop tells of its order: lines, prices, payment, addresses, tags; all of it or nothing, in one transaction.
 * - News older than what was told last, and the same news again, change nothing; however they come, the outcome is that of the newest.
 * - More units are promised like those of a new order, and wait where there is nothing left. Fewer are released, and whoever waits is served.
 * - Units that the shop says were shipped are off what is on hand where they were promised.
 * - Refused while a label is being bought for what is to go, and where the order has ended and would have to begin again.
 */
export const followSource =
  (deps: Deps): FollowSource =>
  (caller, id, { news, hearing, cancelReason }) =>
    deps.unitOfWork.run<NewsTaken, FollowRefused>(caller.organizationId, async (stores) => {
      const items = await itemsOf(stores, news);
      const locked = await lockOrder(
        stores,
        id,
        items.flatMap((item) => [item.sku, ...stockedAs(item)]),
      );
      if (!locked.ok) return locked;
      const { order } = locked.value;
      const source = order.source.kind === 'channel' ? order.source : bug(`order ${id} came from no shop`);
      const taken = takenAs(source, news, hearing);
      if (taken !== 'updated') return ok({ order, outcome: taken });
      const faults = faultsOf(news);
      if (faults.length > 0) return err({ code: 'order.invalid', faults });
      if (JSON.stringify(items) !== JSON.stringify(await itemsOf(stores, news))) return err({ code: 'store.conflict' });
      const occasion = { actor: caller.actor, at: stores.now, ids: deps.ids };
      const changed = await changeLinesByNews(stores, occasion, {
        ...deps,
        locked: locked.value,
        items,
        news,
        source,
        cancelReason,
      });
      if (!changed.ok) return changed;
      return ok({ order: await changeFactsByNews(stores, occasion, { ...changed.value, news, source }), outcome: 'updated' });
    });

const itemsOf = async ({ items }: Pick<OrderStores, 'items'>, { lines }: News): Promise<readonly Item[]> => {
  const skus = lines.flatMap(({ sku }) => {
    const parsed = sku === null ? undefined : parseSku(sku);
    return parsed?.ok ? [parsed.value] : [];
  });
  return skus.length === 0 ? [] : items.findMany([...new Set(skus)]);
};

const outcomes: Readonly<Record<Exclude<Worth, 'doubtful'>, NewsTaken['outcome']>> = {
  older: 'stale',
  same: 'known',
  newer: 'updated',
};

const takenAs = (source: ChannelSource, news: News, hearing: Hearing): NewsTaken['outcome'] => {
  const worth = worthOf(source, news);
  if (worth !== 'doubtful') return outcomes[worth];
  if (hearing === 'heard') return 'doubtful';
  return hearing === 'read' || isFartherAlong(source.lastWord, news.source.lastWord) ? 'updated' : 'stale';
};

/** A shop may take all lines off an order, which a new order may not lack. */
const faultsOf = ({ lines }: News): OrderInvalid['faults'] => [
  ...lines.flatMap((line, index) => lineFaults(line, `lines[${index}]`, true)),
  ...(lines.length > MAX_ORDER_LINES ? [{ path: 'lines', message: `must hold at most ${MAX_ORDER_LINES} lines` }] : []),
];
