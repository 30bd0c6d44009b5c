import knexFactory, { type Knex } from 'knex';
import pg from 'pg';

/** 64-bit integers come as numbers: every count and amount of ours is a safe integer by its CHECK or by the domain. */
const INT8 = 20;
const types = {
  getTypeParser: (oid: number, format?: string): ((value: string) => unknown) =>
    oid === INT8 ? Number : (pg.types.getTypeParser as (oid: number, format?: string) => (value: string) => unknown)(oid, format),
};

/** A statement that takes longer is given up, so that one request can't hold a connection for ever. Milliseconds. */
const STATEMENT_TIMEOUT = 8_000;
/** A lock that isn't got by then is asked for again, a few times; then the request is refused as in conflict. Milliseconds. */
const LOCK_TIMEOUT = 2_000;
/** A connection that isn't got by then is given up. Milliseconds. */
const CONNECT_TIMEOUT = 5_000;
/** What a timer can count to. */
const LONGEST = 2 ** 31 - 1;

/** What the URL says itself comes before ours: `statement_timeout` and the like, and libpq's `connect_timeout`, which is in seconds. */
const connectTimeout = (url: string): number => {
  const seconds = URL.canParse(url) ? Number(new URL(url).searchParams.get('connect_timeout')) : 0;
  return seconds > 0 ? Math.min(seconds * 1_000, LONGEST) : CONNECT_TIMEOUT;
};

const connection = (url: string) => ({
  connectionString: url,
  types,
  statement_timeout: STATEMENT_TIMEOUT,
  lock_timeout: LOCK_TIMEOUT,
  idle_in_transaction_session_timeout: STATEMENT_TIMEOUT,
  connectionTimeoutMillis: connectTimeout(url),
});

const noMatter = (): void => undefined;
const silent = { warn: noMatter, error: noMatter, deprecate: noMatter, debug: noMatter };

// What goes wrong is thrown as well; knex would write it to the console, past our own log.
const usual = { client: 'pg', asyncStackTraces: false, log: silent } as const;

/** Builds queries and has no connections. */
export const knexBuilder = (): Knex => knexFactory(usual);

export const knexPool = (url: string, max: number): Knex =>
  knexFactory({
    ...usual,
    connection: connection(url),
    pool: { min: 0, max },
    acquireConnectionTimeout: connectTimeout(url),
  });

/**
 * A pool without a query builder. A connection that dies between two queries is dropped and not an uncaught exception.
 * With `pipeline` what is asked goes out at once, behind what isn't answered yet, and is answered in its order.
 */
export const pgPool = (url: string, max: number, { pipeline = false } = {}): pg.Pool => {
  const pool = new pg.Pool({ ...connection(url), max, pipeline });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};

/** Connections of one pool: those that somebody works on, those that nobody does, and how many pieces of work wait for one. */
export type PoolStanding = {
  readonly pool: 'work' | 'intake' | 'door';
  readonly used: number;
  readonly idle: number;
  readonly waiting: number;
};

type Standing = Omit<PoolStanding, 'pool'>;

export const pgStanding = ({ totalCount, idleCount, waitingCount }: pg.Pool): Standing => ({
  used: totalCount - idleCount,
  idle: idleCount,
  waiting: waitingCount,
});

/** What knex hands its connections out from. It is of another library, whose types knex doesn't tell. */
type Lender = { readonly numUsed: () => number; readonly numFree: () => number; readonly numPendingAcquires: () => number };

export const knexStanding = (knex: Knex): Standing => {
  const { pool } = knex.client as { readonly pool: Lender };
  return { used: pool.numUsed(), idle: pool.numFree(), waiting: pool.numPendingAcquires() };
};

/** A query builder for one piece of work, closed afterwards. */
export const withKnex = async <Value>(url: string, work: (knex: Knex) => Promise<Value>): Promise<Value> => {
  const knex = knexPool(url, 2);
  try {
    return await work(knex);
  } finally {
    // biome-ignore lint/nursery/useAwaitThenable: destroy() answers a promise when it is given no callback.
    await knex.destroy();
  }
};
