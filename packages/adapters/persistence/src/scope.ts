import type { Digest, OrganizationId } from '@rappit/domain';
import type { Knex } from 'knex';

/** The end of a level's chain, read when the level was locked. */
export type ChainEnd = { readonly number: number; readonly hash: string };

/** What all stores of one unit of work share. */
export type Scope = {
  readonly trx: Knex;
  readonly organizationId: OrganizationId;
  readonly now: Date;
  readonly digest: Digest;
  readonly chains: Map<string, ChainEnd>;
  /** Whether events were written, and whether stock was changed, which somebody waits for when it is committed. */
  readonly told: { events: boolean; stock: boolean };
};

/** What was decided on has changed meanwhile: the unit of work is rolled back and answers `store.conflict`. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

/** Rows of a raw statement. */
export const rowsOf = async <Row>(scope: Scope, sql: string, bindings: readonly unknown[]): Promise<readonly Row[]> => {
  const { rows } = await scope.trx.raw<{ rows: Row[] }>(sql, bindings as Knex.RawBinding[]);
  return rows;
};

/** Runs a statement that must touch exactly so many rows, or the unit of work is in conflict. */
export const touching = async (scope: Scope, expected: number, sql: string, bindings: readonly unknown[]): Promise<void> => {
  const { rowCount } = await scope.trx.raw<{ rowCount: number }>(sql, bindings as Knex.RawBinding[]);
  if (rowCount !== expected) throw new Conflict(`${rowCount} rows instead of ${expected}`);
};
