import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of Linux are hundredths of a second. */
const TICK_MICROSECONDS = 10_000;

const statOf = (pid) => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(fields[1]), microseconds: (Number(fields[11]) + Number(fields[12])) * TICK_MICROSECONDS };
};

const statOrNothing = (pid) => {
  try {
    return statOf(pid);
  } catch {
    // It has ended meanwhile, or the system keeps no such file.
    return { parent: undefined, microseconds: Number.NaN };
  }
};

/** Processor time that a process has used so far, in microseconds; not a number where the system doesn't tell (Linux does). */
export const usedBy = (pid) => statOrNothing(pid).microseconds;

/**
 * Watches the children of a process, such as the sessions of a PostgreSQL: answers a function that tells what those that are alive
 * have used since. What others used before they ended isn't known any more.
 */
export const watchChildrenOf = (parent) => {
  const before = childrenOf(parent);
  return () => {
    if (!before) return Number.NaN;
    const spent = [...childrenOf(parent)].map(([pid, microseconds]) => microseconds - (before.get(pid) ?? 0));
    return spent.reduce((sum, microseconds) => sum + microseconds, 0);
  };
};

const childrenOf = (parent) => {
  if (Number.isNaN(usedBy(parent))) return undefined;
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const stats = processes.map((pid) => [pid, statOrNothing(pid)]).filter(([, stat]) => stat.parent === parent);
  return new Map(stats.map(([pid, { microseconds }]) => [pid, microseconds]));
};

/** The process that started another one; undefined where the system doesn't tell. */
export const parentOf = (pid) => statOrNothing(pid).parent;
