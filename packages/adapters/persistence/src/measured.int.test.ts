import type { OrganizationId } from '@rappit/domain';
import {
  asSuperuser,
  draftOf,
  newOrganization,
  openWorld,
  requestOf,
  skuOf,
  stocked,
  type TestWorld,
} from './test-world.test-kit.js';

const [prompt, late, later, disconnected] = [1, 2, 3, 4].map((end) => `01890000-0000-7000-8000-00000000000${end}`);

describe('what is measured of the stores', () => {
  let world: TestWorld;
  let organizationId: OrganizationId;
  beforeAll(async () => {
    world = await openWorld();
    organizationId = await newOrganization(world);
  });
  afterAll(() => world.persistence.close());

  const write = (sql: string, values: readonly unknown[] = []): Promise<unknown> =>
    asSuperuser(world, (client) => client.query(sql, [...values]));

  it('is how many orders a transaction took in, once it is committed', async () => {
    const heard: number[] = [];
    world.persistence.hearBatches((orders) => void heard.push(orders));
    await stocked(world, organizationId, skuOf('MUG'), 3);
    const place = (...quantities: readonly number[]) =>
      world.persistence.intake.place(
        organizationId,
        quantities.map((quantity) => requestOf(draftOf([['MUG', quantity]]))),
      );
    await place(1, 1, 9);
    expect(heard).toEqual([3]);
    await place(9);
    await place(1);
    expect(heard).toEqual([3, 1]);
  });

  it('is which migrations the database lacks', async () => {
    expect(await world.persistence.lacking()).toEqual([]);
    await write("DELETE FROM knex_migrations WHERE name = '0040-subscriptions'");
    expect(await world.persistence.lacking()).toEqual(['0040-subscriptions']);
  });

  it('is for how long each connected shop has shown what is not so any more, the latest first', async () => {
    for (const [id, status] of [
      [prompt, 'connected'],
      [late, 'connected'],
      [later, 'connected'],
      [disconnected, 'disconnected'],
    ] as const) {
      await write(
        `INSERT INTO channels (organization_id, id, kind, name, shop_domain, status, created_at, access) VALUES ($1, $2, 'shopify', 'Shop', $3, $4, now(), 'oauth')`,
        [organizationId, id, `${id}.myshopify.com`, status],
      );
      for (const [location, stock, age] of [
        ['1', 'shown', 90],
        ['2', id === prompt ? 'shown' : 'due', id === later ? 600 : 60],
        ['3', id === prompt ? 'shown' : 'due', 30],
      ])
        await write(
          `INSERT INTO channel_stock (organization_id, channel_id, external_item_id, external_location_id, sku, target, changed_at, status, attempts, due_at)
           VALUES ($1, $2, '1', $3, 'MUG', 1, now() - $5 * interval '1 minute', $4, 0, now())`,
          [organizationId, id, location, stock, age],
        );
    }
    const hours = (lags: Awaited<ReturnType<TestWorld['persistence']['doors']['stockLags']>>) =>
      lags.map(({ channelId, seconds }) => [channelId, Math.floor(seconds / 3_600)]);
    const { stockLags } = world.persistence.doors;
    expect(hours(await stockLags(9))).toEqual([
      [later, 10],
      [late, 1],
      [prompt, 0],
    ]);
    expect(hours(await stockLags(1))).toEqual([[later, 10]]);
  });

  it('is how many jobs are due, are for later, and were given up', async () => {
    const { doors, wake } = world.persistence;
    expect(await doors.jobQueue()).toEqual({ due: 0, later: 0, failed: 0 });
    await wake('inbox', [organizationId]);
    await wake('outbox', [organizationId]);
    await wake('inbox', [organizationId], new Date('2999-01-01T00:00:00Z'));
    expect(await doors.jobQueue()).toEqual({ due: 2, later: 1, failed: 0 });
    await write(`UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key LIKE 'outbox:%'`);
    expect(await doors.jobQueue()).toEqual({ due: 1, later: 1, failed: 1 });
  });

  it('is who holds connections, and who waits for one', async () => {
    const { pools, unitOfWork } = world.persistence;
    const standing = (name: string) => pools().find(({ pool }) => pool === name);
    let holding = { used: 0 };
    await unitOfWork.read(organizationId, async () => {
      holding = standing('work') ?? holding;
    });
    expect(holding).toMatchObject({ used: 1, waiting: 0 });
    expect(pools().map(({ pool }) => pool)).toEqual(['work', 'intake', 'door']);
  });
});
