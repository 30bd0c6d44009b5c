import { ok, remindOfEnd } from '@rappit/domain';
import {
  asSuperuser,
  newOrganization,
  openBeside,
  openWorld,
  type TestWorld,
  untilSomebodyWaits,
} from './test-world.test-kit.js';

describe('two workers that remind at the same moment', () => {
  let [world, beside]: readonly (TestWorld | undefined)[] = [];
  beforeAll(async () => {
    world = await openWorld();
    beside = await openBeside(world);
  });
  afterAll(async () => {
    await beside?.persistence.close();
    await world?.persistence.close();
  });

  it('tell of a deadline once, and write it down once', async () => {
    if (!world || !beside) throw new Error('there is no world');
    const organizationId = await newOrganization(world);
    const { unitOfWork } = world.persistence;
    await unitOfWork.run(organizationId, async ({ subscriptions, now }) => {
      const soon = new Date(now.getTime() + 3_600_000);
      return ok(await subscriptions.save({ ...(await subscriptions.lock()), trialEndsAt: soon }));
    });
    const workers = [world, beside].map(({ persistence, ids }) => remindOfEnd({ unitOfWork: persistence.unitOfWork, ids }));
    const reminded = await asSuperuser(world, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT FROM subscriptions WHERE organization_id = $1 FOR UPDATE', [organizationId]);
      const both = Promise.all(workers.map((remind) => remind(organizationId)));
      await untilSomebodyWaits(client, 2);
      await client.query('COMMIT');
      return both;
    });
    expect(reminded.toSorted()).toEqual([false, true]);
    const { audit, told } = await asSuperuser(world, async (client) => {
      const count = async (sql: string) => (await client.query<{ count: number }>(sql, [organizationId])).rows[0]?.count;
      return {
        audit: await count('SELECT count(*)::integer AS count FROM billing_audit WHERE organization_id = $1'),
        told: await count(
          `SELECT count(*)::integer AS count FROM outbox WHERE organization_id = $1 AND type = 'subscription.reminder'`,
        ),
      };
    });
    expect([audit, told]).toEqual([1, 1]);
    expect((await unitOfWork.read(organizationId, ({ subscriptions }) => subscriptions.find())).reminded).toMatchObject({
      ...{ of: 'trial', days: 1, number: 1 },
    });
  });
});
