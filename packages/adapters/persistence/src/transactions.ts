import type { Knex } from 'knex';
import type { Client } from 'pg';
import { knexBuilder } from './pools.js';

/** What begins and is entered by one trip, then works, then is committed. */
export type Transacting = <Value>(work: (trx: Knex) => Promise<Value>) => Promise<Value>;

/** Of knex's client, which its types leave open: the pool. */
type Pool = {
  readonly acquireConnection: () => Promise<Client>;
  readonly releaseConnection: (connection: Client) => Promise<void>;
};

/** Where a query runs, and what becomes of the connection afterwards, which isn't the builder's to say. */
type Settable = { acquireConnection: () => Promise<Client>; releaseConnection: () => Promise<void> };

/**
 * Transactions on knex's pool, each connection with a query builder that lives as long as it does. `knex.transaction` makes one anew for each
 * transaction: 15 kB that outlive two collections, which was a third of what the server allocated and most of its pauses (ADR 0061).
 * - `work` says BEGIN itself, in the trip that opens the transaction for an organization.
 * - What throws is rolled back, and so is nothing that was committed. A connection whose rollback isn't answered is thrown away.
 */
export const transactingOn = (knex: Knex): Transacting => {
  const { acquireConnection, releaseConnection } = poolOf(knex);
  const builders = new WeakMap<Client, Knex>();
  const builderOn = (connection: Client): Knex => {
    const builder = builders.get(connection) ?? makeBuilder(knex, connection);
    builders.set(connection, builder);
    return builder;
  };
  return async (work) => {
    const connection = await acquireConnection();
    try {
      const trx = builderOn(connection);
      const value = await work(trx);
      await commit(trx);
      return value;
    } catch (error) {
      await connection.query('ROLLBACK').catch(() => connection.end());
      throw error;
    } finally {
      await releaseConnection(connection);
    }
  };
};

const poolOf = ({ client }: Knex): Pool => {
  const pool: Pool = client;
  return { acquireConnection: () => pool.acquireConnection(), releaseConnection: (each) => pool.releaseConnection(each) };
};

/** Whoever listens to the pool's queries hears those of its transactions, too. */
const makeBuilder = (knex: Knex, connection: Client): Knex => {
  const builder = knexBuilder();
  const client: Settable = builder.client;
  client.acquireConnection = async () => connection;
  client.releaseConnection = async () => undefined;
  builder.on('query', (query) => knex.emit('query', query));
  return builder;
};

/** PostgreSQL answers COMMIT with ROLLBACK where a statement had failed: nothing of it is there. */
const commit = async (trx: Knex): Promise<void> => {
  const { command } = await trx.raw<{ command: string }>('COMMIT');
  if (command !== 'COMMIT') throw new Error('bug: a transaction went on after one of its statements had failed');
};
