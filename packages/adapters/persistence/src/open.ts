import type {
  AccountRequests,
  Accounts,
  DecidePlacements,
  Digest,
  ExpireUnpaid,
  OrderIntake,
  OrganizationId,
  UnitOfWork,
} from '@rappit/domain';
import { postgresAccountRequests } from './account-requests.js';
import { postgresAccounts } from './accounts.js';
import { type Doors, postgresDoors } from './doors.js';
import { postgresIntake } from './intake/intake.js';
import { type Jobs, type JobsRunning, makeWake, type Nudge, type Report, runJobs, type Sweeps, type Wake } from './jobs/queue.js';
import { lackingIn } from './migrate.js';
import { knexPool, knexStanding, type PoolStanding, pgPool, pgStanding } from './pools.js';
import type { WorkingUrls } from './roles.js';
import type { Stores } from './stores/index.js';
import { postgresUnitOfWork } from './unit-of-work.js';

export type PersistenceOptions = WorkingUrls & {
  readonly digest: Digest;
  readonly decide: DecidePlacements;
  /** How unpaid promises are taken back, over the units of work of this very database. */
  readonly expire: (unitOfWork: UnitOfWork<Stores>) => ExpireUnpaid;
  /** Connections for everything but placing orders, which has a few of its own. */
  readonly poolSize?: number;
};

/** Never throws, and keeps nobody waiting. */
export type HearEvents = (organizationId: OrganizationId) => void;

export type Persistence = {
  readonly unitOfWork: UnitOfWork<Stores>;
  readonly intake: OrderIntake;
  readonly accounts: Accounts;
  readonly accountRequests: AccountRequests;
  readonly doors: Doors;
  /** Ids of all organizations in their order, those behind `after`: for what is done for each of them. */
  readonly organizations: (limit: number, after?: OrganizationId) => Promise<readonly OrganizationId[]>;
  /** Calls back, from now on, whenever this process has committed events of an organization. */
  readonly hearEvents: (hear: HearEvents) => void;
  /** The same whenever it has committed a change of what may be promised. */
  readonly hearStock: (hear: HearEvents) => void;
  /** From now on subscriptions are sold here, unless they are already: since when is kept for good. */
  readonly startSelling: () => Promise<void>;
  /** Calls back, from now on, with how many orders a transaction of this process has taken in. */
  readonly hearBatches: (hear: (orders: number) => void) => void;
  /** How this process stands with its connections. */
  readonly pools: () => readonly PoolStanding[];
  readonly wake: Wake;
  readonly nudge: Nudge;
  readonly runJobs: (jobs: Jobs, sweeps: Sweeps, report: Report) => Promise<JobsRunning>;
  /** Answers when the database does. */
  readonly ping: () => Promise<void>;
  /** Names of the migrations that the database lacks, of those that this version knows. */
  readonly lacking: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

/** Placing orders queues in the process, where waiting costs nothing: a few connections do more than many (facts/performance, 4). */
const INTAKE_CONNECTIONS = 4;

/** Everything that keeps things, on a migrated database. Refuses to start as a role that could look past row-level security. */
export const openPersistence = async ({
  appUrl,
  doorUrl,
  digest,
  decide,
  expire,
  poolSize = 10,
}: PersistenceOptions): Promise<Persistence> => {
  const knex = knexPool(appUrl, poolSize);
  const intakePool = pgPool(appUrl, INTAKE_CONNECTIONS, { pipeline: true });
  const doorPool = pgPool(doorUrl, 6);
  const closePools = async (): Promise<void> => {
    await Promise.all([knex.destroy(), intakePool.end(), doorPool.end()]);
  };
  try {
    await refuseMightyRole(intakePool, doorPool);
    const waking = await makeWake(doorPool);
    const hearers = new Set<HearEvents>();
    const onEvents: HearEvents = (organizationId) => {
      for (const hear of hearers) hear(organizationId);
    };
    const stockHearers = new Set<HearEvents>();
    const onStock: HearEvents = (organizationId) => {
      for (const hear of stockHearers) hear(organizationId);
    };
    const batchHearers = new Set<(orders: number) => void>();
    const onBatch = (orders: number): void => {
      for (const hear of batchHearers) hear(orders);
    };
    // Whoever places an order takes stock for it.
    const onPlaced: HearEvents = (organizationId) => {
      onEvents(organizationId);
      onStock(organizationId);
    };
    const unitOfWork = postgresUnitOfWork({ knex, digest, onEvents, onStock });
    return {
      unitOfWork,
      intake: postgresIntake({ pool: intakePool, decide, expire: expire(unitOfWork), digest, onEvents: onPlaced, onBatch }),
      accounts: postgresAccounts(knex),
      accountRequests: postgresAccountRequests(knex),
      doors: postgresDoors(doorPool),
      organizations: async (limit, after) => {
        const query = knex('organizations').orderBy('id').limit(limit);
        if (after) void query.where('id', '>', after);
        return (await query.select<{ id: OrganizationId }[]>('id')).map(({ id }) => id);
      },
      hearEvents: (hear) => void hearers.add(hear),
      hearStock: (hear) => void stockHearers.add(hear),
      startSelling: async () => {
        await knex.raw('INSERT INTO selling_since (at) VALUES (now()) ON CONFLICT DO NOTHING');
      },
      hearBatches: (hear) => void batchHearers.add(hear),
      pools: () => [
        { pool: 'work', ...knexStanding(knex) },
        { pool: 'intake', ...pgStanding(intakePool) },
        { pool: 'door', ...pgStanding(doorPool) },
      ],
      wake: waking.wake,
      nudge: waking.nudge,
      runJobs: (jobs, sweeps, report) => runJobs(doorPool, jobs, sweeps, report),
      ping: async () => {
        await knex.raw('SELECT 1');
      },
      lacking: () => lackingIn(knex),
      close: async () => {
        await waking.release();
        await closePools();
      },
    };
  } catch (error) {
    await closePools();
    throw error;
  }
};

type Pool = ReturnType<typeof pgPool>;

const MIGHTY = `
  SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relowner = r.oid) AS mighty
  FROM pg_roles r WHERE rolname = current_user`;

const refuseMightyRole = async (...pools: readonly Pool[]): Promise<void> => {
  for (const pool of pools) {
    const { rows } = await pool.query<{ mighty: boolean }>(MIGHTY);
    if (rows[0]?.mighty !== false)
      throw new Error(
        'the database role owns tables, is a superuser or bypasses row-level security: connect as the working roles that `migrate` makes',
      );
  }
};
