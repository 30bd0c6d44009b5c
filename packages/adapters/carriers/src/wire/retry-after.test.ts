import { retryAfterOf } from './retry-after.js';

const date = 'Mon, 05 Jan 2026 10:00:00 GMT';

it.each<[Record<string, string>, number | undefined]>([
  [{ 'retry-after': '120' }, 120],
  [{ 'retry-after': 'Mon, 05 Jan 2026 10:02:00 GMT', date }, 120],
  [{ 'retry-after': '999999999' }, 86_400],
  [{}, undefined],
  [{ 'retry-after': '0' }, undefined],
  [{ 'retry-after': '-5' }, undefined],
  [{ 'retry-after': 'soon', date }, undefined],
  [{ 'retry-after': 'Mon, 05 Jan 2026 09:00:00 GMT', date }, undefined],
  [{ 'retry-after': 'Mon, 05 Jan 2026 10:02:00 GMT' }, undefined],
])('reads of %j that it should wait %p seconds', (headers, seconds) => {
  expect(retryAfterOf(headers)).toBe(seconds);
});
