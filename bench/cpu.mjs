import { readdirSync, readFileSync } from 'node:fs';

const NANOSECONDS = 1_000;

/** What `read` answers, or `otherwise`, since a process can end meanwhile, and only Linux keeps such files. */
const orElse = (otherwise, read) => {
  try {
    return read();
  } catch {
    return otherwise;
  }
};

const ofTask = (folder) => Number(readFileSync(`${folder}/schedstat`, 'utf8').split(' ')[0]) / NANOSECONDS;

/** Processor time that a process has used so far, in microseconds; not a number where the system doesn't tell. */
const usedBy = (pid) =>
  orElse(Number.NaN, () => {
    const tasks = readdirSync(`/proc/${pid}/task`).map((task) => orElse(0, () => ofTask(`/proc/${pid}/task/${task}`)));
    return tasks.reduce((sum, microseconds) => sum + microseconds, 0);
  });

/** Watches a process: answers a function that tells how many microseconds of the processors it has used since. */
export const watch = (pid) => {
  const before = usedBy(pid);
  return () => usedBy(pid) - before;
};

/** The process that started another one; undefined where the system doesn't tell. */
export const parentOf = (pid) =>
  orElse(undefined, () => {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
  });

const childrenOf = (parent) => {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === parent);
  return new Map(processes.map((pid) => [pid, usedBy(pid)]));
};

/** Watches the children of a process, such as the sessions of a PostgreSQL. What one used before it ended isn't known any more. */
export const watchChildrenOf = (parent) => {
  if (parent === undefined) return () => Number.NaN;
  const before = childrenOf(parent);
  return () => {
    const spent = [...childrenOf(parent)].map(([pid, microseconds]) => microseconds - (before.get(pid) ?? 0));
    return spent.reduce((sum, microseconds) => sum + (microseconds || 0), 0);
  };
};
