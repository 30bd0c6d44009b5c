/** How much of the time that a call may take is left, measured by a clock that nobody sets. */
export type Deadline = { readonly leftMs: () => number };

export const deadlineFrom = (totalMs: number, monotonicMs: () => number): Deadline => {
  const begunAt = monotonicMs();
  return { leftMs: () => Math.max(0, Math.floor(totalMs - (monotonicMs() - begunAt))) };
};
