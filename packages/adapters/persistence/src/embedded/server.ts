import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from './cluster.js';
import { type OsUser, serverEnvironment } from './os-user.js';
import { claimFile, claimOf } from './previous-server.js';

export type Launch = {
  readonly postgres: string;
  readonly files: Cluster;
  readonly user: OsUser;
  readonly mode: 'durable' | 'fast';
  readonly port: number;
  /** A process to be ignored although it has the number of the data's last server. */
  readonly ignoredPid: number | undefined;
  /** What to remove when we die before we could. */
  readonly temporary: string | undefined;
};

/**
 * `exec` makes the shell the server itself. Descriptor 3 is a pipe whose other end only our process holds, so it ends
 * with us however we die; the orphaned watcher then asks for a fast shutdown. A line on it means: stopped, nothing to do.
 */
const withLifeLine = `
umask 077
log=$1 claim=$2 temporary=$3
shift 3
( (
  trap '' HUP INT TERM
  read -r line <&3 && exit
  kill -INT $$
  [ -n "$temporary" ] || exit
  for second in 1 2 3 4 5 6 7 8 9 10; do [ -e "$claim" ] && sleep 1; done
  rm -rf "$temporary"
) >/dev/null 2>&1 & )
exec 3<&- >"$log" 2>&1
exec "$@"`;

const settings = ({ files, mode, port }: Launch): string[] => {
  const fast = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off'];
  return [
    ...[`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories='],
    ...['max_connections=200', 'shared_buffers=128MB', 'timezone=UTC', 'log_timezone=UTC'],
    // Neither statements nor rows in the log: they hold passwords and personal data.
    ...['log_min_error_statement=panic', 'log_error_verbosity=terse'],
    ...(mode === 'fast' ? fast : []),
  ]
    .flatMap((setting) => ['-c', setting])
    .concat('-D', files.data);
};

const spawnServer = (launch: Launch): ChildProcess => {
  const { files, temporary = '', user, postgres, ignoredPid } = launch;
  const shell = ['-c', withLifeLine, 'sh', files.log, claimFile(files.data), temporary];
  const child = spawn('/bin/sh', [...shell, postgres, ...settings(launch)], {
    ...user.ids,
    cwd: '/',
    // A session of its own: Ctrl-C reaches only us, and we stop the server when we are done with it.
    detached: true,
    env: { ...serverEnvironment, ...(ignoredPid ? { PG_GRANDPARENT_PID: String(ignoredPid) } : {}) },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const lifeLine = child.stdio[3] as Writable & { unref(): void };
  lifeLine.on('error', () => {});
  child.on('error', () => {});
  child.once('exit', () => lifeLine.end('stopped\n'));
  lifeLine.unref();
  child.unref();
  return child;
};

const hasEnded = (child: ChildProcess): boolean =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

const endsWithin = (child: ChildProcess, milliseconds: number): Promise<boolean> =>
  new Promise((resolve) => {
    if (hasEnded(child)) return resolve(true);
    const timer = setTimeout(() => resolve(false), milliseconds);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });

/** Fast shutdown; one that hangs is cut short, which costs a recovery at the next start but no committed row. */
export const stopServer = async (child: ChildProcess): Promise<void> => {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (hasEnded(child)) return;
    child.kill(signal);
    if (await endsWithin(child, 15_000)) return;
  }
  throw new Error(`The embedded PostgreSQL (process ${child.pid}) does not stop.`);
};

const lastLines = async (log: string): Promise<string> =>
  (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n').slice(-15).join('\n');

/** Answers the server once it accepts connections, or the last lines of its log. */
export const launchServer = async (launch: Launch): Promise<ChildProcess | { readonly failure: string }> => {
  const child = spawnServer(launch);
  const deadline = Date.now() + 60_000;
  for (;;) {
    const claim = await claimOf(launch.files.data);
    if (claim?.pid === child.pid && claim?.state === 'ready') return child;
    if (hasEnded(child)) return { failure: await lastLines(launch.files.log) };
    if (Date.now() > deadline) {
      await stopServer(child);
      return { failure: `It was not ready after 60 s.\n${await lastLines(launch.files.log)}` };
    }
    await delay(10);
  }
};
