import { type OrganizationId, ok, TRIAL_DAYS } from '@rappit/domain';
import pg from 'pg';
import { newOrganization, openBeside, openWorld, type TestWorld } from './test-world.test-kit.js';

const daysAfter = (moment: Date, days: number): Date => new Date(moment.getTime() + days * 86_400_000);

describe('since when subscriptions are sold', () => {
  let world: TestWorld;
  let admin: pg.Client;
  beforeEach(async () => {
    world = await openWorld();
    admin = new pg.Client(world.database.superuserUrl);
    await admin.connect();
  });
  afterEach(async () => {
    await admin.end();
    await world.persistence.close();
  });

  const opened = async (daysAgo: number): Promise<OrganizationId> => {
    const id = await newOrganization(world);
    await admin.query(`UPDATE organizations SET created_at = now() - $1 * interval '24 hours' WHERE id = $2`, [daysAgo, id]);
    return id;
  };
  const openedAt = async (id: OrganizationId): Promise<Date> =>
    momentIn(await admin.query('SELECT created_at AS at FROM organizations WHERE id = $1', [id]));
  const soldSince = async (): Promise<Date> => momentIn(await admin.query('SELECT at FROM selling_since'));
  const find = async (id: OrganizationId): Promise<Date> =>
    (await world.persistence.unitOfWork.read(id, ({ subscriptions }) => subscriptions.find())).trialEndsAt;
  const lock = async (id: OrganizationId): Promise<Date | null> => {
    const locked = await world.persistence.unitOfWork.run(id, async ({ subscriptions }) => ok(await subscriptions.lock()));
    return locked.ok ? locked.value.trialEndsAt : null;
  };

  it('whoever was here before has a whole trial', async () => {
    const [touched, untouched] = [await opened(100), await opened(100)];
    await lock(touched);
    for (const id of [touched, untouched]) expect(await find(id)).toEqual(daysAfter(await openedAt(id), TRIAL_DAYS));
    await world.persistence.startSelling();
    const whole = daysAfter(await soldSince(), TRIAL_DAYS);
    for (const id of [touched, untouched]) expect([await find(id), await lock(id)]).toEqual([whole, whole]);
  });

  it('is kept once, however often it starts, and gives nobody a second trial', async () => {
    await world.persistence.startSelling();
    await admin.query(`UPDATE selling_since SET at = now() - interval '1000 hours'`);
    const before = await soldSince();
    await Promise.all([1, 2, 3].map(() => world.persistence.startSelling()));
    expect(await soldSince()).toEqual(before);
    for (const id of [await opened(30), await opened(2)])
      expect(await find(id)).toEqual(daysAfter(await openedAt(id), TRIAL_DAYS));
  });

  it('has nothing to do with the clocks of a summer, which a trial of 24 hours a day outlasts', async () => {
    const { rows } = await admin.query<{ name: string }>('SELECT current_database() AS name');
    await admin.query(`ALTER DATABASE ${pg.escapeIdentifier(rows[0]?.name ?? '')} SET timezone TO 'Europe/Berlin'`);
    const id = await newOrganization(world);
    await admin.query(`UPDATE organizations SET created_at = '2026-03-20T12:00:00Z' WHERE id = $1`, [id]);
    const { persistence } = await openBeside(world);
    const { trialEndsAt } = await persistence.unitOfWork.read(id, ({ subscriptions }) => subscriptions.find());
    await persistence.close();
    expect(trialEndsAt).toEqual(new Date('2026-04-03T12:00:00Z'));
  });
});

const momentIn = ({ rows }: pg.QueryResult<{ at: Date }>): Date => rows[0]?.at ?? new Date(Number.NaN);
