import { runContract, salesChannelContract } from '@rappit/testing/contracts';
import { type WooWorld, wooWorld } from './woo-world.test-kit.js';

for (const way of ['notes', 'own', 'plugin', 'ast'] as const)
  runContract<WooWorld>({ describe, it }, `wooShop over HTTP, where the store takes tracking numbers by ${way}`, {
    cases: salesChannelContract,
    make: () => wooWorld(way),
    dispose: (world) => world.close(),
  });
