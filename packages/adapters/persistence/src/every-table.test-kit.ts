import { randomUUID } from 'node:crypto';
import type pg from 'pg';

const TENANT_TABLES = `SELECT relname AS name FROM pg_class
  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relrowsecurity ORDER BY 1`;

export type Row = { readonly columns: readonly string[]; readonly values: readonly unknown[] };

/** Some value of each type that we use. */
const sampleOf: Readonly<Record<string, unknown>> = {
  bool: true,
  bytea: Buffer.from('x'),
  int4: 1,
  int8: 1,
  json: '{}',
  jsonb: '{}',
  text: 'x',
  timestamptz: new Date('2026-01-05T09:00:00.000Z'),
  _timestamptz: [new Date('2026-01-05T09:00:00.000Z')],
};

/** Takes away what a row of any values would not pass, the rules of keys excepted. */
export const loosen = async (admin: pg.Client): Promise<void> => {
  const { rows: constraints } = await admin.query<{ sql: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS sql FROM pg_constraint WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace`,
  );
  for (const { sql } of constraints) await admin.query(sql);
};

/** One row of the organization in every tenant table, whatever the table is about. */
export const fillEveryTable = async (admin: pg.Client, organizationId: string): Promise<Readonly<Record<string, Row>>> => {
  const { rows: tables } = await admin.query<{ name: string }>(TENANT_TABLES);
  const filled: Record<string, Row> = {};
  for (const { name } of tables) {
    const { rows } = await admin.query<{ column: string; type: string }>(
      `SELECT column_name AS column, udt_name AS type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
      [name],
    );
    const columns = rows.map(({ column }) => column);
    const values = rows.map(({ column, type }) => (column === 'organization_id' ? organizationId : sampleValue(type)));
    await admin.query(
      `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
      values,
    );
    filled[name] = { columns, values };
  }
  return filled;
};

const sampleValue = (type: string): unknown => {
  if (type === 'uuid') return randomUUID();
  if (!(type in sampleOf)) throw new Error(`${type} is new to this test: say what a value of it is`);
  return sampleOf[type];
};
