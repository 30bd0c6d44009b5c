import { cancelOrder, fewestLocations, ok } from '@rappit/domain';
import pg from 'pg';
import {
  callerOf,
  draftOf,
  newOrganization,
  openWorld,
  requestOf,
  skuOf,
  stocked,
  type TestWorld,
} from './test-world.test-kit.js';

const SKUS = ['A', 'B', 'C', 'D', 'E'];

describe('whoever locks several levels', () => {
  let world: TestWorld;
  let admin: pg.Pool;
  beforeAll(async () => {
    world = await openWorld();
    admin = new pg.Pool({ connectionString: world.database.superuserUrl, max: 1 });
  });
  afterAll(async () => {
    await world.persistence.close();
    await admin.end();
  });

  /** A deadlock is retried, so that nobody hears of it: only the server tells. Its figures of a session come with its end. */
  const deadlocks = async (): Promise<string | undefined> => {
    const { rows } = await admin.query<{ deadlocks: string }>(
      'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
    );
    return rows[0]?.deadlocks;
  };

  it('does so in one order, whichever way round they are named, so that nobody waits in a circle', async () => {
    const organizationId = await newOrganization(world);
    const { unitOfWork, intake } = world.persistence;
    for (const sku of SKUS) await stocked(world, organizationId, skuOf(sku), 100);
    const named = (round: number): readonly string[] => (round % 2 === 0 ? SKUS : [...SKUS].reverse());
    const place = (round: number) => intake.place(organizationId, [requestOf(draftOf(named(round).map((sku) => [sku, 1])))]);
    const placed = (await Promise.all(Array.from({ length: 20 }, (_, round) => place(round)))).flat();
    const cancel = cancelOrder({ unitOfWork, ids: world.ids, policy: fewestLocations });
    const work = [
      ...placed.map((answer) =>
        answer.ok ? cancel(callerOf(organizationId), answer.value.id, 'other') : Promise.reject(answer),
      ),
      ...Array.from({ length: 20 }, (_, round) =>
        unitOfWork.run(organizationId, async ({ stock }) => ok(await stock.lock(named(round).map(skuOf)))),
      ),
      ...Array.from({ length: 20 }, async (_, round) => (await place(round))[0]),
    ];
    expect((await Promise.all(work)).filter((answer) => !answer?.ok)).toEqual([]);
    expect(await deadlocks()).toBe('0');
  });
});
