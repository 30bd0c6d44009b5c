import { prefixOf } from '../../api-prefix.js';
import { requestIdOf } from './observe.js';

it('takes a request id that is sound, and makes one otherwise', () => {
  expect(requestIdOf({ headers: { 'x-request-id': 'abc-1.2:3_4' } })).toBe('abc-1.2:3_4');
  for (const given of ['', 'a b', 'a\u0000', '"', 'x'.repeat(101), ['a', 'b'], undefined])
    expect(requestIdOf({ headers: { 'x-request-id': given } })).toMatch(/^[0-9a-f-]{36}$/);
});

it.each([
  ['api/v1', '/api/v1'],
  ['/api/v1', '/api/v1'],
  ['/api/v1/', '/api/v1'],
  ['//api//', '/api'],
  ['/', ''],
  ['', ''],
])('makes the prefix of %p %p', (given, prefix) => {
  expect(prefixOf(given)).toBe(prefix);
});
