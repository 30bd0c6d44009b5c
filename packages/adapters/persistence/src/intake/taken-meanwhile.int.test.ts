import { type Once, type PlacementRequest, placeOrders } from '@rappit/domain';
import {
  asSuperuser,
  draftOf,
  newOrganization,
  openBeside,
  openWorld,
  requestOf,
  skuOf,
  stocked,
  type TestWorld,
  untilSomebodyWaits,
} from '../test-world.test-kit.js';

const sku = skuOf('MUG');

const once = (key: string, fingerprint = 'f1'): Once => ({
  scope: 'POST /orders',
  key,
  fingerprint,
  answer: (outcome) => ({ status: outcome.ok ? 201 : 409, body: outcome.ok ? 'placed' : outcome.error.code, resource: null }),
});

const keyed = (key: string, fingerprint?: string): PlacementRequest => ({
  ...requestOf(draftOf([['MUG', 1]])),
  once: once(key, fingerprint),
});

const channelId = '01a206f4-4f99-753e-8c6b-c44d6edf1d39';
const told = (externalId: string): PlacementRequest =>
  requestOf({
    ...draftOf([['MUG', 1]], 'backorder'),
    source: { kind: 'channel', channelId, externalId, externalNumber: null, updatedAt: new Date(0) },
  });

const saidBy = (answers: Awaited<ReturnType<ReturnType<typeof placeOrders>>>): readonly string[] =>
  answers.map((answer) => (answer.ok ? 'ok' : answer.error.code));

describe('what is taken between the look and the write', () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.persistence.close());

  const scene = async (units = 9) => {
    const organizationId = await newOrganization(world);
    await stocked(world, organizationId, sku, units);
    const place = (requests: readonly PlacementRequest[]) => placeOrders(world.persistence)(organizationId, requests);
    const count = async (): Promise<number> =>
      world.persistence.unitOfWork.read(
        organizationId,
        async ({ orders }) => (await orders.list({ limit: 100 }, {})).data.length,
      );
    /** Places while somebody holds the level, and does something else between the claim and the write. */
    const placeWhile = (requests: readonly PlacementRequest[], sql: string) =>
      asSuperuser(world, async (client) => {
        await client.query('BEGIN');
        await client.query('SELECT FROM stock_levels WHERE organization_id = $1 FOR UPDATE', [organizationId]);
        const placing = place(requests);
        await untilSomebodyWaits(client);
        await client.query(sql, [organizationId]);
        await client.query('COMMIT');
        return placing;
      });
    return { organizationId, place, count, placeWhile };
  };

  const TAKE_K1 = `INSERT INTO idempotency_keys (organization_id, scope, key, fingerprint, status, body) VALUES ($1, 'POST /orders', 'k1', 'f1', 201, 'theirs')`;
  const OPEN_SHOP = `INSERT INTO channels VALUES ($1, '${channelId}', 'shopify', 'Shop', 'shop.myshopify.com', 'active', now())`;
  const TAKE_SHOP_ORDER = `UPDATE orders SET channel_id = '${channelId}', external_id = '7', external_updated_at = now() WHERE organization_id = $1`;
  const replayed = {
    ok: false,
    error: { code: 'idempotency.replayed', answer: { status: 201, body: 'theirs', resource: null } },
  };

  it('a key has one effect, whose answer the slower one gets', async () => {
    const { placeWhile, count } = await scene();
    expect(await placeWhile([keyed('k1')], TAKE_K1)).toEqual([replayed]);
    expect(await count()).toBe(0);
  });

  it('a key that is lost touches no neighbour', async () => {
    const { placeWhile, count } = await scene();
    const answers = await placeWhile([keyed('k0'), keyed('k1'), keyed('k2')], TAKE_K1);
    expect(saidBy(answers)).toEqual(['ok', 'idempotency.replayed', 'ok']);
    expect(await count()).toBe(2);
  });

  it('a shop’s order is named that somebody else has placed', async () => {
    const { organizationId, place, placeWhile, count } = await scene();
    const [first] = await place([requestOf(draftOf([['MUG', 1]]))]);
    await asSuperuser(world, (client) => client.query(OPEN_SHOP, [organizationId]));
    const [second] = await placeWhile([told('7')], TAKE_SHOP_ORDER);
    expect(second).toEqual({ ok: false, error: { code: 'order.already_placed', orderId: first?.ok && first.value.id } });
    expect(await count()).toBe(1);
  });

  it('two processes have one effect of a key, and say so to all others', async () => {
    const { organizationId, place, count } = await scene(100);
    const other = await openBeside(world);
    const elsewhere = (requests: readonly PlacementRequest[]) => placeOrders(other.persistence)(organizationId, requests);
    const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`);
    const both = keys.flatMap((key) => [place([keyed(key)]), elsewhere([keyed(key)])]);
    const said = saidBy((await Promise.all(both)).flat());
    await other.persistence.close();
    expect(said.filter((code) => code === 'ok')).toHaveLength(keys.length);
    expect(new Set(said.filter((code) => code !== 'ok' && !code.startsWith('idempotency.')))).toEqual(new Set());
    expect(await count()).toBe(keys.length);
  });
});

describe('the last order of the month that a plan includes', () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.persistence.close());

  it('is placed by one of two processes that ask at the same moment', async () => {
    const organizationId = await newOrganization(world);
    await stocked(world, organizationId, sku, 9);
    const other = await openBeside(world);
    const request = requestOf(draftOf([['MUG', 1]]));
    await placeOrders(world.persistence)(organizationId, [request]);
    const last = { ...request, monthlyLimit: 2 };
    const month = new Date().getUTCMonth();
    const answers = await asSuperuser(world, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT FROM order_numbers WHERE organization_id = $1 FOR UPDATE', [organizationId]);
      const placing = [world, other].map(({ persistence }) => placeOrders(persistence)(organizationId, [last]));
      await untilSomebodyWaits(client, 2);
      await client.query('COMMIT');
      return (await Promise.all(placing)).flat();
    });
    await other.persistence.close();
    // Where a month ended meanwhile, both are right.
    if (new Date().getUTCMonth() !== month) return;
    const refused = { code: 'subscription.limit_reached', kind: 'ordersPerMonth', limit: 2, usage: 2 };
    expect([...saidBy(answers)].sort()).toEqual(['ok', 'subscription.limit_reached']);
    expect(answers.filter(({ ok }) => !ok)).toEqual([{ ok: false, error: refused }]);
  });
});

describe('a key whose time is over', () => {
  let world: TestWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.persistence.close());

  it.each([
    ['23:59:00', ['idempotency.key_reused']],
    ['24:01:00', ['ok']],
  ])('claimed %s ago, under another request: %s', async (ago, said) => {
    const organizationId = await newOrganization(world);
    await stocked(world, organizationId, sku, 9);
    const place = placeOrders(world.persistence);
    await place(organizationId, [keyed('k1', 'first')]);
    await asSuperuser(world, (client) =>
      client.query(
        `UPDATE idempotency_keys SET claimed_at = now() - '${ago}'::interval, body = 'old' WHERE organization_id = $1`,
        [organizationId],
      ),
    );
    expect(saidBy(await place(organizationId, [keyed('k1', 'second')]))).toEqual(said);
    const fresh = said[0] === 'ok';
    const answer = { status: 201, body: fresh ? 'placed' : 'old', resource: null };
    const again = await place(organizationId, [keyed('k1', fresh ? 'second' : 'first')]);
    expect(again).toEqual([{ ok: false, error: { code: 'idempotency.replayed', answer } }]);
  });
});
