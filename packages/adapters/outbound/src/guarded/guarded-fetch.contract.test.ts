import { type GuardedFetchWorld, guardedFetchContract, runContract } from '@rappit/testing/contracts';
import { guardedFetch } from './guarded-fetch.js';
import { startOutside } from './outside.test-kit.js';
import { alsoNearby } from './policy.js';

type RealWorld = GuardedFetchWorld & { readonly close: () => Promise<void> };

const named = 'shop.example.com';

runContract<RealWorld>({ describe, it }, 'guardedFetch over a name', {
  cases: guardedFetchContract,
  make: async () => {
    const outside = await startOutside();
    const guard = guardedFetch({ policy: alsoNearby, names: async () => ['127.0.0.1'] });
    return { ...outside, guardedFetch: guard, url: (path) => outside.url(path, named) };
  },
  dispose: ({ close }) => close(),
});

runContract<RealWorld>({ describe, it }, 'guardedFetch over an address', {
  cases: guardedFetchContract,
  make: async () => {
    const outside = await startOutside();
    return { ...outside, guardedFetch: guardedFetch({ policy: alsoNearby }) };
  },
  dispose: ({ close }) => close(),
});
