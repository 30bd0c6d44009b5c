import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** The account PostgreSQL runs as. `ids` is empty when that is simply ours. */
export type OsUser = { readonly name: string; readonly ids: { readonly uid?: number; readonly gid?: number } };

/** Nothing of our own environment, which may hold secrets, reaches the server. */
export const serverEnvironment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * PostgreSQL refuses to run as root. Root therefore becomes the owner of existing data, else `postgres`, else `nobody`.
 * No account is ever created.
 */
export const serverUser = async (data: string): Promise<OsUser> => {
  if (!isRoot()) return { name: `uid ${process.getuid?.()}`, ids: {} };
  const owner = await stat(data).catch(() => undefined);
  if (owner && owner.uid !== 0) return { name: `uid ${owner.uid}`, ids: { uid: owner.uid, gid: owner.gid } };
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const account = accounts.find((fields) => fields[0] === name);
    if (account) return { name, ids: { uid: Number(account[2]), gid: Number(account[3]) } };
  }
  throw new Error('PostgreSQL can not run as root, and there is neither a user postgres nor nobody. Set DATABASE_URL instead.');
};

/** `code` is 0, the exit code, or why it could not be started at all (such as `EACCES`). */
export type Ran = { readonly code: number | string; readonly output: string };

export const runAs = (user: OsUser, command: string, args: readonly string[]): Promise<Ran> =>
  new Promise((answer) => {
    const options = { ...user.ids, cwd: '/', env: serverEnvironment, timeout: 180_000 };
    execFile(command, args, options, (error, stdout, stderr) =>
      answer({ code: error ? (error.code ?? error.signal ?? 'unknown') : 0, output: `${stdout}${stderr}`.trim() }),
    );
  });

/** Makes a folder; as root every folder made can be passed through by the server's user, whatever the umask. */
export const makeFolder = async (folder: string): Promise<void> => {
  const absolute = resolve(folder);
  const first = await mkdir(absolute, { recursive: true });
  if (first === undefined) return;
  for (let made = absolute; made.length >= first.length; made = dirname(made)) {
    await chmod(made, isRoot() ? 0o755 : 0o700);
  }
};
