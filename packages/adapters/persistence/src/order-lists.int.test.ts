import { randomUUID } from 'node:crypto';
import { type OrderFilter, OrganizationId } from '@rappit/domain';
import knex, { type Knex } from 'knex';
import pg from 'pg';
import { freshDatabase } from '../../../../test/database.js';
import { PERSONAL } from '../../../../test/markers.js';
import { openFor } from './organization-setting.js';
import { counting, listing, type Statement } from './stores/order-lists.js';

const ORDERS = 20_000;
const uuidOf = (n: string): string => `('00000000-0000-7000-8000-' || lpad((${n})::text, 12, '0'))::uuid`;

const ofBuyer = (sql: string): string => `CASE WHEN n % 10 = 0 THEN ${sql} END`;

/** Many orders of one organization: every hundredth of a channel, every tenth with a customer, every thousandth tagged as a gift, each of one of 50 SKUs. */
const SEED = `
  INSERT INTO orders (organization_id, id, number, channel_id, external_id, external_number, status, currency, customer, search_name, search_surname, search_email, totals,
    payment_status, payment_method, tags, units, placed_at, purchases, version)
  SELECT $1, ${uuidOf('n')}, n::text,
    CASE WHEN n % 100 = 0 THEN $2::uuid END, CASE WHEN n % 100 = 0 THEN 'shop-' || n END, CASE WHEN n % 100 = 0 THEN '#' || n END,
    CASE WHEN n % 50 = 0 THEN 'reserved' ELSE 'delivered' END, 'EUR',
    CASE WHEN n % 10 = 0 THEN json_build_object('name', 'Buyer' || n || ' ${PERSONAL}' || n, 'email', 'b' || n || '@${PERSONAL}.example') END,
    ${ofBuyer(`'buyer' || n || ' ' || lower('${PERSONAL}') || n`)}, ${ofBuyer(`lower('${PERSONAL}') || n`)}, ${ofBuyer(`'b' || n || '@' || lower('${PERSONAL}') || '.example'`)},
    '{"totalMinor": 0}', 'paid', 'prepaid', '[]', 1, '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 minute', 0, 1
  FROM generate_series(1, ${ORDERS}) n`;
const SEED_CHANNEL = `INSERT INTO channels (organization_id, id, kind, name, shop_domain, status, created_at)
  VALUES ($1, $2, 'shopify', 'A shop', 'demo.myshopify.com', 'connected', now())`;
const SEED_ITEMS = `INSERT INTO items (organization_id, sku, name, created_at) SELECT $1, 'SKU-' || n, 'Item', now() FROM generate_series(0, 49) n`;
const SEED_LINES = `
  INSERT INTO order_lines (organization_id, order_id, id, position, sku, name, ordered, pending, reserved, backordered, shipped, cancelled,
    unit_price_minor, tax_minor, discount_minor)
  SELECT $1, ${uuidOf('n')}, ${uuidOf('n')}, 0, 'SKU-' || n % 50, 'Item', 1, 0, 0, 0, 1, 0, 0, 0, 0 FROM generate_series(1, ${ORDERS}) n`;
const SEED_TAGS = `
  INSERT INTO order_tags (organization_id, tag, order_id)
  SELECT $1, CASE WHEN n % 1000 = 0 THEN 'gift' ELSE 'tag-' || n % 100 END, ${uuidOf('n')} FROM generate_series(1, ${ORDERS}) n`;

/** What a plan reads, whatever the depth: the kind of each node with its table. */
type Node = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Node[];
};
const nodesOf = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

describe('lists of orders, of an organization with many', () => {
  const organizationId = OrganizationId(randomUUID());
  const channelId = randomUUID();
  let app: Knex;
  beforeAll(async () => {
    const { superuserUrl, appUrl } = await freshDatabase('planted');
    const admin = new pg.Client(superuserUrl);
    await admin.connect();
    await admin.query(`INSERT INTO organizations (id, name, created_at) VALUES ($1, 'A shop', now())`, [organizationId]);
    await admin.query(SEED_CHANNEL, [organizationId, channelId]);
    await admin.query(SEED, [organizationId, channelId]);
    for (const seed of [SEED_ITEMS, SEED_LINES, SEED_TAGS]) await admin.query(seed, [organizationId]);
    await admin.query('VACUUM ANALYZE orders, order_lines, order_tags');
    await admin.end();
    app = knex({ client: 'pg', connection: appUrl, pool: { min: 0, max: 1 } });
  });
  afterAll(() => app.destroy());

  const asOrganization = <Row>({ sql, bindings }: Statement): Promise<readonly Row[]> =>
    app.transaction(async (trx) => {
      await trx.raw(openFor(organizationId));
      return (await trx.raw<{ rows: Row[] }>(sql, bindings as Knex.RawBinding[])).rows;
    });

  const planOf = async ({ sql, bindings }: Statement, how = 'FORMAT JSON'): Promise<readonly Node[]> => {
    const [explained] = await asOrganization<{ 'QUERY PLAN': readonly { readonly Plan: Node }[] }>({
      sql: `EXPLAIN (${how}) ${sql}`,
      bindings,
    });
    const plan = explained?.['QUERY PLAN'][0]?.Plan;
    if (!plan) throw new Error('PostgreSQL explains a statement');
    return nodesOf(plan);
  };
  /** Tables that are read from one end to the other. */
  const readWhole = async (statement: Statement): Promise<readonly string[]> =>
    (await planOf(statement)).flatMap((node) => (node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? 'something') : []));

  const filters: readonly (readonly [string, OrderFilter, number])[] = [
    ['all', {}, 25],
    ['all, oldest first', { oldestFirst: true }, 25],
    ['of a status', { status: 'reserved' }, 25],
    ['of a status that none has', { status: 'onHold' }, 0],
    ['of a channel', { channelId }, 25],
    ['of a day', { from: new Date('2026-01-03T00:00:00Z'), to: new Date('2026-01-04T00:00:00Z') }, 25],
    ['of a number', { text: '4711' }, 1],
    ['of what a shop calls them', { text: 'shop-4700' }, 1],
    ['of the number that a shop shows', { text: '#4700' }, 1],
    ['of a customer', { text: 'buyer4710 ' }, 1],
    ['of a last name', { text: `${PERSONAL}4710`, status: 'delivered' }, 1],
    ['of an e-mail', { text: 'B4710@' }, 1],
    ['of a SKU', { text: 'SKU-7', oldestFirst: true }, 25],
    ['of a tag', { text: 'gift' }, 20],
    ['of a text that is nowhere', { text: 'nowhere' }, 0],
    ['with a SKU of theirs', { sku: 'SKU-7' }, 25],
    ['with a SKU of theirs, of a status and a day', { sku: 'SKU-0', status: 'reserved', from: new Date('2026-01-03') }, 25],
    ['with a SKU that none has', { sku: 'SKU-51' }, 0],
    ['with a tag', { tag: 'gift', oldestFirst: true }, 20],
    ['with a tag that none has', { tag: 'nowhere' }, 0],
    ['of a customer by the beginning of the name', { customer: 'BUYER4710' }, 1],
    ['of a customer by the last name, with a SKU', { customer: `${PERSONAL}4710`, sku: 'SKU-10' }, 1],
    ['of a customer by the e-mail, with a text', { customer: 'b4710@', text: 'tag-10' }, 1],
    ['of an id in a shop', { externalId: 'shop-4700' }, 1],
  ];

  it.each(filters)('%s: are answered by indexes', async (_, filter, found) => {
    for (const cursor of [undefined, '00000000-0000-7000-8000-000000010000']) {
      const statement = listing(organizationId, { limit: 25, cursor }, filter);
      expect(await readWhole(statement)).toEqual([]);
      if (cursor === undefined) expect((await asOrganization(statement)).slice(0, 25)).toHaveLength(found);
    }
  });

  /** A day in the past with as many orders before it as behind it, and the order of its middle. */
  const [from, to] = [new Date('2026-01-08T00:00:00Z'), new Date('2026-01-09T00:00:00Z')];
  const within = '00000000-0000-7000-8000-000000010800';
  const dated: readonly (readonly [string, OrderFilter, string | undefined])[] = [
    ['the newest of some dates', { from, to }, undefined],
    ['the oldest of some dates', { from, to, oldestFirst: true }, undefined],
    ['those that go on from an order of some dates', { from, to }, within],
    ['those that go on from an order of some dates, oldest first', { from, to, oldestFirst: true }, within],
    ['those until a moment', { to }, within],
    ['those since a moment', { from }, undefined],
  ];
  it.each(dated)('%s: are read from the index of when they were placed, and no others with them', async (_, filter, cursor) => {
    const statement = listing(organizationId, { limit: 25, cursor }, filter);
    const nodes = await planOf(statement, 'ANALYZE, TIMING OFF, FORMAT JSON');
    const [list, ...others] = nodes.filter((node) => node['Index Name'] === 'orders_placed');
    expect([list?.['Actual Rows'], list?.['Rows Removed by Filter'] ?? 0, others]).toEqual([26, 0, []]);
    expect(nodes.filter((node) => /Sort/.test(node['Node Type']))).toEqual([]);
  });

  it('counts by status: are answered by an index, up to where counting stops', async () => {
    expect(await readWhole(counting(organizationId))).toEqual([]);
    const counts = await asOrganization<{ status: string; count: string }>(counting(organizationId));
    expect(Object.fromEntries(counts.map(({ status, count }) => [status, Number(count)]))).toMatchObject({
      reserved: 400,
      delivered: 10_000,
      onHold: 0,
    });
  });
});
