import { randomUUID } from 'node:crypto';
import { migrate } from '@rappit/persistence';
import { HOT, HOT_RECEIPTS, ON_HAND } from '../loads.mjs';
import { hash } from './new-order.mjs';
import { mustFunction } from './place-batch.mjs';
import { placeOneFunctions } from './place-one.mjs';

const TABLES = `SELECT quote_ident(relname) AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relrowsecurity`;

/**
 * A database for a bare server: Rappit's own schema as its migrations make it, keys, checks, indexes and all, but without row-level
 * security; one organization with one location and goods for all SKUs. Answers the owner's URL, and the two ids.
 */
export const makeBareDatabase = async ({ postgres, name, skus }) => {
  const url = await postgres.create(name);
  await migrate(url);
  const ask = (sql, values) => postgres.ask(name, sql, values);
  for (const { name: table } of await ask(TABLES))
    await ask(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY`);
  await ask(`SET ROLE rappit_owner; ${placeOneFunctions}; ${mustFunction}; RESET ROLE`);
  const [organization, location] = [randomUUID(), randomUUID()];
  await stockUp({ ask, organization, location, skus });
  return { url, organization, location };
};

const received = 'CASE sku WHEN $4 THEN $5::bigint ELSE $6::bigint END';

const stockUp = async ({ ask, organization, location, skus }) => {
  const all = [HOT, ...skus];
  await ask(`INSERT INTO organizations (id, name, created_at) VALUES ($1, 'Bench', now())`, [organization]);
  await ask(
    `INSERT INTO locations (organization_id, id, code, name, priority, active) VALUES ($1, $2, 'BER-1', 'Berlin', 0, true)`,
    [organization, location],
  );
  await ask(
    `INSERT INTO items (organization_id, sku, name, created_at) SELECT $1, sku, 'Goods ' || sku, now() FROM unnest($2::text[]) AS sku`,
    [organization, all],
  );
  const values = [organization, location, all, HOT, ON_HAND * HOT_RECEIPTS, ON_HAND];
  await ask(
    `INSERT INTO stock_levels (organization_id, sku, location_id, on_hand, last_number, last_hash)
     SELECT $1, sku, $2, ${received}, 1, '${hash}' FROM unnest($3::text[]) AS sku`,
    values,
  );
  await ask(
    `INSERT INTO movements (organization_id, sku, location_id, number, id, kind, on_hand_delta, reserved_delta, on_hand_after, reserved_after,
       actor_kind, actor_id, at, previous_hash, hash)
     SELECT $1, sku, $2, 1, gen_random_uuid(), 'receive', ${received}, 0, ${received}, 0, 'user', 'bench', now(), '', '${hash}' FROM unnest($3::text[]) AS sku`,
    values,
  );
};
