import { examine, readConfig } from './config.js';

const nodes = 'cache-1:7000, 10.0.0.2,[2001:db8::1]:7001';
const read = [
  { host: 'cache-1', port: 7000 },
  { host: '10.0.0.2', port: 6379 },
  { host: '2001:db8::1', port: 7001 },
];
const placeIn = (environment: Readonly<Record<string, string>>) => readConfig({ NODE_ENV: 'test', ...environment }).redis;

it('finds a Cluster by some of its nodes, and logs in as the URL says', () => {
  expect(placeIn({ REDIS_CLUSTER: nodes })).toEqual({ url: 'redis://redis', cluster: read });
  const url = 'rediss://burrow:wombat@cache.example.com';
  expect(placeIn({ REDIS_CLUSTER: nodes, REDIS_URL: url })).toEqual({ url, cluster: read });
});

it('finds a master by Sentinels and its name', () => {
  const environment = { REDIS_SENTINELS: nodes, REDIS_SENTINEL_MASTER: 'rappit', REDIS_HOST: 'cache.example.com' };
  expect(placeIn(environment)).toEqual({ url: 'redis://cache.example.com:6379', sentinels: read, master: 'rappit' });
});

it.each([
  [{ REDIS_CLUSTER: 'cache-1:70000' }, 'REDIS_CLUSTER: must be hosts and ports such as cache-1:6379,cache-2:6379'],
  [{ REDIS_CLUSTER: 'redis://cache-1' }, 'REDIS_CLUSTER: must be hosts and ports such as cache-1:6379,cache-2:6379'],
  [{ REDIS_SENTINELS: 'one,' }, 'REDIS_SENTINELS: must be hosts and ports such as cache-1:6379,cache-2:6379'],
  [{ REDIS_SENTINELS: 'one' }, 'REDIS_SENTINELS, REDIS_SENTINEL_MASTER: must be set together'],
  [{ REDIS_SENTINEL_MASTER: 'one' }, 'REDIS_SENTINELS, REDIS_SENTINEL_MASTER: must be set together'],
  [
    { REDIS_SENTINELS: 'one', REDIS_SENTINEL_MASTER: 'one', REDIS_CLUSTER: 'one' },
    'REDIS_CLUSTER: must not be set beside REDIS_SENTINELS',
  ],
])('refuses %p', (environment, fault) => {
  expect(examine({ NODE_ENV: 'test', ...environment }).faults).toEqual([fault]);
});
