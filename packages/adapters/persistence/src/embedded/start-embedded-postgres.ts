import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { serverBinaries } from './binaries.js';
import { clusterFiles, defaultDataDir, ensureCluster, give, readPassword } from './cluster.js';
import { makeFolder, runAs, serverUser } from './os-user.js';
import { waitForPreviousServer } from './previous-server.js';
import { type Launch, launchServer, stopServer } from './server.js';

/** A running PostgreSQL that belongs to this process and ends with it, even when it is killed. */
export type EmbeddedPostgres = {
  readonly host: string;
  readonly port: number;
  /** URL of the superuser, only for making databases and owners. Without a name it is the database `postgres`. */
  readonly superuserUrl: (database?: string) => string;
  /** Shuts down without waiting for clients, which see their connections end. Twice is once. */
  readonly stop: () => Promise<void>;
};

/** `fast` can lose or spoil everything when the machine goes down; it is for tests. `durable` is a real server. */
export type EmbeddedPostgresOptions = {
  readonly dataDir?: string;
  readonly mode: 'durable' | 'fast';
  readonly port?: number;
};

const host = '127.0.0.1';

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, host);
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
};

/** Somebody can take the free port before the server does, and backends outlive a killed server for a moment. */
const isPassing = (failure: string, port: number | undefined): boolean =>
  failure.includes('pre-existing shared memory') || (port === undefined && failure.includes('Address already in use'));

const launchPatiently = async (launch: Omit<Launch, 'port'>, port: number | undefined) => {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const chosen = port ?? (await freePort());
    const launched = await launchServer({ ...launch, port: chosen });
    if (!('failure' in launched)) return { child: launched, port: chosen };
    if (!isPassing(launched.failure, port) || Date.now() > deadline) {
      throw new Error(`The embedded PostgreSQL did not start as ${launch.user.name}:\n${launched.failure}`);
    }
    await delay(100);
  }
};

const startIn = async (dataDir: string, temporary: string | undefined, { mode, port }: EmbeddedPostgresOptions) => {
  const files = clusterFiles(dataDir);
  const user = await serverUser(files.folder);
  const binaries = await serverBinaries(user);
  if (temporary) await give(temporary, user);
  const reached = await runAs(user, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', dataDir]);
  if (reached.code !== 0) {
    throw new Error(`${user.name} can't enter ${dataDir}: no folder above it may be closed to that user.`);
  }
  await ensureCluster(dataDir, { initdb: join(binaries, 'initdb'), user, mode });
  const ignoredPid = await waitForPreviousServer(files.data, user);
  const postgres = join(binaries, 'postgres');
  const password = await readPassword(files);
  return { password, ...(await launchPatiently({ postgres, files, user, mode, ignoredPid, temporary }, port)) };
};

/**
 * Starts PostgreSQL on the loopback interface, on a port the system chooses unless one is given.
 * - The data and the superuser's password stay in `dataDir`. By default `durable` keeps them in `/var/lib/rappit/postgres`
 *   for root and below `$XDG_DATA_HOME` or `~/.local/share` for others; `fast` has a temporary folder, removed on stop.
 * - Root hands the data to `postgres` or `nobody`, so no folder above `dataDir` may be closed to them.
 * - A server of the same data that is still shutting down is waited for. Data in use by a living one is refused after 20 s.
 * - It keeps no event loop alive.
 */
export const startEmbeddedPostgres = async (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const isTemporary = options.dataDir === undefined && options.mode === 'fast';
  const wanted = isTemporary ? await mkdtemp(join(tmpdir(), 'rappit-postgres-')) : (options.dataDir ?? defaultDataDir());
  if (!isTemporary) await makeFolder(wanted);
  const dataDir = await realpath(wanted);
  const temporary = isTemporary ? dataDir : undefined;
  const cleanUp = async () => {
    if (temporary) await rm(temporary, { recursive: true, force: true });
  };
  try {
    const { child, port, password } = await startIn(dataDir, temporary, options);
    const stop = async () => {
      try {
        await stopServer(child);
      } finally {
        await cleanUp();
      }
    };
    let stopped: Promise<void> | undefined;
    return {
      host,
      port,
      superuserUrl: (database = 'postgres') => `postgres://postgres:${password}@${host}:${port}/${encodeURIComponent(database)}`,
      stop: () => (stopped ??= stop()),
    };
  } catch (error) {
    await cleanUp();
    throw error;
  }
};
