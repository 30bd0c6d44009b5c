import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../../../../test/database.js';
import { inspect, migrationPlan, migrationState } from './inspect.js';
import { pendingMigrations } from './migrate.js';

const planted = async (sql: string): Promise<TestDatabase> => {
  const database = await freshDatabase('planted');
  const admin = new pg.Client(database.superuserUrl);
  await admin.connect();
  await admin.query(sql);
  await admin.end();
  return database;
};

describe('a database that is inspected', () => {
  it('has nothing against it when it was migrated, but that tests keep their databases in memory', async () => {
    const { undurable, ...rest } = await inspect(await freshDatabase());
    expect(rest).toEqual({ pending: [], ahead: [], mightyRoles: [], unforcedTables: [], missingChecks: [] });
    expect(undurable).toEqual(['fsync', 'full_page_writes', 'synchronous_commit']);
  });

  it('tells of roles that could look past the policies, the door’s too', async () => {
    const database = await freshDatabase();
    const { mightyRoles } = await inspect({ appUrl: database.ownerUrl, doorUrl: database.superuserUrl });
    expect(mightyRoles).toEqual([new URL(database.ownerUrl).username, new URL(database.superuserUrl).username]);
  });

  it('tells of a tenant’s table whose policies even its owner may pass', async () => {
    const database = await planted(
      'ALTER TABLE orders NO FORCE ROW LEVEL SECURITY; ALTER TABLE items DISABLE ROW LEVEL SECURITY',
    );
    expect((await inspect(database)).unforcedTables).toEqual(['items', 'orders']);
  });

  it('tells of a check on stock that is gone, or was never validated', async () => {
    const dropped = await planted('ALTER TABLE stock_levels DROP CONSTRAINT stock_levels_i1');
    const unproven = await planted(
      'ALTER TABLE stock_levels DROP CONSTRAINT stock_levels_i1, ADD CONSTRAINT stock_levels_i1 CHECK (reserved >= 0) NOT VALID',
    );
    expect((await inspect(dropped)).missingChecks).toEqual(['stock_levels_i1']);
    expect((await inspect(unproven)).missingChecks).toEqual(['stock_levels_i1']);
  });

  it('tells what it lacks, what is planned for that, and what a newer version has left', async () => {
    const database = await planted(
      `DELETE FROM knex_migrations WHERE name = '0005-channels';
       INSERT INTO knex_migrations (name, batch, migration_time) VALUES ('9999-of-the-future', 9, now())`,
    );
    const { pending, ahead, applied } = await migrationState(database.appUrl);
    expect([pending, ahead]).toEqual([['0005-channels'], ['9999-of-the-future']]);
    expect(await pendingMigrations(database.appUrl)).toEqual(['0005-channels']);
    expect(applied[0]).toBe('0001-tenancy');
    expect(migrationPlan(pending)).toEqual([{ name: '0005-channels', sql: expect.stringContaining('CREATE TABLE channels') }]);
    expect(await inspect(database)).toMatchObject({ pending: ['0005-channels'], ahead: ['9999-of-the-future'] });
  });
});
