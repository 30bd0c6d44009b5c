import { TRIED_HOURS } from './endpoint.js';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const TRIED = TRIED_HOURS * HOUR;
const SHORTEST = 5 * SECOND;
const LONGEST = 4 * HOUR;
/** A wait is up to so much shorter or longer, so that what failed together isn't tried together. */
const JITTER = 0.2;

export type Failure = {
  /** When the attempt began, and the first one of this delivery. */
  readonly at: Date;
  readonly firstTriedAt: Date;
  readonly now: Date;
  /** From 0 to below 1. */
  readonly chance: number;
  /** What the receiver asked for. */
  readonly retryAfterSeconds: number | null;
};

/**
 * When to try again: each wait is about as long as it has been tried before, from 5 seconds to 4 hours, and no shorter than the receiver asks.
 * The last attempt is made when it has been tried for 24 hours; null after that.
 */
export const tryAgainAt = ({ at, firstTriedAt, now, chance, retryAfterSeconds }: Failure): Date | null => {
  const tried = at.getTime() - firstTriedAt.getTime();
  if (tried >= TRIED) return null;
  const wait = Math.min(LONGEST, Math.max(SHORTEST, tried)) * (1 - JITTER + 2 * JITTER * chance);
  const asked = (retryAfterSeconds ?? 0) * SECOND;
  return new Date(Math.min(now.getTime() + Math.max(wait, asked), Math.max(now.getTime(), firstTriedAt.getTime() + TRIED)));
};

/** Whether an endpoint has failed for so long that it is disabled. */
export const hasFailedLong = (failingSince: Date, at: Date): boolean => at.getTime() - failingSince.getTime() >= TRIED;
