import type { OrganizationId } from '@rappit/domain';
import { Logger, makeWorkerUtils, type TaskList } from 'graphile-worker';
import type { Pool } from 'pg';
import { lastingRunner } from './lasting-runner.js';

/** Work that is done for one organization, or, as a sweep, for whichever organizations have something due. */
export type Jobs = Readonly<Record<string, (organizationId: OrganizationId) => Promise<unknown>>>;
export type Sweeps = Readonly<
  Record<string, { readonly every: 'minute' | 'hour' | 'night'; readonly work: () => Promise<unknown> }>
>;

/** `report` hears what went wrong, as words without secrets. */
export type JobsRunning = { readonly stop: () => Promise<void> };
export type Report = (what: { readonly job: string; readonly error: unknown }) => void;

/** Nudges a job. What it is about is in the organization's tables already: a lost nudge is only a delay until the next sweep. */
export type Wake = (job: string, organizationIds: readonly OrganizationId[], at?: Date) => Promise<void>;

/** Nudges a sweep, now or at some time. A lost nudge is only a delay until it comes by itself. */
export type Nudge = (sweep: string, at?: Date) => Promise<void>;

const silent = new Logger(() => () => undefined);

/** A job that waits already for the same organization isn't enqueued twice; one for later doesn't hold up one for now. */
export const makeWake = async (
  doorPool: Pool,
): Promise<{ readonly wake: Wake; readonly nudge: Nudge; readonly release: () => Promise<void> }> => {
  const utils = await makeWorkerUtils({ pgPool: doorPool, logger: silent });
  return {
    wake: async (job, organizationIds, at) => {
      for (const organizationId of organizationIds)
        await utils.addJob(
          job,
          { organizationId },
          { jobKey: `${job}:${organizationId}${at ? ':later' : ''}`, maxAttempts: 3, ...(at && { runAt: at }) },
        );
    },
    nudge: async (sweep, at) => {
      await utils.addJob(sweep, {}, { jobKey: `${sweep}${at ? ':later' : ''}`, maxAttempts: 3, ...(at && { runAt: at }) });
    },
    release: async () => utils.release(),
  };
};

/** In UTC. A night in which nobody ran is made up for. */
const times = { minute: '* * * * *', hour: '17 * * * *', night: '41 3 * * *' } as const satisfies Record<
  Sweeps[string]['every'],
  string
>;

/** Runs jobs until stopped. However many processes do, each nudge is worked off by one; sweeps run once a minute, an hour or a night, by one. */
export const runJobs = async (doorPool: Pool, jobs: Jobs, sweeps: Sweeps, report: Report): Promise<JobsRunning> => {
  const reporting =
    (job: string, work: () => Promise<unknown>): (() => Promise<void>) =>
    async () => {
      try {
        await work();
      } catch (error) {
        report({ job, error });
        throw error;
      }
    };
  const taskList: TaskList = {};
  for (const [name, work] of Object.entries(jobs))
    taskList[name] = (payload) => reporting(name, () => work((payload as { organizationId: OrganizationId }).organizationId))();
  for (const [name, { work }] of Object.entries(sweeps)) taskList[name] = reporting(name, work);
  const crontab = Object.entries(sweeps)
    .map(([name, { every }]) => `${times[every]} ${name} ?max=1${every === 'night' ? '&fill=1d' : ''}`)
    .join('\n');
  return lastingRunner({
    pgPool: doorPool,
    taskList,
    crontab,
    concurrency: 4,
    noHandleSignals: true,
    pollInterval: 1_000,
    logger: silent,
  });
};
