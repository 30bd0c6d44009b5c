import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** Everything runs on this machine, over loopback. */
export const host = '127.0.0.1';

const children = new Set();

/** Sees to it that a child ends when this process does, even if nobody asked it to and it is stopped. */
export const ownChild = (child) => {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
};
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/**
 * Lets a process run while `work` is under way, and stops it afterwards: what a subject does by itself, such as relaying the events
 * of its orders, costs no other subject anything, and is done in the subject's own time.
 */
export const awake = async (child, work) => {
  child.kill('SIGCONT');
  try {
    return await work();
  } finally {
    child.kill('SIGSTOP');
  }
};

/** Asks a process to end, also one that is stopped, and answers when it has. */
export const end = async (child) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  child.kill('SIGCONT');
  await Promise.race([gone, delay(10_000, undefined, { ref: false }).then(() => child.kill('SIGKILL'))]);
};
