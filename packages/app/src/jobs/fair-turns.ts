/** So many turns at once, and so many of one group. */
export type Room = { readonly atOnce: number; readonly ofOneGroup: number };

/** One turn of something that may need many. Nothing else has its key. */
export type Turn = { readonly group: string; readonly key: string; readonly work: () => Promise<unknown> };

export type FairTurns = {
  /** Takes a turn when there is room. One whose key waits already is left out; one whose key is under way follows it. */
  readonly add: (turn: Turn) => void;
  /** Forgets what waits, and resolves when nothing is under way. */
  readonly stop: () => Promise<void>;
};

/**
 * Lets groups take turns in a bounded room, so that whoever has much to do, or takes long, leaves room for the others: the group that has the
 * fewest turns under way goes next, and of several the one whose turn was longest ago. `report` hears what a turn throws.
 */
export const fairTurns = ({ atOnce, ofOneGroup }: Room, report: (error: unknown) => void): FairTurns => {
  let waiting: readonly Turn[] = [];
  let underWay: readonly Turn[] = [];
  let whenIdle: readonly (() => void)[] = [];
  let isOpen = true;
  let turnsSoFar = 0;
  const lastTurns = new Map<string, number>();
  const countOf = (group: string): number => underWay.filter((turn) => turn.group === group).length;
  const goesBefore = (one: string, other: string): boolean =>
    (countOf(one) - countOf(other) || (lastTurns.get(one) ?? 0) - (lastTurns.get(other) ?? 0)) < 0;
  const isUnderWay = ({ key }: Turn): boolean => underWay.some((turn) => turn.key === key);
  const next = (): Turn | undefined =>
    waiting
      .filter((turn) => countOf(turn.group) < ofOneGroup && !isUnderWay(turn))
      .reduce<Turn | undefined>((best, turn) => (best && !goesBefore(turn.group, best.group) ? best : turn), undefined);
  const begin = (): void => {
    for (let turn = next(); turn && underWay.length < atOnce; turn = next()) {
      const begun = turn;
      waiting = waiting.filter((other) => other !== begun);
      underWay = [...underWay, begun];
      turnsSoFar += 1;
      lastTurns.set(begun.group, turnsSoFar);
      void begun
        .work()
        .catch(report)
        .finally(() => {
          underWay = underWay.filter((other) => other !== begun);
          if (![...waiting, ...underWay].some(({ group }) => group === begun.group)) lastTurns.delete(begun.group);
          begin();
        });
    }
    if (underWay.length === 0 && !isOpen) for (const resolve of whenIdle) resolve();
  };
  return {
    add: (turn) => {
      if (!isOpen || waiting.some(({ key }) => key === turn.key)) return;
      waiting = [...waiting, turn];
      begin();
    },
    stop: () =>
      new Promise((resolve) => {
        isOpen = false;
        waiting = [];
        whenIdle = [...whenIdle, resolve];
        begin();
      }),
  };
};
