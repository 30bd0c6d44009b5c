import type { Deadline } from '../wire/deadline.js';

/** Leaves the lane to whoever waits for it. */
export type Leave = () => void;

type Lane = { running: number; readonly waiting: Set<() => void> };

/**
 * At most so many at a time for each key; who comes later waits in line, and is sent away (null) when its time is over.
 * A key that nobody is busy with is forgotten.
 */
export const lanes = (atOnce: number): ((key: string, deadline: Deadline) => Promise<Leave | null>) => {
  const busy = new Map<string, Lane>();
  const leaveOf = (key: string, lane: Lane): Leave => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const [next] = lane.waiting;
      // Whoever is next takes the place over.
      if (next) return next();
      lane.running -= 1;
      if (lane.running === 0) busy.delete(key);
    };
  };
  return async (key, deadline) => {
    const lane = busy.get(key) ?? { running: 0, waiting: new Set() };
    busy.set(key, lane);
    if (lane.running < atOnce) {
      lane.running += 1;
      return leaveOf(key, lane);
    }
    return (await turnIn(lane, deadline.leftMs())) ? leaveOf(key, lane) : null;
  };
};

const turnIn = (lane: Lane, leftMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const end = (isTurn: boolean): void => {
      clearTimeout(timer);
      lane.waiting.delete(turn);
      resolve(isTurn);
    };
    const turn = (): void => end(true);
    const timer = setTimeout(() => end(false), leftMs);
    lane.waiting.add(turn);
  });
