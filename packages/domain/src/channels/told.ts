import type { Digest } from '../kernel/index.js';
import { type LastWord, type News, wordOn } from '../orders/index.js';
import type { ChannelId } from './channel.js';
import type { ExternalOrder } from './external-order.js';

type Told = {
  readonly channelId: ChannelId;
  readonly order: ExternalOrder;
  /** What the shop's variants are listed as. */
  readonly skus: ReadonlyMap<string | null, string>;
};

/** A shop's order as news of ours: each line is the SKU that its variant is listed as, else the SKU that it names. */
export const newsOf = ({ channelId, order, skus }: Told, digest: Digest): News => {
  const { externalId, externalNumber, updatedAt, statuses, cancelReason, ...facts } = order;
  return {
    ...facts,
    source: { kind: 'channel', channelId, externalId, externalNumber, updatedAt, lastWord: lastWordOf(order, digest) },
    lines: order.lines.map((line) => ({ ...line, sku: skus.get(line.external.variantId) ?? line.sku })),
    onShortage: 'backorder',
  };
};

const lastWordOf = (order: ExternalOrder, digest: Digest): LastWord => {
  const { lines, totals, paymentStatus, refundedMinor, tags, statuses } = order;
  const markOf = (told: unknown): string => digest(sortedText(told));
  return {
    mark: markOf(order),
    gone: lines.reduce((units, { shipped, cancelled }) => units + shipped + cancelled, 0),
    statuses,
    lines: lines.map((line) => wordOn(line, line.external.lineId)),
    totals,
    paymentStatus,
    refundedMinor,
    tags,
    customer: markOf(order.customer),
    shippingAddress: markOf(order.shippingAddress),
    billingAddress: markOf(order.billingAddress),
  };
};

/** JSON whose keys are sorted, so that the same things told in another order are the same text. */
const sortedText = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
