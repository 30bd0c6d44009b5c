import { err, type GuardedFetch, type OutboundRequest, ok } from '@rappit/domain';
import { fakeGuardedFetch } from '../fakes/index.js';
import { asArrived } from './arrived.test-kit.js';
import { brokenPromises, type GuardedFetchWorld, guardedFetchContract } from './index.js';

const world = (spoil: (sound: GuardedFetch) => Partial<GuardedFetch>) => (): GuardedFetchWorld => {
  const fake = fakeGuardedFetch();
  return {
    ...fake,
    guardedFetch: { ...fake.guardedFetch, ...spoil(fake.guardedFetch) },
    url: (path) => `https://shop.example.com${path}`,
    arrived: () => fake.arrived().map(asArrived),
  };
};

const sending = (change: (request: OutboundRequest) => OutboundRequest) =>
  world((sound) => ({ send: (request) => sound.send(change(request)) }));

const broken: readonly (readonly [what: string, make: () => GuardedFetchWorld, promise: string])[] = [
  ['drops the query', sending((request) => ({ ...request, url: request.url.replace(/\?.*/, '') })), 'hands everything on'],
  ['drops headers', sending((request) => ({ ...request, headers: {} })), 'refuses headers'],
  [
    'follows a redirect',
    world((sound) => ({
      send: async (request) => {
        const sent = await sound.send(request);
        const location = sent.ok ? sent.value.headers['location'] : undefined;
        return sent.ok && sent.value.status === 302 && location ? sound.send({ ...request, url: location }) : sent;
      },
    })),
    'takes any status',
  ],
  [
    'forgets how addresses may be spelled',
    world((sound) => ({ check: (url) => (/^https:\/\/\d+\/$/.test(url) ? ok(null) : sound.check(url)) })),
    'refuses what may not be called',
  ],
  [
    'calls whatever it is told to',
    sending((request) => ({ ...request, url: request.url.replace(/169\.254\.169\.254/, 'metadata.example.com') })),
    'refuses what may not be called',
  ],
  [
    'calls a lost answer unavailable',
    world((sound) => ({
      send: async (request) => {
        const sent = await sound.send(request);
        return !sent.ok && sent.error.code === 'outbound.unknown_outcome'
          ? err({ code: 'outbound.unavailable', why: 'connection' })
          : sent;
      },
    })),
    'says perhaps when the connection ends',
  ],
  ['waits for ever', world(() => ({ send: () => new Promise(() => undefined) })), 'waits no longer'],
  ['takes more than it may', sending((request) => ({ ...request, maxBytes: request.maxBytes + 1 })), 'gives up an answer'],
  [
    'throws when nobody is there',
    world((sound) => ({
      send: async (request) => {
        const sent = await sound.send(request);
        if (!sent.ok && sent.error.code === 'outbound.unavailable') throw new Error('ECONNREFUSED');
        return sent;
      },
    })),
    'says that nobody is there',
  ],
];

describe('the suite notices a guard that', () => {
  it.each(broken)('%s', async (_, make, promise) => {
    const cases = guardedFetchContract.filter((one) => one.promise.startsWith(promise));
    expect(cases).toHaveLength(1);
    expect(await brokenPromises({ cases, make: world(() => ({})) })).toEqual([]);
    expect(await brokenPromises({ cases, make })).toHaveLength(1);
  });
});
