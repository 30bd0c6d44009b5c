import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type OsUser, runAs } from './os-user.js';

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** The file by which a running server claims its data; it is the last thing a server removes. */
export const claimFile = (data: string): string => join(data, 'postmaster.pid');

/** Who claims the data. The file's first line is the process id, its eighth the state. */
export const claimOf = async (data: string): Promise<{ pid: number; state: string } | undefined> => {
  const lines = await readFile(claimFile(data), 'utf8').then(
    (text) => text.split('\n'),
    () => undefined,
  );
  return lines && { pid: Number.parseInt(lines[0] ?? '', 10), state: (lines[7] ?? '').trim() };
};

const commandOf = async (pid: number, user: OsUser): Promise<string> => {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return (await runAs(user, 'ps', ['-o', 'command=', '-p', String(pid)])).output;
};

/**
 * Waits for a server of the same data that is still shutting down, such as that of a killed parent.
 * Answers the id of a process that has nothing to do with the claim but got the dead server's number, as happens when
 * a container starts again. PostgreSQL alone would refuse to start because of it.
 */
export const waitForPreviousServer = async (data: string, user: OsUser): Promise<number | undefined> => {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const claim = await claimOf(data);
    if (!claim || !(claim.pid > 0) || !isAlive(claim.pid)) return undefined;
    const command = (await commandOf(claim.pid, user)).split('\0')[0] ?? '';
    if (!command.includes('postgres')) return claim.pid;
    if (Date.now() > deadline) throw new Error(`${data} is in use by another server (process ${claim.pid}).`);
    await delay(50);
  }
};
