import type { Progress } from './memory/organization-state.js';

export const due = (at: Date): Progress => ({ status: 'due', dueAt: at, attempts: 0, said: null });

export const isDue = ({ status, dueAt }: Progress, now: Date): boolean => status === 'due' && dueAt.getTime() <= now.getTime();

/** Taken up by one worker: nobody else sees it until the lease ends. */
export const leased = <Row extends Progress>(row: Row, now: Date, leaseSeconds: number): Row => ({
  ...row,
  attempts: row.attempts + 1,
  dueAt: new Date(now.getTime() + leaseSeconds * 1_000),
});

/** Due again at `retryAt`, or given up. */
export const setBack = <Row extends Progress>(row: Row, reason: string, retryAt: Date | null): Row =>
  retryAt ? { ...row, said: reason, dueAt: retryAt } : { ...row, said: reason, status: 'dead' };

export const finished = <Row extends Progress>(row: Row, outcome: string | null): Row => ({
  ...row,
  status: 'done',
  said: outcome,
});
