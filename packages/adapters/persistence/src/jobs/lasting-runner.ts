import { type Runner, type RunnerOptions, run } from 'graphile-worker';

export type LastingRunner = { readonly stop: () => Promise<void> };

/** As often as each of a few workers fails to look for a job in a row, before all of them begin anew. */
const FAILURES = 8;
const BEGIN_ANEW_MS = 1_000;

/**
 * Written down one by one, an end that the database didn't hear of is a rejection that nobody handles, which ends the process
 * (graphile-worker 0.17 doesn't wait for it). In batches it ends the runner, and we begin anew. What wasn't written down is done once more.
 */
const HANDLED = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } } as const;

/**
 * A runner that begins anew when its workers can't get jobs any more, or when it has ended by itself.
 * graphile-worker remembers for ever that it couldn't read the names of its tasks: when the database doesn't answer just as the workers
 * start, they look for jobs in vain from then on, and say so to nobody. A runner that is made anew remembers nothing.
 */
export const lastingRunner = async (options: RunnerOptions): Promise<LastingRunner> => {
  let stopped = false;
  let anew: Promise<void> = Promise.resolve();
  let current: Runner;
  const begin = async (): Promise<void> => {
    const runner = await run({ ...options, preset: HANDLED });
    let isGivenUp = false;
    const giveUp = (): void => {
      if (isGivenUp || stopped) return;
      isGivenUp = true;
      anew = replace(runner);
    };
    let failures = 0;
    runner.events.on('worker:getJob:empty', () => {
      failures = 0;
    });
    runner.events.on('job:start', () => {
      failures = 0;
    });
    runner.events.on('worker:getJob:error', () => {
      failures += 1;
      if (failures === FAILURES) giveUp();
    });
    runner.promise.then(giveUp, giveUp);
    current = runner;
  };
  const replace = async (broken: Runner): Promise<void> => {
    await broken.stop().catch(() => undefined);
    while (!stopped) {
      try {
        return await begin();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, BEGIN_ANEW_MS));
      }
    }
  };
  await begin();
  return {
    stop: async () => {
      stopped = true;
      await anew;
      // One that ended by itself has nothing left to stop.
      await current.stop().catch(() => undefined);
    },
  };
};
