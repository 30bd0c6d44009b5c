import { err, type Refusal, type Result, type SalesChannel, type ShopUnavailable } from '@rappit/domain';
import type { CircuitLimits } from './circuit.js';
import { type Circuits, circuits } from './circuits.js';

export type ShopBreakersOptions = {
  readonly limits?: Partial<CircuitLimits>;
  /** A clock that only goes forward, in milliseconds. */
  readonly monotonicMs?: () => number;
};

/** The breakers of this process for shops: one for each channel, since a shop that is down is down for every question. */
export type ShopBreakers = Pick<Circuits, 'close'> & {
  /** The channel, left alone while it fails. `channelId` is unique over all organizations. */
  readonly around: (channelId: string, channel: SalesChannel) => SalesChannel;
};

export const shopBreakers = ({ limits = {}, monotonicMs = () => performance.now() }: ShopBreakersOptions = {}): ShopBreakers => {
  const kept = circuits({ limits, monotonicMs, changed: () => undefined });
  return { around: (channelId, channel) => shopBehindBreaker(channel, channelId, kept), close: kept.close };
};

/**
 * - A call that wasn't made answers `shop.unavailable` at once.
 * - `shop.unavailable` and `shop.unknown_outcome` count as failures; a refusal and a wrong key are answers of a healthy shop, and so is
 *   one that names a time to come back: it is busy with us, not broken.
 * - It neither repeats a call nor cuts one short.
 */
const shopBehindBreaker = (channel: SalesChannel, channelId: string, kept: Circuits): SalesChannel => {
  const guarded = async <Value, Refused extends Refusal>(
    call: () => Promise<Result<Value, Refused>>,
  ): Promise<Result<Value, Refused | ShopUnavailable>> => {
    const passed = await kept.of(channel.kind, [channelId]).pass(call, isFailure);
    return passed.kind === 'made'
      ? passed.answer
      : err({ code: 'shop.unavailable', message: reasonsToLeave[passed.because], retryAfterMs: null });
  };
  return {
    kind: channel.kind,
    supports: channel.supports,
    orderById: (externalId) => guarded(() => channel.orderById(externalId)),
    ordersSince: (cursor) => guarded(() => channel.ordersSince(cursor)),
    catalogue: (cursor) => guarded(() => channel.catalogue(cursor)),
    locations: () => guarded(() => channel.locations()),
    stockShown: (places) => guarded(() => channel.stockShown(places)),
    showStock: (key, places) => guarded(() => channel.showStock(key, places)),
    tellFulfilment: (fulfilment) => guarded(() => channel.tellFulfilment(fulfilment)),
    ensureWebhooks: (address, secret) => guarded(() => channel.ensureWebhooks(address, secret)),
    dropWebhooks: (address) => guarded(() => channel.dropWebhooks(address)),
    check: () => guarded(() => channel.check()),
  };
};

const reasonsToLeave = {
  open: 'The shop has been failing and is left alone for a moment.',
  full: 'Too many requests to this shop are under way.',
} as const;

const isFailure = (answer: Result<unknown, Refusal>): boolean => {
  if (answer.ok) return false;
  const { code } = answer.error;
  if (code === 'shop.unavailable') return !('retryAfterMs' in answer.error) || answer.error.retryAfterMs === null;
  return code === 'shop.unknown_outcome';
};
