import type { OrganizationId } from '@rappit/domain';
import { asSuperuser, newOrganization, openWorld, type TestWorld } from './test-world.test-kit.js';

describe('when the next event of an outbox is due', () => {
  let world: TestWorld;
  let organizationId: OrganizationId;
  beforeAll(async () => {
    world = await openWorld();
    organizationId = await newOrganization(world);
    await asSuperuser(world, (client) => client.query('DELETE FROM outbox WHERE organization_id = $1', [organizationId]));
  });
  afterAll(() => world.persistence.close());

  const aggregateId = 'an order';
  const keep = (version: number, status: string, dueAt: string): Promise<unknown> =>
    asSuperuser(world, (client) =>
      client.query(
        `INSERT INTO outbox (organization_id, aggregate_id, aggregate_version, type, at, data, status, due_at)
         VALUES ($1, $2, $3, 'order.held', now(), '{}', $4, $5)`,
        [organizationId, aggregateId, version, status, dueAt],
      ),
    );
  const next = () => world.persistence.doors.nextDue('outbox', organizationId);

  it('is never while events only wait behind one that is dead: nobody looks again and again for what nobody may take', async () => {
    await keep(1, 'dead', '2026-01-01T00:00:00Z');
    await keep(2, 'due', '2026-01-01T00:00:00Z');
    expect(await next()).toBeNull();
  });

  it('is when the first of those that failed is tried again', async () => {
    await keep(3, 'due', '2999-02-01T00:00:00Z');
    await keep(4, 'due', '2999-01-01T00:00:00Z');
    expect(await next()).toEqual(new Date('2999-01-01T00:00:00Z'));
  });
});
