/** How often a delivery is tried before it becomes a dead letter. */
export const MAX_ATTEMPTS = 12;

/** When to try again after the given number of attempts: 2 s, doubling, an hour at most; null when there have been enough. */
export const retryAt = (attempts: number, now: Date): Date | null =>
  attempts >= MAX_ATTEMPTS ? null : new Date(now.getTime() + Math.min(3_600, 2 ** attempts) * 1_000);

/**
 * When to look again whether something is over that isn't waited for in vain: after as long as was waited for it already, 2 s at least and
 * an hour at most, for as long as it takes.
 */
export const lookAgainAt = (since: Date, now: Date): Date =>
  new Date(now.getTime() + Math.min(3_600_000, Math.max(2_000, now.getTime() - since.getTime())));
