/** Locks of transactions that haven't ended. `holder` is whatever stands for a transaction. */
export type Locks = {
  readonly isFree: (name: string, holder: object) => boolean;
  readonly isMine: (name: string, holder: object) => boolean;
  readonly take: (name: string, holder: object) => void;
  /** Gives back all that a transaction holds, and says which. */
  readonly free: (holder: object) => readonly string[];
};

export const openLocks = (): Locks => {
  const holders = new Map<string, object>();
  return {
    isFree: (name, holder) => (holders.get(name) ?? holder) === holder,
    isMine: (name, holder) => holders.get(name) === holder,
    take: (name, holder) => void holders.set(name, holder),
    free: (holder) => {
      const mine = [...holders].flatMap(([name, other]) => (other === holder ? [name] : []));
      for (const name of mine) holders.delete(name);
      return mine;
    },
  };
};
