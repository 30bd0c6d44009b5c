import { fewestLocations } from '@rappit/domain';
import { noOversell } from '@rappit/testing/properties';
import { seed } from '../../../../test/seed.js';
import { digest, newOrganization, openWorld, type TestWorld } from './test-world.test-kit.js';

const runs = Number(process.env['RUNS'] ?? 30);

/** The same stories that the model and the memory are told, with everything compared after each step. */
describe(`no unit is promised twice, by PostgreSQL (RUNS=${runs} SEED=${seed})`, () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.persistence.close());

  it(
    'keeps I1 to I6 under random commands, and agrees with the model after each',
    async () => {
      const law = noOversell(() => ({
        unitOfWork: world.persistence.unitOfWork,
        intake: world.persistence.intake,
        ids: world.ids,
        digest,
        policy: fewestLocations,
        newOrganization: () => newOrganization(world),
      }));
      await expect(law({ runs, seed })).resolves.toBeUndefined();
    },
    1_200_000 + runs * 5_000,
  );
});
