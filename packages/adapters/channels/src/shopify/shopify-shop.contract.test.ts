import type { SalesChannel } from '@rappit/domain';
import { shopBreakers } from '@rappit/resilience';
import { runContract, salesChannelContract } from '@rappit/testing/contracts';
import { shopifyWorld } from './shopify-world.test-kit.js';

/** One case lets the shop fail more often than a breaker would stand. */
const breakers = shopBreakers({ limits: { minimumCalls: 50 } });
let channels = 0;
const behindBreaker = (channel: SalesChannel): SalesChannel => {
  channels += 1;
  return breakers.around(`channel-${channels}`, channel);
};

afterAll(() => breakers.close());

for (const [title, wrapped] of [
  ['shopifyShop', (channel: SalesChannel) => channel],
  ['shopifyShop behind its breaker', behindBreaker],
] as const)
  runContract({ describe, it }, title, {
    cases: salesChannelContract,
    make: () => shopifyWorld(wrapped),
    dispose: ({ close }) => close(),
  });
