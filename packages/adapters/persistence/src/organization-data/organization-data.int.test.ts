import { randomUUID } from 'node:crypto';
import { OrganizationId } from '@rappit/domain';
import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../../../../../test/database.js';
import { fillEveryTable, loosen } from '../every-table.test-kit.js';
import { eraseOrganization, organizationToErase } from './erase-organization.js';
import { readOrganization } from './read-organization.js';

const [mine, other] = [OrganizationId(randomUUID()), OrganizationId(randomUUID())];
const [onlyMine, both] = [randomUUID(), randomUUID()];

/** Made from the catalogue, so that a table which is added next year is covered. */
describe('what is kept for one organization', () => {
  let database: TestDatabase;
  let admin: pg.Client;
  let tables: readonly string[];
  beforeAll(async () => {
    database = await freshDatabase();
    admin = new pg.Client(database.superuserUrl);
    await admin.connect();
    await loosen(admin);
    for (const id of [mine, other]) {
      await admin.query(`INSERT INTO organizations VALUES ($1, 'O', now())`, [id]);
      tables = Object.keys(await fillEveryTable(admin, id));
    }
    for (const [user, organizations] of [
      [onlyMine, [mine]],
      [both, [mine, other]],
    ] as const) {
      await admin.query(`INSERT INTO users (id, email, name, password_hash) VALUES ($1, $2, 'N', 'wombat')`, [
        user,
        `${user}@quokka.example`,
      ]);
      await admin.query(
        `INSERT INTO account_requests (id, kind, email, language, expires_at) VALUES ($1, 'passwordReset', $2, 'en', now())`,
        [randomUUID(), `${user}@QUOKKA.example`],
      );
      for (const organization of organizations)
        await admin.query(`INSERT INTO memberships (organization_id, user_id, role) VALUES ($1, $2, 'admin')`, [
          organization,
          user,
        ]);
    }
  });
  afterAll(async () => {
    // Rows of any values are no books that could hold.
    for (const id of [mine, other]) await eraseOrganization(database.ownerUrl, id);
    await admin.end();
  });

  const counts = async (organization: string): Promise<Readonly<Record<string, number>>> => {
    const found: Record<string, number> = {};
    for (const table of tables)
      found[table] = Number(
        (await admin.query(`SELECT count(*) FROM ${table} WHERE organization_id = $1`, [organization])).rows[0].count,
      );
    return found;
  };
  const one = (): Readonly<Record<string, number>> => Object.fromEntries(tables.map((table) => [table, 1]));
  const none = (): Readonly<Record<string, number>> => Object.fromEntries(tables.map((table) => [table, 0]));
  const idsOf = async (sql: string): Promise<readonly string[]> =>
    (await admin.query<{ id: string }>(sql)).rows.map(({ id }) => id);

  it('is read whole, table by table, without what is secret and without anything of another', async () => {
    const taken: [table: string, row: Record<string, unknown>][] = [];
    const read = await readOrganization(database.appUrl, mine, async (table, rows) => {
      for (const row of rows) taken.push([table, JSON.parse(row) as Record<string, unknown>]);
    });
    expect(read).toEqual({ ...one(), organizations: 1, members: 2 });
    expect(taken.map(([table]) => table).toSorted()).toEqual([...tables, 'organizations', 'members', 'members'].toSorted());
    const owners = taken.filter(([table]) => table !== 'members').map(([, row]) => row['organization_id'] ?? row['id']);
    expect(new Set(owners)).toEqual(new Set([mine]));
    expect(taken.filter(([table]) => table === 'members').map(([, row]) => row['user_id'])).toEqual(
      expect.arrayContaining([onlyMine, both]),
    );
    const names = new Set(taken.flatMap(([table, row]) => Object.keys(row).map((column) => `${table}.${column}`)));
    // The chain of the ledger is the only digest that is no secret.
    expect([...names].filter((name) => /\..*(sealed|secret|password|hash)/.test(name)).toSorted()).toEqual([
      'movements.hash',
      'movements.previous_hash',
      'stock_levels.last_hash',
    ]);
  });

  it('is nothing where there is no such organization', async () => {
    const nobody = OrganizationId(randomUUID());
    expect(await readOrganization(database.appUrl, nobody, () => Promise.reject(new Error('there is nothing to take')))).toBe(
      null,
    );
    expect(await organizationToErase(database.ownerUrl, nobody)).toBe(null);
  });

  it('is erased from every table, with whoever was a member of nothing else, and nothing of another is', async () => {
    expect(await organizationToErase(database.ownerUrl, mine)).toEqual({ name: 'O', channels: 1, sold: true });
    const { rows, late } = await eraseOrganization(database.ownerUrl, mine);
    expect(rows).toEqual({ ...one(), account_requests: 1, users: 1, organizations: 1 });
    expect(late).toEqual([]);
    expect(await counts(mine)).toEqual(none());
    expect(await counts(other)).toEqual(one());
    expect(await idsOf('SELECT id FROM users')).toEqual([both]);
    expect(await idsOf('SELECT id FROM organizations')).toEqual([other]);
    expect(await idsOf('SELECT email AS id FROM account_requests')).toEqual([`${both}@QUOKKA.example`]);
  });

  it('is erased also where some of it came after the organization itself was gone', async () => {
    await fillEveryTable(admin, mine);
    expect((await eraseOrganization(database.ownerUrl, mine)).rows).toEqual(one());
    expect(await counts(mine)).toEqual(none());
  });
});
