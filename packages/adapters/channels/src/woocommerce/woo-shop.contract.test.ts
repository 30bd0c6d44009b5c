import { shopBreakers } from '@rappit/resilience';
import { runContract, salesChannelContract } from '@rappit/testing/contracts';
import { type WooWorld, wooWorld } from './woo-world.test-kit.js';

for (const way of ['notes', 'own', 'plugin', 'ast'] as const)
  runContract<WooWorld>({ describe, it }, `wooShop over HTTP, where the store takes tracking numbers by ${way}`, {
    cases: salesChannelContract,
    make: () => wooWorld(way),
    dispose: (world) => world.close(),
  });

runContract<WooWorld>({ describe, it }, 'wooShop over HTTP, behind its breaker', {
  cases: salesChannelContract,
  make: async () => {
    // It would stay open for longer than the store is away.
    const breakers = shopBreakers({ limits: { minimumCalls: 1_000 } });
    const world = await wooWorld('notes', (channel) => breakers.around('a channel', channel));
    return {
      ...world,
      close: async () => {
        breakers.close();
        await world.close();
      },
    };
  },
  dispose: (world) => world.close(),
});
