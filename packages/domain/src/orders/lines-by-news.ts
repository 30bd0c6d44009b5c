import { type AllocationExplanation, type AllocationPolicy, type Item, type Occasion, openBooks } from '../inventory/index.js';
import { bug, type IdSource, ok, type Result } from '../kernel/index.js';
import { advanceAlong } from './advance-along.js';
import type { CancelReason } from './cancel-order.js';
import { leaveElsewhere } from './leave-elsewhere.js';
import type { LockedOrder, PurchaseInProgress } from './locked-order.js';
import type { ChannelSource, News } from './news.js';
import { linesOfNews, type NewsLines } from './news-lines.js';
import { statusAfterNews } from './news-status.js';
import { linesInWords, whatOfLines } from './news-words.js';
import type { Order } from './order.js';
import type { OrderLine } from './order-line.js';
import { reshape } from './reshape.js';
import { serveWaiting, shelvesAfter } from './serve-waiting.js';
import { settleStock } from './settle-stock.js';
import type { InvalidTransition } from './status.js';
import type { OrderStores } from './stores.port.js';

export type Following = {
  readonly ids: IdSource;
  readonly policy: AllocationPolicy;
  readonly locked: LockedOrder;
  readonly items: readonly Item[];
  readonly news: News;
  readonly source: ChannelSource;
  readonly cancelReason: CancelReason | null;
};

/** The order with the lines that the news tell of, and what they say of each. */
export type LinesChanged = { readonly order: Order; readonly words: NewsLines['words'] };

/** Makes an order's lines what its shop's news say, and moves the stock that this takes. */
export const changeLinesByNews = async (
  stores: OrderStores,
  occasion: Occasion,
  following: Following,
): Promise<Result<LinesChanged, PurchaseInProgress | InvalidTransition>> => {
  const { locked, policy } = following;
  const first = plan(following, locked);
  if (!first.ok) return first;
  const grows = [...first.value.growth.values()].some((units) => units > 0);
  const standing = grows ? await afterServing(stores, occasion, following) : locked;
  const planned = grows ? plan(following, standing) : first;
  if (!planned.ok) return planned;
  const { order } = standing;
  const { words } = planned.value;
  if (linesInWords(order, planned.value) === '') return ok({ order, words });
  const books = openBooks(standing.shelves.map(({ level }) => level));
  const left = leaveElsewhere(books, occasion, planned.value, standing.open);
  await stores.stock.apply(left.stock);
  const open = await stores.stock.openOf(order.id);
  const reshaping = { order, planned: left.planned, open, shelves: standing.shelves, books };
  const reshaped = reshape(occasion, reshaping, { onShortage: 'backorder', reason: 'changedInShop', policy });
  if (!reshaped.ok) return bug('what is missing of an order that was sold waits');
  const { lines, stock, explanation } = reshaped.value;
  await stores.stock.apply(stock);
  const saved = await saveLines(stores, occasion, { following, order, planned: planned.value, lines, explanation });
  if (!saved.ok) return saved;
  await settleStock(stores, occasion, { before: locked.shelves, now: shelvesAfter(standing.shelves, books) }, policy);
  return ok({ order: (await stores.orders.find(order.id)) ?? saved.value, words });
};

const plan = (
  { items, ids, news, source }: Following,
  { order, open }: Pick<LockedOrder, 'order' | 'open'>,
): Result<NewsLines, PurchaseInProgress> => linesOfNews({ order, lastWord: source.lastWord, open, items, ids }, news);

/** Whoever waits comes first; this order may be one of them. */
const afterServing = async (stores: OrderStores, occasion: Occasion, { locked, policy }: Following): Promise<LockedOrder> => {
  const { shelves } = await serveWaiting(stores, occasion, locked.shelves, policy);
  const order = (await stores.orders.find(locked.order.id)) ?? locked.order;
  return { order, shelves, open: await stores.stock.openOf(order.id) };
};

type Saving = {
  readonly following: Following;
  readonly order: Order;
  readonly planned: NewsLines;
  readonly lines: readonly OrderLine[];
  readonly explanation: AllocationExplanation;
};

const saveLines = async (
  { orders }: OrderStores,
  occasion: Occasion,
  { following, order, planned, lines, explanation }: Saving,
): Promise<Result<Order, InvalidTransition>> => {
  const grew = [...planned.growth.values()].some((units) => units > 0);
  const moved = [...planned.growth.values()].some((units) => units !== 0);
  const { status, hold } = moved ? statusAfterNews(order, lines, grew) : order;
  const told = whatOfLines(order, planned, status === order.status ? null : status, following.cancelReason);
  const explained = explanation.skus.length > 0 ? { explanation } : {};
  const change = { lines, status, hold };
  const changes = advanceAlong(occasion, order, { change, told: { ...told, ...explained }, action: 'edit' });
  if (!changes.ok) return changes;
  for (const one of changes.value) await orders.save(one);
  return ok(changes.value.at(-1)?.order ?? order);
};
