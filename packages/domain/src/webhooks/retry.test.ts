import { hasFailedLong, tryAgainAt } from './retry.js';

const at = (seconds: number): Date => new Date(Date.parse('2026-03-01T12:00:00Z') + seconds * 1_000);
const HOUR = 3_600;

/** In how many seconds it is tried again after it was tried for so many, with nothing asked and the middle of the jitter. */
const waitAfter = (tried: number, more: { readonly chance?: number; readonly retryAfterSeconds?: number } = {}) => {
  const failure = { at: at(tried), firstTriedAt: at(0), now: at(tried), chance: 0.5, retryAfterSeconds: null, ...more };
  const again = tryAgainAt(failure);
  return again && (again.getTime() - at(tried).getTime()) / 1_000;
};

describe('when a webhook is tried again', () => {
  it.each([
    [0, 5],
    [3, 5],
    [5, 5],
    [10, 10],
    [600, 600],
    [4 * HOUR, 4 * HOUR],
    [20 * HOUR, 4 * HOUR],
    [23 * HOUR, HOUR],
    [24 * HOUR - 1, 1],
    [24 * HOUR, null],
    [30 * HOUR, null],
  ])('after %i seconds of trying it waits for %s', (tried, wait) => {
    expect(waitAfter(tried)).toBe(wait);
  });

  it('waits a fifth less or more, by chance', () => {
    expect(waitAfter(1_000, { chance: 0 })).toBe(800);
    expect(waitAfter(1_000, { chance: 0.999_999 })).toBeCloseTo(1_200, 2);
  });

  it.each([
    [60, 60],
    [1, 5],
    [100 * HOUR, 24 * HOUR],
  ])('waits %i seconds if asked to, and no less than it would, within its day', (retryAfterSeconds, wait) => {
    expect(waitAfter(0, { retryAfterSeconds })).toBe(wait);
  });

  it('gives an endpoint up that has failed for a day', () => {
    expect([hasFailedLong(at(0), at(24 * HOUR - 1)), hasFailedLong(at(0), at(24 * HOUR))]).toEqual([false, true]);
  });
});
