import { OrganizationId } from '@rappit/domain';
import type { Pool } from 'pg';
import { freshDatabase } from '../../../../../test/database.js';
import { pgPool } from '../pools.js';
import { makeWake, runJobs } from './queue.js';

const ours = OrganizationId('01890000-0000-7000-8000-000000000001');

/** Resolves when it is called. */
const called = () => {
  let resolve = (): void => undefined;
  const once = new Promise<void>((done) => {
    resolve = done;
  });
  return { once, call: async (): Promise<void> => resolve() };
};

/** From the `first` connection that is asked for until the `last`, counted from now, there is none to be had. */
const withoutConnections = (pool: Pool, first: number, last: number): void => {
  const connect = pool.connect.bind(pool);
  let asked = 0;
  pool.connect = ((...args: Parameters<typeof connect>) => {
    asked += 1;
    if (asked < first || asked > last) return connect(...args);
    const [callback] = args as readonly unknown[] as readonly [((error: Error) => void)?];
    const error = new Error('timeout exceeded when trying to connect');
    return callback ? callback(error) : Promise.reject(error);
  }) as typeof pool.connect;
};

describe('the queue', () => {
  it('works a nudge off at once, for an organization and for a sweep', async () => {
    const pool = pgPool((await freshDatabase()).doorUrl, 6);
    const { wake, nudge, release } = await makeWake(pool);
    const [job, sweep] = [called(), called()];
    const running = await runJobs(pool, { job: job.call }, { sweep: { every: 'night', work: sweep.call } }, () => undefined);
    await wake('job', [ours]);
    await nudge('sweep');
    await Promise.all([job.once, sweep.once]);
    await running.stop();
    await release();
    await pool.end();
  });

  it('keeps a nudge for now and one for later, whichever comes first, and each of them once', async () => {
    const { doorUrl, superuserUrl } = await freshDatabase();
    const [pool, looking] = [pgPool(doorUrl, 2), pgPool(superuserUrl, 1)];
    const { wake, nudge, release } = await makeWake(pool);
    const later = new Date('2100-01-01T00:00:00.000Z');
    for (const at of [undefined, later, undefined, later]) {
      await wake('job', [ours], at);
      await nudge('sweep', at);
    }
    const kept = 'SELECT task_identifier AS name, run_at > now() AS later FROM graphile_worker.jobs ORDER BY 1, 2';
    expect((await looking.query(kept)).rows).toEqual([
      { name: 'job', later: false },
      { name: 'job', later: true },
      { name: 'sweep', later: false },
      { name: 'sweep', later: true },
    ]);
    await release();
    await Promise.all([pool.end(), looking.end()]);
  });

  it('works nudges off when the database answers again that did not just as the workers started', async () => {
    const { doorUrl } = await freshDatabase();
    const [pool, other] = [pgPool(doorUrl, 6), pgPool(doorUrl, 1)];
    const { wake, release } = await makeWake(other);
    const job = called();
    withoutConnections(pool, 3, 12);
    const running = await runJobs(pool, { job: job.call }, {}, () => undefined);
    await wake('job', [ours]);
    await job.once;
    await running.stop();
    await release();
    await Promise.all([pool.end(), other.end()]);
  });

  it('goes on when the database does not hear that a job has ended, or that it has failed', async () => {
    const { doorUrl } = await freshDatabase();
    const [pool, other] = [pgPool(doorUrl, 6), pgPool(doorUrl, 1)];
    const { wake, release } = await makeWake(other);
    const [ends, fails, next] = [called(), called(), called()];
    const jobs = {
      ends: async () => {
        withoutConnections(pool, 1, 3);
        await ends.call();
      },
      fails: async () => {
        withoutConnections(pool, 1, 3);
        await fails.call();
        throw new Error('it fails');
      },
      next: next.call,
    };
    const running = await runJobs(pool, jobs, {}, () => undefined);
    for (const [job, { once }] of Object.entries({ ends, fails, next })) {
      await wake(job, [ours]);
      await once;
    }
    await running.stop();
    await release();
    await Promise.all([pool.end(), other.end()]);
  });
});
