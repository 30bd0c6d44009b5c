import type { Carrier, Meter } from '@rappit/domain';
import type { Circuit, CircuitLimits, CircuitState } from './circuit.js';
import { circuits } from './circuits.js';

/** Everything that a carrier can be asked. */
export type BreakerOperation = Exclude<keyof Carrier, 'code' | 'supports'>;
export type BreakerKey = { readonly carrier: string; readonly account: string; readonly operation: BreakerOperation };

export type CarrierBreakersOptions = {
  readonly meter: Meter;
  readonly limits?: Partial<CircuitLimits>;
  /** Codes of carriers that are shown from the start, before anybody has asked one. */
  readonly carriers?: readonly string[];
  /** A clock that only goes forward, in milliseconds. */
  readonly monotonicMs?: () => number;
};

/** The breakers of this process. Each replica has its own: a dead carrier is found out by every one of them. */
export type CarrierBreakers = {
  readonly meter: Meter;
  readonly monotonicMs: () => number;
  /** The one circuit of a carrier, an account and an operation. Ask for it at each call: idle ones are shut down and made anew. */
  readonly circuitOf: (key: BreakerKey) => Circuit;
  /** The worst circuit of each carrier. */
  readonly states: () => ReadonlyMap<string, CircuitState>;
  /** Shuts all of them down; calls after that are left. */
  readonly close: () => void;
};

/**
 * One breaker for each carrier, account and operation.
 * - An account whose credentials or contract are broken doesn't take the other accounts of its carrier down.
 * - Buying and finding break apart, so that what may have been bought can be found while buying is broken.
 * - `carrier_breaker_state` shows the worst of a carrier: 0 closed, 1 half-open, 2 open.
 */
export const carrierBreakers = ({
  meter,
  limits = {},
  carriers = [],
  monotonicMs = () => performance.now(),
}: CarrierBreakersOptions): CarrierBreakers => {
  const seen = new Set(carriers);
  const show = (carrier: string): void => {
    seen.add(carrier);
    meter.set('carrier_breaker_state', { carrier }, weight[kept.worstOf(carrier)]);
  };
  const kept = circuits({ limits, monotonicMs, changed: show });
  for (const carrier of carriers) show(carrier);
  return {
    meter,
    monotonicMs,
    states: () => new Map([...seen].map((carrier) => [carrier, kept.worstOf(carrier)])),
    circuitOf: ({ carrier, account, operation }) => kept.of(carrier, [account, operation]),
    close: kept.close,
  };
};

const weight: Readonly<Record<CircuitState, number>> = { closed: 0, halfOpen: 1, open: 2 };
