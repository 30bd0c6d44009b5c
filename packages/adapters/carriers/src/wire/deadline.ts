/** How much of the time that a call may take is left. */
export type Deadline = { readonly totalMs: number; readonly leftMs: () => number };

/**
 * Begins with a call; each exchange that the call needs is given what is left of it, so that all of them together take no longer than it.
 * It is measured by a clock that nobody sets.
 */
export const deadlineFrom = (totalMs: number, monotonicMs: () => number): Deadline => {
  const begunAt = monotonicMs();
  return { totalMs, leftMs: () => Math.max(0, Math.floor(totalMs - (monotonicMs() - begunAt))) };
};
