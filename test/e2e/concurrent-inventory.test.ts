import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../database.js';
import { type Answer, type ApiClient, allOf, insist, registered } from './api-client.js';
import { type AppProcess, startProcess } from './app-process.js';

const PROCESSES = 3;
const UNPAID = { paymentStatus: 'pending', paymentMethod: 'prepaid' };

type Level = { readonly sku: string; readonly onHand: number; readonly reserved: number; readonly lapsed: number };
type OrderRow = { readonly id: string; readonly status: string };

const orderOf = (lines: readonly (readonly [sku: string, quantity: number])[], facts: object = {}) => ({
  currency: 'EUR',
  paymentStatus: 'paid',
  lines: lines.map(([sku, quantity]) => ({ sku, quantity })),
  ...facts,
});

const outcomes = (answers: readonly Answer[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const what = status === 201 ? '201' : `${status} ${String(body['code'])}`;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
};

describe('many buyers of the same stock, at several processes on one database', () => {
  let database: TestDatabase;
  let apps: readonly AppProcess[] = [];
  let admin: pg.Pool;

  beforeAll(async () => {
    database = await freshDatabase();
    admin = new pg.Pool({ connectionString: database.superuserUrl, max: 2 });
    const environment = {
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      DATABASE_URL: database.appUrl,
      DATABASE_DOOR_URL: database.doorUrl,
      JWT_SECRET: randomBytes(32).toString('hex'),
      CREDENTIAL_KEY: randomBytes(32).toString('base64'),
    };
    apps = await Promise.all(Array.from({ length: PROCESSES }, () => startProcess(environment)));
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.kill('SIGTERM')));
    await admin.end();
  });

  const appAt = (index: number): AppProcess => {
    const app = apps[index % apps.length];
    if (!app) throw new Error('an app process was started');
    return app;
  };

  /** An organization with so many units of each SKU; `at(n)` is its way to the nth process, around again. */
  const stocked = async (stock: Readonly<Record<string, number>>) => {
    const first = await registered(appAt(0));
    const at = (index: number): ApiClient => first.at(appAt(index));
    const location = await insist(first, '/locations', { code: 'A', name: 'A', priority: 1, active: true });
    const locationId = String(location.body['id']);
    for (const [sku, quantity] of Object.entries(stock)) {
      await insist(first, '/items', { sku, name: sku });
      await insist(first, '/inventory/receipts', { sku, locationId, quantity });
    }
    return { first, at, locationId };
  };

  const booksOf = async (client: ApiClient) => {
    const { levels, lines } = await client.get<{ levels: unknown[]; lines: unknown[] }>('/inventory/reconciliation');
    return { levels, lines };
  };
  const balanced = { levels: [], lines: [] };

  const buyAtOnce = (buyers: number, shop: Awaited<ReturnType<typeof stocked>>, orderFor: (buyer: number) => object) =>
    Promise.all(Array.from({ length: buyers }, (_, buyer) => insist(shop.at(buyer), '/orders', orderFor(buyer))));

  it('30 buyers of 5 each out of 100: exactly 20 get them, and the others hear what is left', async () => {
    const shop = await stocked({ HOT: 100 });
    const answers = await buyAtOnce(30, shop, () => orderOf([['HOT', 5]]));
    expect(outcomes(answers)).toEqual({ '201': 20, '409 order.insufficient_stock': 10 });
    for (const { status, body } of answers)
      if (status === 409) expect(body['shortfalls']).toEqual([{ sku: 'HOT', wanted: 5, available: 0 }]);
    expect(await allOf<Level>(shop.first, '/inventory/levels')).toMatchObject([{ onHand: 100, reserved: 100 }]);
    expect(await booksOf(shop.first)).toEqual(balanced);
  });

  it('300 buyers for 100 units: exactly 100 get one', async () => {
    const shop = await stocked({ HOT: 100 });
    expect(outcomes(await buyAtOnce(300, shop, () => orderOf([['HOT', 1]])))).toEqual({
      '201': 100,
      '409 order.insufficient_stock': 200,
    });
    expect((await allOf<OrderRow>(shop.first, '/orders')).length).toBe(100);
    expect(await booksOf(shop.first)).toEqual(balanced);
  });

  it('five SKUs asked for in opposite orders: exactly as many orders as fit, and nobody hears of a deadlock', async () => {
    const skus = ['A', 'B', 'C', 'D', 'E'];
    const shop = await stocked(Object.fromEntries(skus.map((sku) => [sku, 40])));
    const [there, back] = [skus, [...skus].reverse()].map((order) => order.map((sku) => [sku, 1] as const));
    const answers = await buyAtOnce(90, shop, (buyer) => orderOf((buyer % 2 === 0 ? there : back) ?? []));
    expect(outcomes(answers)).toEqual({ '201': 40, '409 order.insufficient_stock': 50 });
    // A deadlock that was retried is none that a client hears of, but one all the same.
    const counted = await admin.query<{ deadlocks: string }>(
      'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
    );
    expect(counted.rows).toEqual([{ deadlocks: '0' }]);
    expect((await allOf<Level>(shop.first, '/inventory/levels')).map(({ reserved }) => reserved)).toEqual([40, 40, 40, 40, 40]);
    expect(await booksOf(shop.first)).toEqual(balanced);
  });

  it('kits and their components at once: no component is given twice', async () => {
    const shop = await stocked({ MUG: 100, PLATE: 1_000 });
    const components = [
      { sku: 'MUG', quantity: 2 },
      { sku: 'PLATE', quantity: 1 },
    ];
    await insist(shop.first, '/items', { sku: 'SET', name: 'A set', components });
    const answers = await buyAtOnce(120, shop, (buyer) => orderOf([[buyer % 2 === 0 ? 'SET' : 'MUG', 1]]));
    const sold = (sku: string) =>
      answers.filter(
        ({ status, body }) => status === 201 && JSON.stringify(body['lines']).includes(`"sku":"${sku}","components"`),
      ).length;
    // What is left can't be more than one mug, which makes no set; and every mug that was asked for beside it is gone.
    const mugs = 2 * sold('SET') + sold('MUG');
    expect(mugs >= 99 && mugs <= 100).toBe(true);
    expect(await allOf<Level>(shop.first, '/inventory/levels')).toMatchObject([{ reserved: mugs }, { reserved: sold('SET') }]);
    expect(await booksOf(shop.first)).toEqual(balanced);
  });

  describe('while connections are cut, orders expire and are cancelled, and goods arrive', () => {
    const ORDERS = 240;
    const CANCELLED = 40;
    const EXPIRED = 30;
    const RECEIPTS = 10;

    /** Cuts a connection of the app's role. */
    const cutOne = () =>
      admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = $1 ORDER BY random() LIMIT 1`,
        [new URL(database.appUrl).username],
      );

    it('nothing is lost and nothing is done twice', async () => {
      const shop = await stocked({ STORM: 1_000 });
      let cuts = 0;
      const placed: string[] = [];
      const buyer = async (mine: number): Promise<void> => {
        for (let index = mine; index < ORDERS; index += 24) {
          const unpaid = index < EXPIRED;
          const answer = await insist(shop.at(index), '/orders', orderOf([['STORM', 1]], unpaid ? UNPAID : {}));
          const id = String(answer.body['id']);
          expect({ index, status: answer.status }).toEqual({ index, status: 201 });
          const count = placed.push(id);
          if (unpaid)
            await admin.query(
              `UPDATE reservations SET expires_at = now() - interval '1 second' WHERE order_id = $1 AND status = 'open'`,
              [id],
            );
          if (!unpaid && index < EXPIRED + CANCELLED) {
            const cancelled = await insist(shop.at(index + 1), `/orders/${id}/cancel`, { reason: 'customerRequest' });
            expect({ index, status: cancelled.status }).toEqual({ index, status: 200 });
          }
          if (count % 6 === 0) cuts += (await cutOne()).rowCount ?? 0;
        }
      };
      const supplier = async (): Promise<void> => {
        for (let index = 0; index < RECEIPTS; index += 1) {
          const receipt = { sku: 'STORM', locationId: shop.locationId, quantity: 5 };
          expect((await insist(shop.at(index), '/inventory/receipts', receipt)).status).toBe(201);
        }
      };
      await Promise.all([...Array.from({ length: 24 }, (_, index) => buyer(index)), supplier()]);
      expect(cuts).toBeGreaterThan(20);

      // The last order meets what lapsed and nobody has asked for since.
      expect((await insist(shop.at(0), '/orders', orderOf([['STORM', 1]]))).status).toBe(201);
      const orders = await allOf<OrderRow>(shop.first, '/orders');
      expect(new Set(orders.map(({ id }) => id)).size).toBe(ORDERS + 1);
      expect(placed.every((id) => orders.some((order) => order.id === id))).toBe(true);
      const inStatus = (status: string) => orders.filter((order) => order.status === status).length;
      const reserved = ORDERS + 1 - CANCELLED - EXPIRED;
      expect([inStatus('cancelled'), inStatus('backordered'), inStatus('reserved')]).toEqual([CANCELLED, EXPIRED, reserved]);
      expect(await allOf<Level>(shop.first, '/inventory/levels')).toMatchObject([
        { onHand: 1_000 + RECEIPTS * 5, reserved, lapsed: 0 },
      ]);
      expect(await booksOf(shop.first)).toEqual(balanced);
    });
  });
});
