import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDatabase, startEmbeddedPostgres } from '@rappit/persistence/embedded';
import pg from 'pg';
import { parentOf, watchChildrenOf } from './cpu.mjs';

/** Clients of a database's superuser, whom no policy hides anything from; one for each database. */
const superusers = (server) => {
  const clients = new Map();
  const clientFor = async (database) => {
    const known = clients.get(database);
    if (known) return known;
    const client = new pg.Client({ connectionString: server.superuserUrl(database) });
    // A server that shuts down says so on idle connections, and an error nobody listens to ends the process.
    client.on('error', () => {});
    await client.connect();
    clients.set(database, client);
    return client;
  };
  return {
    ask: async (database, sql, values) => (await (await clientFor(database)).query(sql, values)).rows,
    end: async () => {
      for (const client of clients.values()) await client.end();
    },
  };
};

/** Room for the log of a whole run, so that PostgreSQL keeps used files of it and only renames them, as a server does that has run for long. */
const LOG_ROOM = [`max_wal_size = '16GB'`, `min_wal_size = '4GB'`];

/**
 * One PostgreSQL for all subjects, with real fsync unless it is to be `fast`, in a temporary folder that `stop` removes.
 * `create` makes a database and answers its owner's URL; `ask` runs a statement as the superuser; `watch` answers a function that
 * tells how many microseconds of the processors the sessions have used since. `rest` writes out what the last subject has left, which
 * it would otherwise do in the next one's time.
 */
export const startPostgres = async ({ mode = 'durable' } = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'rappit-bench-'));
  await chmod(folder, 0o755);
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), mode });
  const { ask, end } = superusers(server);
  for (const setting of LOG_ROOM) await ask('postgres', `ALTER SYSTEM SET ${setting}`);
  await ask('postgres', 'SELECT pg_reload_conf()');
  const [{ pid, version }] = await ask(
    'postgres',
    `SELECT pg_backend_pid() AS pid, current_setting('server_version') AS version`,
  );
  const postmaster = parentOf(pid);
  return {
    ...{ folder, version, ask },
    create: (database) => ensureDatabase(server, database),
    watch: () => watchChildrenOf(postmaster),
    rest: () => ask('postgres', 'CHECKPOINT'),
    stop: async () => {
      await end();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
