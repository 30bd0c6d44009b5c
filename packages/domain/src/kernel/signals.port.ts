/** Something that was remembered isn't so any more: what it is about, and whose. */
export type Signal = { readonly topic: string; readonly key: string };

/**
 * Tells whoever remembers something that it has changed, in all processes of an installation.
 * - In this process everybody has heard when `publish` returns. Others hear soon, and may miss one: what is remembered is forgotten by time too.
 * - Neither a listener that throws nor a way to the others that is broken keeps `publish` from returning, or another from hearing.
 */
export type Signals = {
  readonly publish: (signal: Signal) => void;
  /** Hears one topic's signals until the answered function is called. */
  readonly subscribe: (topic: string, hear: (key: string) => void) => () => void;
};
