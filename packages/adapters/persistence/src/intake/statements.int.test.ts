import {
  decidePlacements,
  fewestLocations,
  type OrderIntake,
  type OrganizationId,
  type PlacementRequest,
  receiveStock,
} from '@rappit/domain';
import type pg from 'pg';
import { pgPool } from '../pools.js';
import {
  asSuperuser,
  callerOf,
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

/** A pool whose connections write down what they are asked, in its order. */
const listening = (pool: pg.Pool, said: string[]): pg.Pool => {
  pool.on('connect', (client) => {
    const send = client.query.bind(client) as (query: string | pg.QueryConfig) => Promise<pg.QueryResult>;
    const query = (asked: string | pg.QueryConfig): Promise<pg.QueryResult> => {
      said.push(typeof asked === 'string' ? (asked.split(';')[0] ?? '') : (asked.name ?? asked.text));
      return send(asked);
    };
    Object.assign(client, { query });
  });
  return pool;
};

const skus = Array.from({ length: 100 }, (_, number) => skuOf(`SKU ${number}`));
const hot = (): PlacementRequest => requestOf(draftOf([['SKU 0', 1]]));
const wide = (order: number): PlacementRequest =>
  requestOf(draftOf([0, 1, 2, 3, 4].map((line) => [`SKU ${(order * 5 + line) % skus.length}`, 1])));
const keyed = (request: PlacementRequest, index: number): PlacementRequest => ({
  ...request,
  once: {
    scope: 'POST /orders',
    key: `key ${index}`,
    fingerprint: 'f',
    answer: () => ({ status: 201, body: '', resource: null }),
  },
});

const limitedTo = (request: PlacementRequest, monthlyLimit: number): PlacementRequest => ({ ...request, monthlyLimit });

/** What a placement leaves, order numbers too. */
const EVERYTHING = `
  SELECT (SELECT last FROM order_numbers WHERE organization_id = $1) AS numbers,
    (SELECT json_agg(t) FROM (SELECT sku, reserved, last_number FROM stock_levels WHERE organization_id = $1 ORDER BY sku) t) AS levels,
    ${['orders', 'order_lines', 'reservations', 'movements', 'order_timeline', 'order_allocations', 'outbox', 'idempotency_keys']
      .map((table) => `(SELECT count(*) FROM ${table} WHERE organization_id = $1) AS ${table}`)
      .join(', ')}`;

describe('what a batch asks PostgreSQL', () => {
  let world: TestWorld;
  let organizationId: OrganizationId;
  let pool: pg.Pool;
  let place: (requests: readonly PlacementRequest[]) => ReturnType<OrderIntake['place']>;
  const said: string[] = [];

  beforeAll(async () => {
    world = await openWorld();
    pool = listening(pgPool(world.database.appUrl, 2), said);
    const decide = decidePlacements({ ids: world.ids, policy: fewestLocations });
    const intake = postgresIntake({ pool, decide, expire: () => Promise.resolve(0), digest });
    organizationId = await newOrganization(world);
    for (const sku of skus) await stocked(world, organizationId, sku, 1_000);
    place = (requests) => intake.place(organizationId, requests);
  });
  beforeEach(() => {
    said.length = 0;
  });
  afterAll(async () => {
    await pool.end();
    await world.persistence.close();
  });

  it.each<[string, readonly PlacementRequest[]]>([
    ['one order', [hot()]],
    ['a hundred orders of one SKU', Array.from({ length: 100 }, hot)],
    ['a hundred orders of five SKUs each', Array.from({ length: 100 }, (_, order) => wide(order))],
    ['a hundred orders with keys', Array.from({ length: 100 }, hot).map(keyed)],
    ['a hundred orders of a plan that limits them', Array.from({ length: 100 }, hot).map((one) => limitedTo(one, 5_000))],
  ])('is two statements between BEGIN and COMMIT for %s', async (_, requests) => {
    const answers = await place(requests);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(said).toEqual(['BEGIN', 'intake-claim-and-lock', 'intake-write', 'COMMIT']);
  });

  it('is three while earlier orders wait for what is there', async () => {
    const scarce = skuOf('SCARCE');
    const locationId = await stocked(world, organizationId, scarce, 1);
    const waiting = Array.from({ length: 130 }, () => requestOf(draftOf([['SCARCE', 1]], 'backorder')));
    await place(waiting);
    const deps = { unitOfWork: world.persistence.unitOfWork, ids: world.ids, policy: fewestLocations };
    await receiveStock(deps)(callerOf(organizationId), { sku: scarce, locationId, quantity: 110, reference: null });
    said.length = 0;
    await place(Array.from({ length: 100 }, () => requestOf(draftOf([['SCARCE', 1]]))));
    expect(said).toEqual(['BEGIN', 'intake-claim-and-lock', 'intake-waiting', 'COMMIT']);
  });

  /** Places while another process draws a number. */
  const placeBehind = (request: PlacementRequest): ReturnType<typeof place> =>
    asSuperuser(world, async (client) => {
      await client.query('BEGIN');
      await client.query('UPDATE order_numbers SET last = last + 1 WHERE organization_id = $1', [organizationId]);
      const placing = place([request]);
      await untilSomebodyWaits(client);
      await client.query('COMMIT');
      return placing;
    });

  it.each([
    ['nothing limits them', null],
    ['there is room for all of them', 1_000],
  ])('is three when another process drew numbers meanwhile, since its orders may wait, and %s', async (_, limit) => {
    const answers = await placeBehind(limit === null ? hot() : limitedTo(hot(), limit));
    expect(answers).toMatchObject([{ ok: true }]);
    expect(said).toEqual(['BEGIN', 'intake-claim-and-lock', 'intake-waiting', 'intake-write', 'COMMIT']);
  });

  it('counts the orders of the month again when there might be no room for those of another process', async () => {
    const [answer] = await placeBehind(limitedTo(hot(), 0));
    expect(answer).toMatchObject({ ok: false, error: { code: 'subscription.limit_reached', limit: 0 } });
    expect(said).toEqual(['BEGIN', 'intake-claim-and-lock', 'intake-waiting', 'intake-this-month', 'COMMIT']);
  });

  it('is planned once for a connection, whatever is asked for', async () => {
    const alone = pgPool(world.database.appUrl, 1);
    const decide = decidePlacements({ ids: world.ids, policy: fewestLocations });
    const intake = postgresIntake({ pool: alone, decide, expire: () => Promise.resolve(0), digest });
    for (let batch = 0; batch < 8; batch += 1)
      await intake.place(organizationId, [batch % 2 === 0 ? hot() : limitedTo(hot(), 5_000)]);
    const plans = `SELECT name, custom_plans::integer AS custom FROM pg_prepared_statements WHERE name IN ('intake-claim-and-lock', 'intake-write') ORDER BY name`;
    expect((await alone.query(plans)).rows).toEqual([
      { name: 'intake-claim-and-lock', custom: 0 },
      { name: 'intake-write', custom: 0 },
    ]);
    await alone.end();
  });

  it('writes nothing when all were answered before', async () => {
    const requests = [hot(), hot()].map((request, index) => keyed(request, 1_000 + index));
    await place(requests);
    said.length = 0;
    await place(requests);
    expect(said).toEqual(['BEGIN', 'intake-claim-and-lock', 'COMMIT']);
  });

  it('commits nothing when the write touched other rows than were decided', async () => {
    const careful = decidePlacements({ ids: world.ids, policy: fewestLocations });
    const intake = postgresIntake({
      pool,
      expire: () => Promise.resolve(0),
      digest,
      decide: (situation, requests) =>
        careful(
          {
            ...situation,
            shelves: situation.shelves.map(({ level, location }) => ({ level: { ...level, onHand: 1_000_000 }, location })),
          },
          requests,
        ),
    });
    const all = () =>
      asSuperuser(world, async (client) => (await client.query(EVERYTHING, [organizationId])).rows[0] as Record<string, string>);
    const before = await all();
    const [answer] = await intake.place(organizationId, [requestOf(draftOf([['SKU 7', 5_000]]))]);
    expect(answer).toEqual({ ok: false, error: { code: 'store.conflict' } });
    expect(new Set(said)).toEqual(new Set(['BEGIN', 'intake-claim-and-lock', 'intake-write', 'COMMIT', 'ROLLBACK']));
    expect(await all()).toEqual(before);
  });
});
