import { type Circuit, type CircuitLimits, type CircuitState, circuit } from './circuit.js';

/**
 * The window is twice the longest deadline, that of a purchase: a carrier that hangs opens its circuit even where somebody asks every few
 * seconds only, soon after two deadlines, and one that fails at once after five calls. Counting goes on over an opening: a failure soon
 * after the carrier is back opens the circuit again.
 */
const usual: CircuitLimits = { failurePercent: 50, minimumCalls: 5, windowMs: 120_000, coolDownMs: 10_000, concurrency: 20 };
const IDLE_MS = 15 * 60_000;

export type CircuitsOptions = {
  readonly limits: Partial<CircuitLimits>;
  readonly monotonicMs: () => number;
  /** The worst state of a group may have changed. */
  readonly changed: (group: string) => void;
};

/** Circuits that are made when they are asked for, and shut down when nobody has asked for a while. */
export type Circuits = {
  /** The one circuit of a key. Ask for it at each call. */
  readonly of: (group: string, key: readonly string[]) => Circuit;
  readonly worstOf: (group: string) => CircuitState;
  /** Shuts all of them down; calls after that are left. */
  readonly close: () => void;
};

type Kept = { readonly group: string; readonly circuit: Circuit; usedAt: number };

export const circuits = ({ limits, monotonicMs, changed }: CircuitsOptions): Circuits => {
  const kept = new Map<string, Kept>();
  let closed = false;
  let sweptAt = monotonicMs();
  const remove = (name: string, one: Kept): void => {
    one.circuit.shutDown();
    kept.delete(name);
    changed(one.group);
  };
  const sweep = (now: number): void => {
    sweptAt = now;
    for (const [name, one] of kept) if (!one.circuit.busy() && now - one.usedAt >= IDLE_MS) remove(name, one);
  };
  return {
    worstOf: (group) => {
      const states = [...kept.values()].filter((one) => one.group === group).map((one) => one.circuit.state());
      return worst.find((state) => states.includes(state)) ?? 'closed';
    },
    of: (group, key) => {
      const now = monotonicMs();
      if (now - sweptAt >= IDLE_MS) sweep(now);
      const name = JSON.stringify([group, ...key]);
      const found = kept.get(name);
      if (found) {
        found.usedAt = now;
        return found.circuit;
      }
      const made = circuit({ ...usual, ...limits }, () => changed(group));
      if (closed) made.shutDown();
      else kept.set(name, { group, circuit: made, usedAt: now });
      changed(group);
      return made;
    },
    close: () => {
      closed = true;
      for (const [name, one] of kept) remove(name, one);
    },
  };
};

const worst: readonly CircuitState[] = ['open', 'halfOpen', 'closed'];
