import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { freshDatabase } from '../../../../test/database.js';
import { fillEveryTable, loosen, type Row } from './every-table.test-kit.js';
import { appRightsOn } from './roles.js';

/** What PostgreSQL says to whoever has no right, or writes a row that a policy doesn't let pass. */
const REFUSED = '42501';

/** Made from the catalogue, so that a table which is added next year is covered. */
describe('a row of one organization, in every tenant table', () => {
  const [mine, other] = [randomUUID(), randomUUID()];
  let app: pg.Client;
  let rowsIn: Readonly<Record<string, Row>>;
  beforeAll(async () => {
    const { superuserUrl, appUrl } = await freshDatabase();
    const admin = new pg.Client(superuserUrl);
    await admin.connect();
    await loosen(admin);
    rowsIn = await fillEveryTable(admin, mine);
    await admin.end();
    app = new pg.Client(appUrl);
    await app.connect();
  });
  afterAll(() => app.end());

  const within = async (organizationId: string | null, statement: string, values: readonly unknown[] = []): Promise<unknown> => {
    await app.query('BEGIN');
    try {
      if (organizationId !== null) await app.query(`SET LOCAL rappit.organization_id = '${organizationId}'`);
      return (await app.query({ text: statement, values: [...values] })).rowCount;
    } catch (error) {
      return (error as { readonly code?: string }).code;
    } finally {
      await app.query('ROLLBACK');
    }
  };
  const everyTable = async (check: (table: string, row: Row) => Promise<void>): Promise<void> => {
    const tables = Object.entries(rowsIn);
    expect(tables.length).toBeGreaterThan(15);
    for (const [table, row] of tables) await check(table, row);
  };

  it('is seen by the organization, by no other, and by nobody who doesn’t say for whom he asks', () =>
    everyTable(async (table) => {
      for (const [who, rows] of [
        [mine, 1],
        [other, 0],
        [null, 0],
      ] as const)
        expect([table, who, await within(who, `SELECT 1 FROM ${table}`)]).toEqual([table, who, rows]);
    }));

  it('is changed and removed by no other, given away by nobody, and written in nobody else’s name', () =>
    everyTable(async (table, { columns, values }) => {
      const insert = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')})`;
      for (const who of [other, null]) {
        expect([table, await within(who, `UPDATE ${table} SET organization_id = organization_id`)]).toEqual([
          table,
          notDone(table, 'UPDATE'),
        ]);
        expect([table, await within(who, `DELETE FROM ${table}`)]).toEqual([table, notDone(table, 'DELETE')]);
        expect([table, await within(who, insert, values)]).toEqual([table, REFUSED]);
      }
      expect([table, await within(mine, `UPDATE ${table} SET organization_id = '${other}'`)]).toEqual([table, REFUSED]);
    }));
});

/** No row, or no right at all. */
const notDone = (table: string, right: 'UPDATE' | 'DELETE'): number | string =>
  appRightsOn(table).includes(right) ? 0 : REFUSED;
