import type { Occasion } from '../inventory/index.js';
import type { LinesChanged } from './lines-by-news.js';
import type { ChannelSource, News } from './news.js';
import type { Amounts, LastWord, Order } from './order.js';
import { amountsAtFirst } from './payment.js';
import { allows } from './status.js';
import type { OrderStores } from './stores.port.js';
import { retagged } from './tags.js';
import { advance, type OrderChange, type Told } from './timeline.js';

type Facts = LinesChanged & { readonly news: News; readonly source: ChannelSource };

/**
 * Takes over what else a shop has changed since it told last, each told by itself, and keeps what it told now.
 * An address is left as it is once everything has left: nothing is sent to it any more.
 */
export const changeFactsByNews = async ({ orders }: OrderStores, occasion: Occasion, facts: Facts): Promise<Order> => {
  const { news, words } = facts;
  const { updatedAt, externalNumber, lastWord } = news.source;
  const source = { ...facts.source, updatedAt, externalNumber, lastWord: { ...lastWord, lines: words } };
  const changes = changesOf(facts);
  let order: Order = { ...facts.order, source };
  for (const { change, told } of changes) {
    const advanced = advance(occasion, order, change, told);
    await orders.save(advanced);
    order = advanced.order;
  }
  if (changes.length > 0) return order;
  const kept = untold({ ...order, version: order.version + 1 });
  await orders.save(kept);
  return kept.order;
};

/** What is kept of the source alone is no event of the order's life. */
const untold = (order: Order): OrderChange => ({
  order,
  isNew: false,
  addedLines: 0,
  entries: [],
  events: [],
  explanation: null,
});

type Change = { readonly change: Partial<Order>; readonly told: Told };

const changesOf = ({ order, news, source: { lastWord: before } }: Facts): readonly Change[] => {
  const now = news.source.lastWord;
  const totals = same(before?.totals, now.totals) ? {} : { totals: news.totals };
  const customer = before?.customer === now.customer ? {} : { customer: news.customer };
  const changes: Change[] = [];
  const addresses = allows(order.status, 'changeAddress') ? addressesOf({ before, news }) : {};
  const named = Object.keys(addresses).map((name) => name.replace('Address', ''));
  if (named.length > 0 || 'customer' in customer)
    changes.push({
      change: { ...addresses, ...customer },
      told: { what: 'addressChanged', text: [...named, ...('customer' in customer ? ['customer'] : [])].join(', ') },
    });
  const tagged = retagged(order, tagsAfter(order.tags, before?.tags ?? [], now.tags));
  if (tagged) changes.push(tagged);
  const isPaymentNews = before?.paymentStatus !== now.paymentStatus || before.refundedMinor !== now.refundedMinor;
  if (isPaymentNews) {
    const payment = paymentAfter(order, { ...news, refundedMinor: now.refundedMinor });
    changes.push({ change: { ...totals, ...payment }, told: { what: 'paymentRecorded', text: payment.paymentStatus } });
  } else if ('totals' in totals) changes.push({ change: totals, told: { what: 'edited', text: 'totals' } });
  return changes;
};

type ToldPayment = Pick<Order, 'paymentStatus' | 'totals'> & Pick<LastWord, 'refundedMinor'>;

/**
 * The payment by what the shop tells.
 * - What came in stays in: a shop that waits for the rest of an order that grew says `pending` again, and not how much it has.
 * - Of what it says was given back and what is known here the larger counts, up to what was paid: it needn't have heard of what was given back
 *   for a return. Where that is more than the shop says, the status of what was paid follows it.
 */
const paymentAfter = (
  order: Order,
  { paymentStatus, totals, refundedMinor }: ToldPayment,
): Amounts & Pick<Order, 'paymentStatus'> => {
  const toldMinor = refundedMinor ?? 0;
  const atFirst = amountsAtFirst(paymentStatus, totals);
  const paidMinor = Math.max(order.paidMinor, atFirst.paidMinor);
  const givenBack = paymentStatus === 'refunded' ? paidMinor : Math.min(Math.max(order.refundedMinor, toldMinor), paidMinor);
  const followsUs = atFirst.paidMinor > 0 && order.refundedMinor > toldMinor && givenBack > 0;
  const status = givenBack === paidMinor ? 'refunded' : 'partiallyRefunded';
  return { paidMinor, refundedMinor: givenBack, paymentStatus: followsUs ? status : paymentStatus };
};

const addressesOf = ({
  before,
  news,
}: {
  readonly before: ChannelSource['lastWord'];
  readonly news: News;
}): Pick<Partial<Order>, 'shippingAddress' | 'billingAddress'> => ({
  ...(before?.shippingAddress === news.source.lastWord.shippingAddress ? {} : { shippingAddress: news.shippingAddress }),
  ...(before?.billingAddress === news.source.lastWord.billingAddress ? {} : { billingAddress: news.billingAddress }),
});

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The shop's own tags as they are now, beside those that were added here. */
const tagsAfter = (ours: readonly string[], before: readonly string[], now: readonly string[]): readonly string[] => {
  const lost = new Set(before.filter((tag) => !now.includes(tag)));
  return [...ours.filter((tag) => !lost.has(tag)), ...now.filter((tag) => !before.includes(tag))];
};
