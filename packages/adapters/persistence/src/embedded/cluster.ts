import { randomBytes } from 'node:crypto';
import { lchown, lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isRoot, type OsUser, runAs } from './os-user.js';
import { isAlive } from './previous-server.js';

/** What a data folder holds. All of it belongs to the user the server runs as, and nobody else can read it. */
export type Cluster = {
  readonly folder: string;
  readonly data: string;
  readonly log: string;
  readonly passwordFile: string;
};

const inFolder = (folder: string) => ({
  folder,
  data: join(folder, 'data'),
  log: join(folder, 'server.log'),
  passwordFile: join(folder, 'password'),
});

export const clusterFiles = (dataDir: string): Cluster => inFolder(join(dataDir, 'cluster'));

export const defaultDataDir = (): string => {
  if (isRoot()) return '/var/lib/rappit/postgres';
  return join(process.env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'rappit', 'postgres');
};

/** Gives a folder and all in it to the user the server runs as. */
export const give = async (folder: string, { ids: { uid, gid } }: OsUser): Promise<void> => {
  if (uid === undefined || gid === undefined) return;
  for (const path of await readdir(folder, { recursive: true })) await lchown(join(folder, path), uid, gid);
  await lchown(folder, uid, gid);
};

type Initdb = { readonly initdb: string; readonly user: OsUser; readonly mode: 'durable' | 'fast' };

const initialize = async (files: Cluster, { initdb, user, mode }: Initdb): Promise<void> => {
  await mkdir(files.folder, { mode: 0o700 });
  await writeFile(files.passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true });
  await give(files.folder, user);
  const ran = await runAs(user, initdb, [
    ...['-D', files.data, '--username=postgres', `--pwfile=${files.passwordFile}`, '--auth=scram-sha-256'],
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
    ...(mode === 'fast' ? ['--no-sync'] : []),
  ]);
  const lastLines = ran.output.split('\n').slice(-5).join('\n');
  if (ran.code !== 0) throw new Error(`initdb failed as ${user.name} (${ran.code}):\n${lastLines}`);
};

const removeAbandoned = async (dataDir: string): Promise<void> => {
  for (const name of await readdir(dataDir)) {
    const pid = Number(/^unfinished-(\d+)$/.exec(name)?.[1]);
    if (pid === process.pid || (pid && !isAlive(pid))) await rm(join(dataDir, name), { recursive: true, force: true });
  }
};

/**
 * Makes the data folder's content unless it is there.
 * It appears complete, with its password, or not at all: whoever dies in the middle or loses a race leaves no half of one.
 */
export const ensureCluster = async (dataDir: string, initdb: Initdb): Promise<Cluster> => {
  const files = clusterFiles(dataDir);
  const found = await lstat(files.folder).catch(() => undefined);
  if (found) {
    // Data that root restored from a backup belongs to root, and the server couldn't read it.
    if (found.uid === 0) await give(files.folder, initdb.user);
    return files;
  }
  await removeAbandoned(dataDir);
  const unfinished = inFolder(join(dataDir, `unfinished-${process.pid}`));
  try {
    await initialize(unfinished, initdb);
    await rename(unfinished.folder, files.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(unfinished.folder, { recursive: true, force: true });
  }
  return files;
};

export const readPassword = async (files: Cluster): Promise<string> => (await readFile(files.passwordFile, 'utf8')).trim();
