import {
  type DecidePlacements,
  decidePlacements,
  fewestLocations,
  type OrderIntake,
  type OrganizationId,
  type PlacementRequest,
} from '@rappit/domain';
import type pg from 'pg';
import { pgPool } from '../pools.js';
import {
  asSuperuser,
  digest,
  draftOf,
  newOrganization,
  openWorld,
  requestOf,
  skuOf,
  stocked,
  type TestWorld,
  untilSomebodyWaits,
} from '../test-world.test-kit.js';
import { postgresIntake } from './intake.js';

type Said = { readonly connection: number; readonly what: string };

/** Writes down what connections are asked, and when they answered. */
const listening = (pool: pg.Pool, said: Said[]): pg.Pool => {
  let connections = 0;
  pool.on('connect', (client) => {
    const connection = ++connections;
    const send = client.query.bind(client) as (query: string | pg.QueryConfig) => Promise<pg.QueryResult>;
    const query = (asked: string | pg.QueryConfig): Promise<pg.QueryResult> => {
      const what = typeof asked === 'string' ? (asked.split(';')[0] ?? '') : (asked.name ?? asked.text);
      said.push({ connection, what });
      return send(asked).finally(() => said.push({ connection, what: `${what} answered` }));
    };
    Object.assign(client, { query });
  });
  return pool;
};

/** Believes of one SKU that there is more than there is, so that only the guarded write stops it. */
const recklessAbout =
  (sku: string, careful: DecidePlacements): DecidePlacements =>
  (situation, requests) => {
    const shelves = situation.shelves.map(({ level, location }) => ({
      level: level.sku === sku ? { ...level, onHand: 1_000_000 } : level,
      location,
    }));
    return careful({ ...situation, shelves }, requests);
  };

/** A commit of orders waits for whoever holds the advisory lock 1. */
const SLOW_COMMITS = `
  CREATE FUNCTION wait_for_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NULL; END $$;
  CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_for_one()`;
const COMMITTING = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`;

describe('the lane of an organization', () => {
  let world: TestWorld;
  let pool: pg.Pool;
  let intake: OrderIntake;
  const said: Said[] = [];
  const words = (): readonly string[] => said.map(({ what }) => what);

  beforeAll(async () => {
    world = await openWorld();
    await asSuperuser(world, (client) => client.query(SLOW_COMMITS));
    pool = listening(pgPool(world.database.appUrl, 2, { pipeline: true }), said);
    const reckless = recklessAbout('SCARCE', decidePlacements({ ids: world.ids, policy: fewestLocations }));
    const decide: DecidePlacements = (situation, requests) => {
      said.push({ connection: 1, what: 'decided' });
      return reckless(situation, requests);
    };
    intake = postgresIntake({ pool, decide, expire: () => Promise.resolve(0), digest });
  });
  beforeEach(() => {
    said.length = 0;
  });
  afterAll(async () => {
    await pool.end();
    await world.persistence.close();
  });

  const shop = async (): Promise<OrganizationId> => {
    const organizationId = await newOrganization(world);
    await stocked(world, organizationId, skuOf('MUG'), 10);
    await stocked(world, organizationId, skuOf('SCARCE'), 1);
    return organizationId;
  };
  const wanting = (sku: string, quantity = 1): PlacementRequest => requestOf(draftOf([[sku, quantity]]));
  const codes = (answers: Awaited<ReturnType<OrderIntake['place']>>): readonly string[] =>
    answers.map((one) => (one.ok ? 'ok' : one.error.code));

  /** Does the second while the first, a placement, waits for a level that somebody else holds. */
  const meanwhile = async <First, Second>(
    organizationId: OrganizationId,
    first: () => Promise<First>,
    second: () => Promise<Second>,
  ): Promise<[First, Second]> =>
    asSuperuser(world, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT FROM stock_levels WHERE organization_id = $1 FOR UPDATE', [organizationId]);
      const one = first();
      await untilSomebodyWaits(client);
      const other = second();
      await client.query('COMMIT');
      return Promise.all([one, other]);
    });
  const oneBehindTheOther = (organizationId: OrganizationId, first: PlacementRequest, second: PlacementRequest) =>
    meanwhile(
      organizationId,
      () => intake.place(organizationId, [first]),
      () => intake.place(organizationId, [second]),
    );

  it('asks for an order in two trips: what begins goes out together, and what ends', async () => {
    const organizationId = await shop();
    expect(codes(await intake.place(organizationId, [wanting('MUG')]))).toEqual(['ok']);
    expect(words()).toEqual([
      ...['BEGIN', 'intake-claim-and-lock', 'BEGIN answered', 'intake-claim-and-lock answered', 'decided'],
      ...['intake-write', 'COMMIT', 'intake-write answered', 'COMMIT answered'],
    ]);
  });

  /** Places one order, and one behind it whose transaction has begun when the commit of the first is under way; then does something. */
  const oneBehindACommit = async (
    organizationId: OrganizationId,
    second: PlacementRequest,
    then: (client: pg.Client) => Promise<unknown>,
  ): Promise<Awaited<ReturnType<OrderIntake['place']>>[]> =>
    asSuperuser(world, async (client) => {
      const begun = (): number => words().filter((word) => word === 'BEGIN').length;
      await client.query('SELECT pg_advisory_lock(1)');
      await client.query('BEGIN');
      await client.query('SELECT FROM stock_levels WHERE organization_id = $1 FOR UPDATE', [organizationId]);
      const first = intake.place(organizationId, [wanting('MUG')]);
      await untilSomebodyWaits(client);
      const behind = intake.place(organizationId, [second]);
      await client.query('COMMIT');
      while ((await client.query(COMMITTING)).rowCount === 0);
      for (let asked = 0; asked < 1_000 && begun() < 2; asked += 1) await client.query('SELECT 1');
      await then(client);
      await client.query('SELECT pg_advisory_unlock(1)');
      return Promise.all([first, behind]);
    });
  const saidFromTheFirstWrite = (): readonly string[] => words().slice(words().indexOf('intake-write'));
  const beginningBehind = ['intake-write', 'COMMIT', 'intake-write answered', 'BEGIN', 'intake-claim-and-lock', 'decided'];
  const ending = ['COMMIT', 'intake-write answered', 'COMMIT answered'];

  it('begins what waits once the write was answered and decides it, while the commit is under way, on the same connection', async () => {
    const organizationId = await shop();
    const answers = await oneBehindACommit(organizationId, wanting('MUG', 2), async () => {
      expect(saidFromTheFirstWrite()).toEqual(beginningBehind);
    });
    expect(answers.map(codes)).toEqual([['ok'], ['ok']]);
    const after = saidFromTheFirstWrite().slice(beginningBehind.length);
    expect(after).toEqual([
      ...['COMMIT answered', 'BEGIN answered', 'intake-claim-and-lock answered'],
      ...['intake-write', ...ending],
    ]);
    expect(new Set(said.map(({ connection }) => connection)).size).toBe(1);
  });

  it('decides anew what was decided before the database had looked, where that finds something else', async () => {
    const organizationId = await shop();
    const answers = await oneBehindACommit(organizationId, wanting('MUG', 2), (client) =>
      client.query('UPDATE locations SET active = false WHERE organization_id = $1', [organizationId]),
    );
    expect(answers.map(codes)).toEqual([['ok'], ['order.insufficient_stock']]);
    const after = saidFromTheFirstWrite().slice(beginningBehind.length);
    expect(after).toEqual([
      ...['COMMIT answered', 'BEGIN answered', 'intake-claim-and-lock answered', 'decided'],
      ...['COMMIT', 'COMMIT answered'],
    ]);
  });

  it('goes on with what was begun behind a transaction that failed, which is tried again on its own', async () => {
    const organizationId = await shop();
    const answers = await oneBehindTheOther(organizationId, wanting('SCARCE', 5), wanting('MUG', 3));
    expect(answers.map(codes)).toEqual([['store.conflict'], ['ok']]);
    expect(new Set(said.map(({ connection }) => connection)).size).toBe(2);
    const levels = await world.persistence.unitOfWork.read(organizationId, ({ stock }) => stock.levels({ limit: 10 }, {}));
    expect(levels.data.map(({ sku, reserved }) => [sku, reserved])).toEqual([
      ['MUG', 3],
      ['SCARCE', 0],
    ]);
  });

  it('begins nothing behind its own key, whose first outcome it must see', async () => {
    const once = { scope: 'POST', key: 'k', fingerprint: 'f', answer: () => ({ status: 201, body: 'done', resource: null }) };
    const same = { ...wanting('MUG'), once };
    const answers = await oneBehindTheOther(await shop(), same, same);
    expect(answers.map(codes)).toEqual([['ok'], ['idempotency.replayed']]);
    expect(words().slice(words().indexOf('intake-write') + 1, words().lastIndexOf('BEGIN'))).toEqual([
      ...['COMMIT', 'intake-write answered', 'COMMIT answered'],
    ]);
  });

  it('tries what failed before its write again only once it holds nothing any more', async () => {
    const careful = decidePlacements({ ids: world.ids, policy: fewestLocations });
    const faults = [new Error('something made the decision impossible')];
    const decide: DecidePlacements = (situation, requests) => {
      const fault = faults.pop();
      if (fault) throw fault;
      return careful(situation, requests);
    };
    const stumbling = postgresIntake({ pool, decide, expire: () => Promise.resolve(0), digest });
    const once = { scope: 'POST', key: 'k', fingerprint: 'f', answer: () => ({ status: 201, body: 'done', resource: null }) };
    const organizationId = await shop();
    expect(codes(await stumbling.place(organizationId, [{ ...wanting('MUG'), once }]))).toEqual(['ok']);
    const endings = words().filter((word) => /^(BEGIN|ROLLBACK)/.test(word));
    expect(endings).toEqual(['BEGIN', 'BEGIN answered', 'ROLLBACK', 'ROLLBACK answered', 'BEGIN', 'BEGIN answered']);
  });

  it('leaves the connection to other organizations that wait for one', async () => {
    const narrow = pgPool(world.database.appUrl, 1, { pipeline: true });
    const decide = decidePlacements({ ids: world.ids, policy: fewestLocations });
    const alone = postgresIntake({ pool: narrow, decide, expire: () => Promise.resolve(0), digest });
    const [busy, other] = [await shop(), await shop()];
    const order: string[] = [];
    const place = (organizationId: OrganizationId, name: string) =>
      alone.place(organizationId, [wanting('MUG')]).then(() => order.push(name));
    const both = () => Promise.all([place(busy, 'busy again'), place(other, 'other')]);
    await meanwhile(busy, () => place(busy, 'busy'), both);
    await narrow.end();
    expect(order).toEqual(['busy', 'other', 'busy again']);
  });

  it('tells all orders of a batch when no connection is to be had, and goes on with the next', async () => {
    const gone = pgPool('postgres://nobody@127.0.0.1:1/none', 1, { pipeline: true });
    const decide = decidePlacements({ ids: world.ids, policy: fewestLocations });
    const cut = postgresIntake({ pool: gone, decide, expire: () => Promise.resolve(0), digest });
    const organizationId = await shop();
    const asked = [wanting('MUG'), wanting('MUG')].map((request) => cut.place(organizationId, [request]));
    const told = await Promise.allSettled(asked);
    await gone.end();
    expect(told.map((one) => one.status === 'rejected' && (one.reason as { code?: string }).code)).toEqual([
      'ECONNREFUSED',
      'ECONNREFUSED',
    ]);
  });
});
