import type { Carrier, Meter } from '@rappit/domain';
import { type Circuit, type CircuitLimits, type CircuitState, circuit } from './circuit.js';

/**
 * The window is twice the longest deadline, that of a purchase: a carrier that hangs opens its circuit even where somebody asks every few
 * seconds only, soon after two deadlines, and one that fails at once after five calls. Counting goes on over an opening: a failure soon
 * after the carrier is back opens the circuit again.
 */
const usual: CircuitLimits = { failurePercent: 50, minimumCalls: 5, windowMs: 120_000, coolDownMs: 10_000, concurrency: 20 };
const IDLE_MS = 15 * 60_000;

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

type Kept = { readonly carrier: string; readonly circuit: Circuit; usedAt: number };

/**
 * One breaker for each carrier, account and operation.
 * - An account whose credentials or contract are broken doesn't take the other accounts of its carrier down.
 * - Buying and finding break apart, so that what may have been bought can be found while buying is broken.
 * - `carrier_breaker_state` shows the worst of a carrier: 0 closed, 1 half-open, 2 open.
 */
export const carrierBreakers = ({
  meter,
  limits,
  carriers = [],
  monotonicMs = () => performance.now(),
}: CarrierBreakersOptions): CarrierBreakers => {
  const kept = new Map<string, Kept>();
  let closed = false;
  let sweptAt = monotonicMs();
  const seen = new Set(carriers);
  const worstOf = (carrier: string): CircuitState => {
    const states = [...kept.values()].filter((one) => one.carrier === carrier).map((one) => one.circuit.state());
    return worst.find((state) => states.includes(state)) ?? 'closed';
  };
  const show = (carrier: string): void => {
    seen.add(carrier);
    meter.set('carrier_breaker_state', { carrier }, weight[worstOf(carrier)]);
  };
  const remove = (key: string, { circuit, carrier }: Kept): void => {
    circuit.shutDown();
    kept.delete(key);
    show(carrier);
  };
  const sweep = (now: number): void => {
    sweptAt = now;
    for (const [key, one] of kept) if (!one.circuit.busy() && now - one.usedAt >= IDLE_MS) remove(key, one);
  };
  for (const carrier of carriers) show(carrier);
  return {
    meter,
    monotonicMs,
    states: () => new Map([...seen].map((carrier) => [carrier, worstOf(carrier)])),
    circuitOf: ({ carrier, account, operation }) => {
      const now = monotonicMs();
      if (now - sweptAt >= IDLE_MS) sweep(now);
      const key = JSON.stringify([carrier, account, operation]);
      const found = kept.get(key);
      if (found) {
        found.usedAt = now;
        return found.circuit;
      }
      const made = circuit({ ...usual, ...limits }, () => show(carrier));
      if (closed) made.shutDown();
      else kept.set(key, { carrier, circuit: made, usedAt: now });
      show(carrier);
      return made;
    },
    close: () => {
      closed = true;
      for (const [key, one] of kept) remove(key, one);
    },
  };
};

const worst: readonly CircuitState[] = ['open', 'halfOpen', 'closed'];
const weight: Readonly<Record<CircuitState, number>> = { closed: 0, halfOpen: 1, open: 2 };
