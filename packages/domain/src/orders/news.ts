import type { OrderDraft } from './draft.js';
import type { LastWord, OrderSource, Totals } from './order.js';

export type ChannelSource = Extract<OrderSource, { readonly kind: 'channel' }>;

/** An order as its shop tells it now. */
export type News = OrderDraft & { readonly source: ChannelSource & { readonly lastWord: LastWord }; readonly totals: Totals };

/**
 * What a shop's news is worth beside what it told last.
 * `doubtful`: it tells something else of the same moment. A shop may do that on a refund, and which of the two is true only it can say.
 */
export type Worth = 'older' | 'same' | 'doubtful' | 'newer';

export const worthOf = (known: ChannelSource, { source }: Pick<News, 'source'>): Worth => {
  const later = source.updatedAt.getTime() - known.updatedAt.getTime();
  if (later !== 0) return later > 0 ? 'newer' : 'older';
  return known.lastWord?.mark === source.lastWord.mark ? 'same' : 'doubtful';
};

/**
 * Where nobody can ask the shop: which of two words of one moment counts, whichever came first. Units leave and are given up, and money
 * goes back; seldom is it the other way. Where that decides nothing the marks do, so that all who hear both end with the same.
 */
export const isFartherAlong = (than: LastWord | undefined, word: LastWord): boolean => {
  if (!than) return true;
  const further = word.gone - than.gone || (word.refundedMinor ?? 0) - (than.refundedMinor ?? 0);
  return further === 0 ? word.mark > than.mark : further > 0;
};
