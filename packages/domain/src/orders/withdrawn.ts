import type { DraftLine } from './draft.js';
import type { ChannelSource, News } from './news.js';
import { wordOn } from './news-lines.js';
import type { LastWord, Order, WordOnLine } from './order.js';

/**
 * An order of a shop that isn't there any more, or isn't sold any more, as news of ours: what it said last, with all given up that hasn't left.
 * Whatever it says later counts again. Undefined where nobody knows what the shop said last.
 */
export const newsOfWithdrawn = (order: Order): News | undefined => {
  const source = order.source.kind === 'channel' ? order.source : undefined;
  return source?.lastWord && withdrawn(order, source, source.lastWord);
};

const withdrawn = (order: Order, source: ChannelSource, lastWord: LastWord): News => {
  const { currency, customer, shippingAddress, billingAddress, paymentMethod } = order;
  const { totals, paymentStatus, refundedMinor, tags } = lastWord;
  const lines = lastWord.lines.filter(({ ordered }) => ordered > 0).map(givenUp);
  return {
    source: { ...source, lastWord: { ...lastWord, mark: WITHDRAWN, gone: unitsOf(lines), lines: lines.map(wordOf) } },
    currency,
    customer,
    shippingAddress,
    billingAddress,
    lines,
    shippingMinor: totals.shippingMinor,
    totals,
    paymentStatus,
    paymentMethod,
    refundedMinor,
    tags,
    onShortage: 'backorder',
  };
};

/** In the place of a digest: no shop's word has this one. */
const WITHDRAWN = 'withdrawn';

/** Its line is known here by the shop's id of it, whatever it is of. */
const givenUp = (word: WordOnLine): DraftLine => {
  const { lineId, ordered, shipped, unitPriceMinor, taxMinor, discountMinor } = word;
  const prices = { unitPriceMinor, taxMinor, discountMinor };
  const external = { lineId, variantId: null, sku: null };
  return { sku: null, name: null, quantity: ordered, shipped, cancelled: ordered - shipped, ...prices, external };
};

const wordOf = (line: DraftLine): WordOnLine => wordOn(line, line.external?.lineId ?? '');

const unitsOf = (lines: readonly DraftLine[]): number =>
  lines.reduce((units, { shipped, cancelled }) => units + shipped + cancelled, 0);
