import { migrations } from './index.js';
import { locksOf } from './locks.test-kit.js';

it.each([
  ['CREATE INDEX a ON orders (id);', ['orders: makes an index']],
  ['CREATE UNIQUE INDEX IF NOT EXISTS a ON orders (id);', ['orders: makes an index']],
  ['CREATE INDEX CONCURRENTLY IF NOT EXISTS a ON orders (id);', []],
  ['CREATE TABLE notes (id uuid); CREATE INDEX a ON notes (id); ALTER TABLE notes ADD CHECK (id IS NOT NULL);', []],
  [
    'ALTER TABLE orders ADD COLUMN a uuid, ADD FOREIGN KEY (a, b) REFERENCES x (a, b);',
    ['orders: checks every row for a foreign key'],
  ],
  ['ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (a, b) REFERENCES x (a, b) NOT VALID;', []],
  ['ALTER TABLE orders VALIDATE CONSTRAINT k;', []],
  ['ALTER TABLE orders ADD CONSTRAINT k CHECK (a > 0);', ['orders: checks every row']],
  ['ALTER TABLE orders ADD COLUMN a int REFERENCES x (a);', ['orders: checks every row of a new column']],
  ['ALTER TABLE orders ADD UNIQUE (a);', ['orders: makes an index']],
  ['ALTER TABLE orders ADD CONSTRAINT k UNIQUE USING INDEX i;', []],
  ["ALTER TABLE orders ADD COLUMN a text NOT NULL DEFAULT '';", []],
  ['ALTER TABLE orders ADD COLUMN a text NOT NULL;', ['orders: fails where there are rows']],
  ['ALTER TABLE orders ADD COLUMN a uuid DEFAULT gen_random_uuid();', ['orders: writes every row']],
  ['ALTER TABLE orders ADD COLUMN a text GENERATED ALWAYS AS (lower(b)) STORED;', ['orders: writes every row']],
  ['ALTER TABLE orders ALTER COLUMN a TYPE bigint;', ['orders: writes every row']],
  ['ALTER TABLE orders ALTER COLUMN a SET NOT NULL;', ['orders: checks every row']],
  ['LOCK TABLE orders;', ['orders: is locked']],
])('%s', (sql, locks) => {
  expect(locksOf(sql)).toEqual(locks);
});

/** Made before the first release: nobody had rows yet. None is added once there is one. */
const beforeTheFirstRelease = [
  '0005-channels',
  '0010-low-stock',
  '0011-untried-units',
  '0018-kits-and-expiry',
  '0019-json-as-it-came',
  '0023-purchases',
  '0024-carrier-accounts',
  '0025-pickups',
  '0026-tracking',
  '0027-amounts',
  '0028-order-search',
  '0033-returns',
  '0034-return-labels',
  '0038-inbox-log',
];

describe('a migration locks nobody out for as long as a table is large:', () => {
  it.each(migrations.filter(([name]) => !beforeTheFirstRelease.includes(name)))('%s', (_, sql) => {
    expect(locksOf(sql)).toEqual([]);
  });

  it('and one that is made CONCURRENTLY is a single statement, safe to repeat', () => {
    const concurrent = migrations.filter(([, sql]) => sql.includes('CONCURRENTLY'));
    const isSound = (sql: string): boolean => /^[^;]*\bIF (NOT )?EXISTS\b[^;]*;?\s*$/.test(sql);
    expect(concurrent.filter(([, sql]) => !isSound(sql))).toEqual([]);
  });
});
