import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDatabase, startEmbeddedPostgres } from '@rappit/persistence/embedded';
import pg from 'pg';

/**
 * One PostgreSQL with real fsync for all subjects, in a temporary folder that `stop` removes.
 * `create` makes a database and answers its owner's URL; `ask` runs a statement as the superuser, whom no policy hides anything from.
 */
export const startPostgres = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rappit-bench-'));
  await chmod(folder, 0o755);
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), mode: 'durable' });
  const clients = new Map();
  const clientFor = async (database) => {
    const known = clients.get(database);
    if (known) return known;
    const client = new pg.Client({ connectionString: server.superuserUrl(database) });
    client.on('error', () => {});
    await client.connect();
    clients.set(database, client);
    return client;
  };
  return {
    folder,
    create: (database) => ensureDatabase(server, database),
    ask: async (database, sql, values = []) => (await (await clientFor(database)).query(sql, values)).rows,
    stop: async () => {
      for (const client of clients.values()) await client.end();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
