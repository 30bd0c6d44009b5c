import { freshDatabase } from '../../../../test/database.js';
import { sourceOf } from './migrations/index.js';
import { withKnex } from './pools.js';

describe('a migration that makes an index beside those who write', () => {
  it('runs outside of a transaction, between others that run in theirs', async () => {
    const { ownerUrl } = await freshDatabase();
    const migrationSource = sourceOf([
      ['9001-notes', 'CREATE TABLE notes (id uuid NOT NULL, text text NOT NULL);'],
      ['9002-notes-by-id', 'CREATE INDEX CONCURRENTLY IF NOT EXISTS notes_by_id ON notes (id);'],
      ['9003-half-done', 'CREATE TABLE further (id uuid); SELECT 1 / 0;'],
    ]);
    const found = await withKnex(ownerUrl, async (knex) => {
      const latest = () => knex.migrate.latest({ migrationSource, tableName: 'further_migrations' });
      await expect(latest()).rejects.toThrow(/division by zero/);
      const { rows } = await knex.raw<{ rows: readonly { name: string; valid: boolean }[] }>(`
        SELECT c.relname AS name, coalesce(i.indisvalid, true) AS valid FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
        WHERE c.relname IN ('notes', 'notes_by_id', 'further') ORDER BY 1`);
      const done = await knex('further_migrations').orderBy('name').pluck<string[]>('name');
      return { rows, done };
    });
    expect(found).toEqual({
      rows: [
        { name: 'notes', valid: true },
        { name: 'notes_by_id', valid: true },
      ],
      done: ['9001-notes', '9002-notes-by-id'],
    });
  });

  it('has made the one by which the labels of a return are found, as every other one of ours', async () => {
    const { ownerUrl } = await freshDatabase();
    const { rows } = await withKnex(ownerUrl, (knex) =>
      knex.raw<{ rows: readonly { name: string; valid: boolean }[] }>(`
        SELECT c.relname AS name, i.indisvalid AS valid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE c.relnamespace = 'public'::regnamespace`),
    );
    expect(rows).toContainEqual({ name: 'shipments_of_returns', valid: true });
    expect(rows.filter(({ valid }) => !valid)).toEqual([]);
  });
});
