import { decidePlacements, fewestLocations, type OrderDraft, type OrganizationId } from '@rappit/domain';
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
} from '../test-world.test-kit.js';
import { postgresIntake } from './intake.js';

/** What separates the values of a column on their way to PostgreSQL, what they mustn't be, and what looks like either. */
const texts = ['plain', '', '\u001f', 'a\u001fb', '\u001e', ',', 'NULL', '{"a":1}', '{}', "it's", '\\', '\\x1f', '雪\n🎿'];

describe('the texts of a batch', () => {
  let world: TestWorld;
  let organizationId: OrganizationId;
  let pool: pg.Pool;

  beforeAll(async () => {
    world = await openWorld();
    pool = pgPool(world.database.appUrl, 2);
    organizationId = await newOrganization(world);
    await stocked(world, organizationId, skuOf('GOODS'), 1_000);
  });
  afterAll(async () => {
    await pool.end();
    await world.persistence.close();
  });

  const STORED = `SELECT o.id, o.customer ->> 'name' AS name, o.search_name AS searched, l.name AS line, l.external
    FROM orders o JOIN order_lines l ON l.organization_id = o.organization_id AND l.order_id = o.id WHERE o.id = ANY($1)`;
  const storedOf = async (ids: readonly string[]): Promise<readonly unknown[]> => {
    const { rows } = await asSuperuser(world, (client) => client.query<{ readonly id: string }>(STORED, [ids]));
    return ids.map((id) => rows.find((row) => row.id === id));
  };

  it.each([
    ['all at once', [texts]],
    ['each by itself', texts.map((text) => [text])],
    ['without those that can not be joined', [texts.filter((text) => text !== '' && !text.includes('\u001f'))]],
  ])('arrive as they are, %s', async (_, batches) => {
    const intake = postgresIntake({
      pool,
      decide: decidePlacements({ ids: world.ids, policy: fewestLocations }),
      expire: () => Promise.resolve(0),
      digest,
    });
    const named = (name: string): OrderDraft => {
      const draft = draftOf([['GOODS', 1]]);
      const customer = { externalId: null, name, email: null, phone: null };
      return { ...draft, customer, lines: draft.lines.map((line) => ({ ...line, name })) };
    };
    for (const batch of batches) {
      const requests = batch.map((name) => requestOf(named(name)));
      const placed = await intake.place(organizationId, requests);
      const ids = placed.map((one) => (one.ok ? one.value.id : one.error.code));
      const asTold = batch.map((name, index) => ({
        id: ids[index],
        name,
        searched: name.toLowerCase(),
        line: name,
        external: null,
      }));
      expect(await storedOf(ids)).toEqual(asTold);
    }
  });
});
