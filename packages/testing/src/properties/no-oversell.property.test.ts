import { byPriority, decidePlacements, expireUnpaid, fewestLocations, OrganizationId } from '@rappit/domain';
import { seed } from '../../../../test/seed.js';
import { fakeClock, fakeIds, memoryPersistence, sha256 } from '../fakes/index.js';
import { type HubUnderTest, modelKeepsInvariants, noOversell } from './index.js';

const runs = Number(process.env['RUNS'] ?? 100);
process.stdout.write(`no oversell: RUNS=${runs} SEED=${seed}\n`);

const memoryHub =
  (policy: HubUnderTest['policy'], runsTwice = false) =>
  (): HubUnderTest => {
    const [ids, clock] = [fakeIds(), fakeClock()];
    const memory = memoryPersistence({
      now: clock.now,
      decide: decidePlacements({ ids, policy }),
      expire: (unitOfWork) => expireUnpaid({ unitOfWork, ids, policy }),
      runsTwice,
    });
    return {
      ...memory,
      ids,
      policy,
      digest: sha256,
      advance: clock.advance,
      newOrganization: async () => OrganizationId(ids.next()),
    };
  };

describe('no unit is promised twice', () => {
  it.each([
    ['the model', modelKeepsInvariants],
    ['memory, by fewest locations', noOversell(memoryHub(fewestLocations))],
    ['memory, by priority', noOversell(memoryHub(byPriority))],
    ['memory that runs everything twice', noOversell(memoryHub(fewestLocations, true))],
  ])(
    'by %s',
    async (_, law) => {
      await expect(law({ runs, seed })).resolves.toBeUndefined();
    },
    // However many are asked for, a run may take half a second.
    300_000 + runs * 500,
  );
});
