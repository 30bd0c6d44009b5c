import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../../../../test/database.js';
import { distributionPlan } from './distribution.js';

/** What breaks a rule, and what is said of it: each is undone before the next. */
const BREAKS: readonly (readonly [what: string, sql: string, fault: string])[] = [
  [
    'a key that is unique over all organizations',
    'CREATE UNIQUE INDEX one_sku ON items (sku)',
    'items: one_sku is unique over all organizations',
  ],
  [
    'an expression that is unique over all organizations',
    'CREATE UNIQUE INDEX one_name ON items (lower(name))',
    'items: one_name is unique over all organizations',
  ],
  ['a table of tenants without a primary key', 'CREATE TABLE loose (organization_id uuid NOT NULL)', 'loose: has no primary key'],
  [
    'a link without the organization',
    'CREATE TABLE loose (organization_id uuid, id uuid UNIQUE, parent uuid REFERENCES loose (id), PRIMARY KEY (organization_id, id))',
    "loose: loose_parent_fkey could lead to another organization's row",
  ],
  [
    'a shared table that leads to an organization’s row',
    'CREATE TABLE loose (organization uuid, location uuid, FOREIGN KEY (organization, location) REFERENCES locations (organization_id, id))',
    "loose: loose_organization_location_fkey leads from a shared table to an organization's row",
  ],
  [
    'a link that empties its own key',
    'ALTER TABLE locations ADD COLUMN near uuid, ADD CONSTRAINT near FOREIGN KEY (organization_id, near) REFERENCES locations (organization_id, id) ON DELETE SET NULL (near)',
    'locations: near changes its own key when a row goes',
  ],
  [
    'a trigger',
    'CREATE TRIGGER same BEFORE UPDATE ON items FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
    'items: has the trigger same',
  ],
  ['a number from a sequence', 'ALTER TABLE items ADD COLUMN counted bigserial', 'items: counted counts by a sequence'],
];

describe('distributing the tables by organization', () => {
  let database: TestDatabase;
  let admin: pg.Client;
  beforeAll(async () => {
    database = await freshDatabase('planted');
    admin = new pg.Client(database.superuserUrl);
    await admin.connect();
  });
  afterAll(() => admin.end());

  it('breaks no rule', async () => {
    expect((await distributionPlan(database.ownerUrl)).faults).toEqual([]);
  });

  it('comes to every table once, shared ones first, and to none before what it leads to', async () => {
    const { statements } = await distributionPlan(database.ownerUrl);
    const places = new Map<string, number>();
    for (const [place, statement] of statements.entries()) {
      const table = /^SELECT create_(?:reference|distributed)_table\('(\w+)'/.exec(statement)?.[1];
      if (table === undefined) continue;
      expect(places.has(table)).toBe(false);
      places.set(table, place);
    }
    const { rows: tables } = await admin.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'knex%'`,
    );
    expect([...places.keys()].sort()).toEqual(tables.map(({ name }) => name).sort());
    const { rows: links } = await admin.query<{ from: string; to: string }>(
      `SELECT conrelid::regclass::text AS from, confrelid::regclass::text AS to FROM pg_constraint
       WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conrelid <> confrelid`,
    );
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter(({ from, to }) => (places.get(from) ?? 0) < (places.get(to) ?? 0))).toEqual([]);
  });

  it.each(BREAKS)('says which table has %s', async (_what, sql, fault) => {
    await admin.query(sql);
    try {
      expect((await distributionPlan(database.ownerUrl)).faults).toContain(fault);
    } finally {
      await admin.query('DROP TABLE IF EXISTS loose');
      await admin.query('DROP INDEX IF EXISTS one_sku, one_name');
      await admin.query('ALTER TABLE locations DROP COLUMN IF EXISTS near');
      await admin.query('DROP TRIGGER IF EXISTS same ON items');
      await admin.query('ALTER TABLE items DROP COLUMN IF EXISTS counted');
    }
  });
});
