import type { SignedDelivery } from '@rappit/simulators/shopify';
import type { Chances } from './chances.js';
import type { ConnectedShops } from './connected-shops.js';

/** So many of what shops tell never arrive, come twice, and come after what happened later. */
export const MISHAPS = { dropped: 0.1, doubled: 0.2, late: 0.2 };

/** What the chaos left in the shops, in numbers. */
export type Chaos = { readonly events: number; readonly told: number; readonly dropped: number; readonly late: number };

const SENDERS = 8;

/** Deliveries of Shopify's on their way through bad weather. */
const weather = ({ deliver, apps }: ConnectedShops, chances: Chances) => {
  let late: SignedDelivery[] = [];
  const counts = { told: 0, dropped: 0, late: 0 };
  const send = async (all: readonly SignedDelivery[]): Promise<void> => {
    const waiting = [...all];
    const sender = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        counts.told += 1;
        const status = await deliver(next, counts.told % apps.length);
        if (status !== 200) throw new Error(`a delivery was answered ${status}`);
      }
    };
    await Promise.all(Array.from({ length: SENDERS }, sender));
  };
  return {
    counts,
    pass: async (told: readonly SignedDelivery[]): Promise<void> => {
      const due = late;
      late = [];
      for (const one of told) {
        if (chances.happens(MISHAPS.dropped)) counts.dropped += 1;
        else if (chances.happens(MISHAPS.late)) late.push(one);
        else due.push(one, ...(chances.happens(MISHAPS.doubled) ? [one] : []));
      }
      counts.late += late.length;
      await send(chances.shuffled(due));
    },
    end: () => send(late),
  };
};

const isOpen = (live: number, cancelled: boolean): boolean => live > 0 && !cancelled;

/** Something happens in the Shopify shop: mostly somebody buys, or changes their mind. */
const inShopify = ({ shop }: ConnectedShops, chances: Chances): void => {
  const open = shop.orders().filter(({ lines, cancelledAt }) => isOpen(liveOf(lines), cancelledAt !== null));
  if (open.length === 0 || chances.happens(0.4)) {
    const bought = chances.shuffled(shop.variants()).slice(0, chances.between(1, 3));
    shop.buy(bought.map(({ id }) => ({ variantId: id, quantity: chances.between(1, 3) })));
    return;
  }
  const { id, lines, tags } = chances.oneOf(open);
  const line = chances.oneOf(lines.filter(({ current }) => current > 0));
  const what = chances.between(1, 10);
  if (what <= 3) shop.change(id, { tags: [...tags, `t${tags.length}`] });
  else if (what <= 5) shop.edit(id, line.id, chances.between(0, line.current));
  else if (what <= 7) shop.cancel(id);
  else {
    const units = chances.between(1, line.current);
    shop.refund(id, units * line.unitPriceMinor, { [line.id]: units });
  }
};

const liveOf = (lines: readonly { readonly current: number }[]): number => lines.reduce((sum, { current }) => sum + current, 0);

/** The same in the WooCommerce store, which sells no more than it shows. */
const inWoo = ({ woo }: ConnectedShops, chances: Chances): void => {
  const open = woo.orders().filter((order) => order.status === 'processing' && order.refunds.length === 0);
  if (open.length === 0 || chances.happens(0.4)) {
    const wanted = chances.shuffled(woo.items()).slice(0, chances.between(1, 3));
    woo.buy(wanted.map(({ id }) => ({ itemId: id, quantity: chances.between(1, 3) })));
    return;
  }
  const order = chances.oneOf(open);
  const line = chances.oneOf(order.lines);
  const what = chances.between(1, 10);
  if (what <= 3) woo.changeOrder(order.id, { shippingMinor: order.shippingMinor + 100 });
  else if (what <= 5) {
    const quantity = chances.between(1, 4);
    const priced = { subtotalMinor: 1_000 * quantity, totalMinor: 1_000 * quantity };
    woo.changeOrder(order.id, { lines: order.lines.map((one) => (one.id === line.id ? { ...one, quantity, ...priced } : one)) });
  } else if (what <= 7) woo.cancelOrder(order.id);
  else woo.refund(order.id, [{ lineId: line.id, quantity: chances.between(1, line.quantity) }], chances.happens(0.5));
};

/** How much happens between two rounds of the post. */
const ROUND = 20;

/** So many things happen in both shops, and most of it is told, sooner or later. */
export const chaosIn = async (shops: ConnectedShops, chances: Chances, events: number): Promise<Chaos> => {
  const { shop, woo } = shops;
  const { counts, pass, end } = weather(shops, chances);
  for (let event = 1; event <= events; event += 1) {
    (chances.happens(0.5) ? inShopify : inWoo)(shops, chances);
    if (event % ROUND > 0 && event < events) continue;
    const [, sent] = await Promise.all([pass(shop.deliveries()), woo.deliver(MISHAPS)]);
    if (sent.refused > 0) throw new Error(`${sent.refused} deliveries of the store were refused`);
    counts.told += sent.sent;
    counts.dropped += sent.dropped;
    counts.late += sent.late;
  }
  const [, last] = await Promise.all([end(), woo.deliver()]);
  return { ...counts, told: counts.told + last.sent, events };
};
