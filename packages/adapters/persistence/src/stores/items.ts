import {
  bug,
  type Component,
  type CustomsFacts,
  type Dimensions,
  type Item,
  type ItemStore,
  type ItemUses,
  type Sku,
} from '@rappit/domain';
import { type Columns, insertRows, type Row, recordset } from '../rows.js';
import { rowsOf, type Scope, touching } from '../scope.js';
import { pageOf } from './page.js';

type ItemRow = {
  sku: Sku;
  name: string;
  barcode: string | null;
  weight_grams: number | null;
  dimensions: Dimensions | null;
  customs: CustomsFacts | null;
  low_stock_threshold: number | null;
  components: Component[] | null;
  created_at: Date;
};

const toItem = (row: ItemRow): Item => ({
  sku: row.sku,
  name: row.name,
  barcode: row.barcode,
  weightGrams: row.weight_grams,
  dimensions: row.dimensions,
  customs: row.customs,
  lowStockThreshold: row.low_stock_threshold,
  components: row.components,
  createdAt: row.created_at,
});

const facts = (item: Item) => ({
  name: item.name,
  barcode: item.barcode,
  weight_grams: item.weightGrams,
  dimensions: item.dimensions && JSON.stringify(item.dimensions),
  customs: item.customs && JSON.stringify(item.customs),
  low_stock_threshold: item.lowStockThreshold,
  components: item.components && JSON.stringify(item.components),
});

const columns: Columns = {
  sku: 'text',
  name: 'text',
  barcode: 'text',
  weight_grams: 'bigint',
  dimensions: 'jsonb',
  customs: 'jsonb',
  low_stock_threshold: 'bigint',
  components: 'jsonb',
  created_at: 'timestamptz',
};
const fromItem = (item: Item): Row => ({
  ...facts(item),
  dimensions: item.dimensions,
  customs: item.customs,
  components: item.components,
  sku: item.sku,
  created_at: item.createdAt,
});
const changeable = Object.keys(columns).filter((name) => name !== 'sku');

/** A deleted one is overwritten; one that is there is left alone, and the row count tells. Sorted, so that two imports don't wait in a circle. */
const ADD_MANY = `${insertRows('items', columns)} ORDER BY sku
  ON CONFLICT (organization_id, sku) DO UPDATE SET deleted_at = NULL, ${changeable.map((name) => `${name} = excluded.${name}`).join(', ')}
  WHERE items.deleted_at IS NOT NULL`;
const CHANGE_MANY = `UPDATE items i SET ${changeable
  .filter((name) => name !== 'created_at')
  .map((name) => `${name} = r.${name}`)
  .join(', ')}
  FROM ${recordset('?', 'r', columns)} WHERE i.organization_id = ? AND i.sku = ANY(?) AND i.sku = r.sku AND i.deleted_at IS NULL`;

/** What a LIKE pattern would read as a wildcard, as itself. */
const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

const USES = `
  SELECT (SELECT count(*) FROM listings WHERE organization_id = ? AND sku = ?) AS listings,
    (SELECT coalesce(sum(pending + backordered), 0)::bigint FROM order_lines WHERE organization_id = ? AND sku = ? AND (pending > 0 OR backordered > 0)) AS waiting,
    (SELECT count(*) FROM items WHERE organization_id = ? AND deleted_at IS NULL AND components @> ?::jsonb) AS kits`;

export const itemStore = (scope: Scope): ItemStore => {
  const { trx, organizationId } = scope;
  const living = () => trx('items').where({ organization_id: organizationId }).whereNull('deleted_at');
  return {
    find: async (sku) => {
      const row = await living().where({ sku }).first<ItemRow | undefined>();
      return row && toItem(row);
    },
    lock: async (sku) => {
      const row = await living().where({ sku }).forNoKeyUpdate().first<ItemRow | undefined>();
      return row && toItem(row);
    },
    lockToRemove: async (sku) => {
      const row = await living().where({ sku }).forUpdate().first<ItemRow | undefined>();
      return row && toItem(row);
    },
    lockMany: async (skus) =>
      (
        await living()
          .whereRaw('sku = ANY(?)', [[...skus]])
          .orderBy('sku')
          .forNoKeyUpdate()
          .select<ItemRow[]>('*')
      ).map(toItem),
    addMany: async (items) => {
      const rows = JSON.stringify(items.map(fromItem));
      if (items.length > 0) await touching(scope, items.length, ADD_MANY, [organizationId, rows]);
    },
    changeMany: async (items) => {
      const skus = items.map(({ sku }) => sku);
      const rows = JSON.stringify(items.map(fromItem));
      if (items.length > 0) await touching(scope, items.length, CHANGE_MANY, [rows, organizationId, skus]);
    },
    uses: async (sku) =>
      (
        await rowsOf<ItemUses>(scope, USES, [organizationId, sku, organizationId, sku, organizationId, JSON.stringify([{ sku }])])
      )[0] ?? bug('counts answer a row'),
    findMany: async (skus) =>
      (
        await living()
          .whereRaw('sku = ANY(?)', [[...skus]])
          .select<ItemRow[]>('*')
      ).map(toItem),
    list: async ({ limit, cursor }, text) => {
      const query = living()
        .orderBy('sku')
        .limit(limit + 1);
      if (cursor !== undefined) void query.where('sku', '>', cursor);
      if (text !== undefined)
        void query.where((either) => either.whereLike('sku', `${literally(text)}%`).orWhereILike('name', `${literally(text)}%`));
      return pageOf((await query.select<ItemRow[]>('*')).map(toItem), limit, ({ sku }) => sku);
    },
    add: async (item) => {
      const row = {
        organization_id: organizationId,
        sku: item.sku,
        created_at: item.createdAt,
        deleted_at: null,
        ...facts(item),
      };
      const added = await trx('items')
        .insert(row)
        .onConflict(['organization_id', 'sku'])
        .merge()
        .whereNotNull('items.deleted_at')
        .returning('sku');
      return added.length > 0;
    },
    change: async (item) =>
      (await trx('items').where({ organization_id: organizationId, sku: item.sku, deleted_at: null }).update(facts(item))) > 0,
    remove: async (sku, at) =>
      (
        await rowsOf(
          scope,
          'UPDATE items SET deleted_at = ? WHERE organization_id = ? AND sku = ? AND deleted_at IS NULL RETURNING sku',
          [at, organizationId, sku],
        )
      ).length > 0,
  };
};
