import type { Signals } from './signals.port.js';

type Listener = { readonly topic: string; readonly hear: (key: string) => void };

/** Signals for an installation of one process. `report` hears what a listener has thrown. */
export const inProcessSignals = (report: (error: unknown) => void = () => undefined): Signals => {
  const listeners = new Set<Listener>();
  return {
    publish: ({ topic, key }) => {
      for (const listener of [...listeners]) {
        if (listener.topic !== topic) continue;
        try {
          listener.hear(key);
        } catch (error) {
          report(error);
        }
      }
    },
    subscribe: (topic, hear) => {
      const listener = { topic, hear };
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
