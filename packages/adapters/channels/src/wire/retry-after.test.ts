import { retryAfterMsOf } from './retry-after.js';

const date = 'Sun, 01 Nov 2026 10:00:00 GMT';

it.each([
  ['7', 7_000],
  ['2.0', 2_000],
  ['0.0015', null],
  ['999999999', 86_400_000],
  ['Sun, 01 Nov 2026 10:01:00 GMT', 60_000],
  ['Sun, 01 Nov 2026 09:59:00 GMT', null],
  ['0', null],
  ['-1', null],
  ['soon', null],
  ['', null],
])('%j is %j milliseconds', (said, ms) => {
  expect(retryAfterMsOf({ 'retry-after': said, date })).toBe(ms);
});

it('a moment means nothing without the time of whoever names it', () => {
  expect(retryAfterMsOf({ 'retry-after': 'Sun, 01 Nov 2026 10:01:00 GMT' })).toBeNull();
  expect(retryAfterMsOf({ date })).toBeNull();
});
