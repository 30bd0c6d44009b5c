import { decidePlacements, expireUnpaid, fewestLocations, OrganizationId } from '@rappit/domain';
import { fakeClock, fakeIds, memoryPersistence, sha256 } from '../fakes/index.js';
import { explore, type OpenWorld, useCaseScopes } from './index.js';

/** A persistence that knows nothing of gates, and runs units of work one after another: each of them is a turn. */
const inTurns: OpenWorld = () => {
  const [ids, clock] = [fakeIds(), fakeClock()];
  const memory = memoryPersistence({
    now: clock.now,
    decide: decidePlacements({ ids, policy: fewestLocations }),
    expire: (unitOfWork) => expireUnpaid({ unitOfWork, ids, policy: fewestLocations }),
  });
  return {
    organizationId: OrganizationId(ids.next()),
    digest: sha256,
    advance: clock.advance,
    ports: (gate) => ({
      ids,
      unitOfWork: {
        run: (id, work, once) => gate.turn('run').then(() => memory.unitOfWork.run(id, work, once)),
        read: (id, work) => gate.turn('read').then(() => memory.unitOfWork.read(id, work)),
      },
      intake: { place: (id, requests) => gate.turn('place').then(() => memory.intake.place(id, requests)) },
    }),
  };
};

describe("anybody's persistence can be put under the scope", () => {
  it.each(useCaseScopes.map((scope) => [scope.name, scope] as const))('%s', async (_, scope) => {
    const explored = await explore(scope.on(inTurns));
    expect(explored.failure).toBe(null);
    expect(explored.schedules).toBeGreaterThan(1);
  });
});
