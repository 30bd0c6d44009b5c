import { lookAgainAt, MAX_ATTEMPTS, retryAt } from './retry.js';

const now = new Date('2026-03-01T12:00:00Z');
const secondsUntil = (at: Date | null): number | null => at && (at.getTime() - now.getTime()) / 1_000;

it('waits two seconds after the first attempt, and twice as long after each further one', () => {
  expect([1, 2, 3, 4, 10].map((attempts) => secondsUntil(retryAt(attempts, now)))).toEqual([2, 4, 8, 16, 1_024]);
});

it('never waits longer than an hour', () => {
  for (let attempts = 1; attempts < MAX_ATTEMPTS; attempts += 1)
    expect(secondsUntil(retryAt(attempts, now))).toBeLessThanOrEqual(3_600);
});

it('gives up after the last attempt', () => {
  expect(retryAt(MAX_ATTEMPTS - 1, now)).toBeInstanceOf(Date);
  expect(retryAt(MAX_ATTEMPTS, now)).toBeNull();
  expect(retryAt(MAX_ATTEMPTS + 1, now)).toBeNull();
});

it('looks again after as long as was waited already, between two seconds and an hour', () => {
  const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1_000);
  const waits = [-60, 0, 1, 2, 90, 3_600, 3_601, 1_000_000].map((seconds) => secondsUntil(lookAgainAt(ago(seconds), now)));
  expect(waits).toEqual([2, 2, 2, 2, 90, 3_600, 3_600, 3_600]);
});
