import { ok } from '@rappit/domain';
import { object, type Reader, required } from '../wire/reading.js';
import { written } from '../wire/scalars.js';

/** What an answer says of the bucket that every question to a shop is paid from, in points. */
export type Throttle = {
  readonly requested: number;
  readonly available: number;
  readonly maximum: number;
  readonly perSecond: number;
};

const points: Reader<number> = (value, path) => {
  const read = written(value, path);
  return read.ok ? ok(Number(read.value)) : read;
};
const status = object({
  available: required('currentlyAvailable', points),
  maximum: required('maximumAvailable', points),
  perSecond: required('restoreRate', points),
});
const cost = object({ requested: required('requestedQueryCost', points), status: required('throttleStatus', status) });
const extensions = object({ cost: required('cost', cost) });
const answer = object({ extensions: required('extensions', extensions) });

/** Undefined where the answer doesn't say it, or says what can't be. */
export const throttleIn = (json: unknown): Throttle | undefined => {
  const read = answer(json, '');
  if (!read.ok) return undefined;
  const { requested, status } = read.value.extensions.cost;
  const throttle = { requested, ...status };
  return Object.values(throttle).every(Number.isFinite) && throttle.perSecond > 0 ? throttle : undefined;
};

/** How long until a question of so many points can be paid, if nobody else asks. */
export const msUntilPaid = ({
  requested,
  available,
  perSecond,
}: Pick<Throttle, 'requested' | 'available' | 'perSecond'>): number =>
  Math.max(0, Math.ceil(((requested - available) / perSecond) * 1_000));

export type Pace = {
  /** How long to wait before this document is asked. */
  readonly waitFor: (document: string) => number;
  readonly learn: (document: string, throttle: Throttle) => void;
};

/** Remembers what each document cost, and what was left. Others ask the same shop too, so it is only a guess that saves most refusals. */
export const pace = (monotonicMs: () => number): Pace => {
  const costs = new Map<string, number>();
  let last: { readonly throttle: Throttle; readonly at: number } | null = null;
  return {
    waitFor: (document) => {
      const requested = costs.get(document);
      if (!last || requested === undefined) return 0;
      const { available, maximum, perSecond } = last.throttle;
      const restored = ((monotonicMs() - last.at) / 1_000) * perSecond;
      return msUntilPaid({ requested, available: Math.min(maximum, available + restored), perSecond });
    },
    learn: (document, throttle) => {
      costs.set(document, throttle.requested);
      last = { throttle, at: monotonicMs() };
    },
  };
};

/** So many shops are remembered by one process; those that were asked longest ago are forgotten first. */
const MAX_SHOPS = 1_000;

/** The pace of each shop, however often it is opened. */
export const paces = (monotonicMs: () => number): ((shopDomain: string) => Pace) => {
  const kept = new Map<string, Pace>();
  return (shopDomain) => {
    const found = kept.get(shopDomain) ?? pace(monotonicMs);
    kept.delete(shopDomain);
    kept.set(shopDomain, found);
    const [oldest] = kept.keys();
    if (kept.size > MAX_SHOPS && oldest !== undefined) kept.delete(oldest);
    return found;
  };
};
