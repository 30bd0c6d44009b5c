import { setImmediate as breathe } from 'node:timers/promises';

/** Deadlines of `AbortSignal.timeout` that pass when the test says so, however slow or busy the machine is. */
export type DeadlinesByHand = {
  /** Asks, and lets all deadlines pass as soon as `more` requests than before have come to whoever leaves them without an answer. */
  readonly passing: <Answer>(unanswered: () => number, ask: () => Promise<Answer>, more?: number) => Promise<Answer>;
  readonly restore: () => void;
};

export const deadlinesByHand = (): DeadlinesByHand => {
  const running: AbortController[] = [];
  const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
    const deadline = new AbortController();
    running.push(deadline);
    return deadline.signal;
  });
  return {
    passing: async (unanswered, ask, more = 1) => {
      const enough = unanswered() + more;
      let isOver = false;
      const asked = ask().finally(() => {
        isOver = true;
      });
      while (!isOver && unanswered() < enough) await breathe();
      for (const deadline of running.splice(0)) deadline.abort(new DOMException('The deadline has passed', 'TimeoutError'));
      return asked;
    },
    restore: () => timeout.mockRestore(),
  };
};
