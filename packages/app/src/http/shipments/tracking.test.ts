import { inMemoryBackend } from '../testing/backend.test-kit.js';
import { tracking } from '../testing/tracking.test-kit.js';
import { timeText } from './tracking.schemas.js';

tracking(inMemoryBackend);

it.each([
  [null, '2026-01-05T10:00:00'],
  [0, '2026-01-05T10:00:00+00:00'],
  [330, '2026-01-05T10:00:00+05:30'],
  [-210, '2026-01-05T10:00:00-03:30'],
])('a clock %p minutes from UTC is written as ISO 8601 has it', (utcOffsetMinutes, text) => {
  expect(timeText({ local: '2026-01-05T10:00:00', utcOffsetMinutes })).toBe(text);
});
