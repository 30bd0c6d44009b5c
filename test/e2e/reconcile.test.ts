import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../database.js';
import { rappit } from './command.js';

/** `rappit reconcile`, against a production database. */
const rappitReconcile = ({ appUrl, doorUrl }: TestDatabase, ...args: readonly string[]) =>
  rappit(
    {
      NODE_ENV: 'production',
      SIGN_UP: 'immediate',
      DATABASE_URL: appUrl,
      DATABASE_DOOR_URL: doorUrl,
      JWT_SECRET: randomBytes(32).toString('hex'),
      CREDENTIAL_KEY: randomBytes(32).toString('base64'),
    },
    'reconcile',
    ...args,
  );

describe('rappit reconcile', () => {
  it('ends with 0 while all books balance, and with 1 and the difference when one does not', async () => {
    const database = await freshDatabase('planted');
    const admin = new pg.Client(database.superuserUrl);
    await admin.connect();
    try {
      const [sound, broken, location] = [randomUUID(), randomUUID(), randomUUID()];
      for (const id of [sound, broken]) await admin.query(`INSERT INTO organizations VALUES ($1, 'O', now())`, [id]);
      expect(await rappitReconcile(database)).toEqual({ code: 0, said: '2 organizations checked, all books balance\n' });
      await admin.query(`INSERT INTO items (organization_id, sku, name, created_at) VALUES ($1, 'A', 'A', now())`, [broken]);
      await admin.query(`INSERT INTO locations VALUES ($1, $2, 'L', 'L', NULL, 1, true)`, [broken, location]);
      await admin.query(`INSERT INTO stock_levels (organization_id, sku, location_id, on_hand) VALUES ($1, 'A', $2, 3)`, [
        broken,
        location,
      ]);
      const all = await rappitReconcile(database);
      expect([all.code, all.said]).toEqual([1, expect.stringContaining('1 with differences')]);
      const one = await rappitReconcile(database, '--organization', broken, '--json');
      expect([one.code, JSON.parse(one.said)]).toMatchObject([
        1,
        { organizationId: broken, balanced: false, levels: [{ what: 'onHand', expected: 0, found: 3 }] },
      ]);
      expect((await rappitReconcile(database, '--organization', sound)).code).toBe(0);
    } finally {
      await admin.end();
    }
  });
});
