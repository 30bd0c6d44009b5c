import { readLimits } from './limit-config.js';

it('limits as the design says where nothing is configured', () => {
  const { sizes, faults } = readLimits({}, true);
  expect(faults).toEqual([]);
  expect(Object.values(sizes).map(({ name, points, seconds }) => [name, points, seconds])).toEqual([
    ['auth_ip', 5, 900],
    ['auth_email', 10, 900],
    ['api_user', 1_000, 60],
    ['api_org', 5_000, 60],
    ['webhook_ip', 100, 60],
    ['webhook_org', 500, 60],
  ]);
});

it('takes another count, and another count in other seconds', () => {
  const { sizes } = readLimits({ RATE_LIMIT_AUTH_IP: '50', RATE_LIMIT_API_USER: '20/2' }, true);
  expect([sizes.auth_ip, sizes.api_user]).toEqual([
    { name: 'auth_ip', points: 50, seconds: 900 },
    { name: 'api_user', points: 20, seconds: 2 },
  ]);
});

it('can be switched off for a type, but never in production', () => {
  const off = { RATE_LIMIT_API_ORG: 'off' };
  expect(readLimits(off, false)).toMatchObject({ faults: [], sizes: { api_user: { points: 1_000 } } });
  expect(readLimits(off, false).sizes.api_org).toBe(undefined);
  expect(readLimits(off, true).faults).toEqual(['RATE_LIMIT_API_ORG: must not be off when NODE_ENV is production']);
});

it.each(['0', '-1', '5/0', '1e9', 'none', '5/900/1', '2000000000'])('refuses %s', (text) => {
  expect(readLimits({ RATE_LIMIT_AUTH_IP: text }, false).faults).toEqual([expect.stringMatching(/^RATE_LIMIT_AUTH_IP: must /)]);
});
