/** One promise of a port, and what shows that it is kept in a fresh world: an Error says how it was broken. */
export type ContractCase<World> = { readonly promise: string; readonly keeps: (world: World) => Promise<void> };

/** What every test runner has, by whatever name. */
export type Runner = {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => Promise<void>) => unknown;
};

export type ContractRun<World> = {
  readonly cases: readonly ContractCase<World>[];
  /** A world in which nothing has happened yet, for each case. */
  readonly make: () => World | Promise<World>;
  /** Takes a world down again, also after a broken promise. */
  readonly dispose?: (world: World) => void | Promise<void>;
};

/** Registers one test a promise with the runner. Nothing is skipped: what an adapter can't do, it has to refuse. */
export const runContract = <World>({ describe, it }: Runner, name: string, run: ContractRun<World>): void => {
  describe(name, () => {
    for (const one of run.cases) it(one.promise, () => keepOne(run, one));
  });
};

export type BrokenPromise = { readonly promise: string; readonly because: string };

/** Runs every case without a runner, and answers the promises that weren't kept. */
export const brokenPromises = async <World>(run: ContractRun<World>): Promise<readonly BrokenPromise[]> => {
  const broken: BrokenPromise[] = [];
  for (const one of run.cases) {
    try {
      await keepOne(run, one);
    } catch (error) {
      broken.push({ promise: one.promise, because: error instanceof Error ? error.message : String(error) });
    }
  }
  return broken;
};

const keepOne = async <World>({ make, dispose }: ContractRun<World>, { keeps }: ContractCase<World>): Promise<void> => {
  const world = await make();
  try {
    await keeps(world);
  } finally {
    await dispose?.(world);
  }
};
