import { persistenceContracts, runContract } from '@rappit/testing/contracts';
import { contractWorld, openWorld, type TestWorld } from './test-world.test-kit.js';

/** One database serves all cases: each case makes organizations of its own, and organizations don't see each other. */
let world: TestWorld;
beforeAll(async () => {
  world = await openWorld('levels');
});
afterAll(() => world.persistence.close());

for (const [name, cases] of Object.entries(persistenceContracts))
  runContract({ describe, it }, `PostgreSQL as ${name}`, {
    cases,
    make: () => contractWorld(world),
  });
