import {
  type ChannelStockStore,
  type CountedListing,
  type Listing,
  type ListingProposal,
  placeKey,
  type ShownStock,
} from '@rappit/domain';
import { rowsOf, type Scope } from '../scope.js';
import { pageOf } from './page.js';

const SAVE_VARIANTS = `
  INSERT INTO channel_variants (organization_id, channel_id, external_variant_id, external_item_id, sku, barcode, name)
  SELECT DISTINCT ON (v."externalVariantId") ?::uuid, ?::uuid, v."externalVariantId", v."externalItemId", v.sku, v.barcode, v.name
  FROM json_to_recordset(?::json) AS v ("externalVariantId" text, "externalItemId" text, sku text, barcode text, name text)
  ORDER BY v."externalVariantId"
  ON CONFLICT (organization_id, channel_id, external_variant_id)
  DO UPDATE SET external_item_id = excluded.external_item_id, sku = excluded.sku, barcode = excluded.barcode, name = excluded.name`;
const COUNTED = `
  SELECT g.external_variant_id AS "externalVariantId", v.external_item_id AS "externalItemId", g.sku
  FROM listings g JOIN channel_variants v
    ON v.organization_id = g.organization_id AND v.channel_id = g.channel_id AND v.external_variant_id = g.external_variant_id
  WHERE g.organization_id = ? AND g.channel_id = ? AND v.external_item_id IS NOT NULL AND g.external_variant_id > ?
  ORDER BY g.external_variant_id LIMIT ?`;
const NOT_LISTED = `
  v.organization_id = ? AND v.channel_id = ? AND i.deleted_at IS NULL AND NOT EXISTS (SELECT FROM listings g
    WHERE g.organization_id = v.organization_id AND g.channel_id = v.channel_id AND g.external_variant_id = v.external_variant_id)`;
const UNLISTED = `
  SELECT v.channel_id AS "channelId", v.external_variant_id AS "externalVariantId", i.sku
  FROM channel_variants v JOIN items i ON i.organization_id = v.organization_id AND i.sku = v.sku
  WHERE ${NOT_LISTED} ORDER BY v.external_variant_id LIMIT ?`;
const PROPOSALS = `
  SELECT v.external_variant_id AS "externalVariantId", v.name, v.barcode, v.sku AS "externalSku", i.sku
  FROM channel_variants v JOIN items i ON i.organization_id = v.organization_id AND i.barcode = v.barcode
  WHERE ${NOT_LISTED} AND i.sku IS DISTINCT FROM v.sku AND (v.external_variant_id, i.sku) > (?, ?)
  ORDER BY v.external_variant_id, i.sku LIMIT ?`;

const COLUMNS = `
  channel_id AS "channelId", external_item_id AS "externalItemId", nullif(external_location_id, '') AS "externalLocationId", sku, target,
  changed_at AS "changedAt", submitted, accepted, observed, settles_at AS "settlesAt", status, attempts, due_at AS "dueAt", problem`;
const LOCK = `
  SELECT ${COLUMNS} FROM channel_stock WHERE organization_id = ? AND channel_id = ? AND external_item_id = ANY(?)
  ORDER BY external_item_id, external_location_id FOR UPDATE`;
/** Chosen once and before anything is changed: a choice that stands in a condition may be made again for each row, past its limit. */
const CLAIM = `
  WITH chosen AS MATERIALIZED (
    SELECT ctid AS place FROM channel_stock
    WHERE organization_id = ? AND channel_id = ? AND status = 'due' AND due_at <= now()
    ORDER BY changed_at, external_item_id, external_location_id LIMIT ? FOR UPDATE SKIP LOCKED)
  UPDATE channel_stock SET due_at = now() + make_interval(secs => ?)
  FROM chosen WHERE organization_id = ? AND ctid = chosen.place
  RETURNING ${COLUMNS}`;
const SAVE = `
  INSERT INTO channel_stock (organization_id, channel_id, external_item_id, external_location_id, sku, target, changed_at, submitted, accepted,
    observed, settles_at, status, attempts, due_at, problem)
  SELECT ?::uuid, r."channelId", r."externalItemId", coalesce(r."externalLocationId", ''), r.sku, r.target, r."changedAt", r.submitted, r.accepted,
    r.observed, r."settlesAt", r.status, r.attempts, r."dueAt", r.problem
  FROM json_to_recordset(?::json) AS r ("channelId" uuid, "externalItemId" text, "externalLocationId" text, sku text, target integer,
    "changedAt" timestamptz, submitted integer, accepted integer, observed integer, "settlesAt" timestamptz, status text, attempts integer,
    "dueAt" timestamptz, problem text)
  ORDER BY 2, 3, 4
  ON CONFLICT (organization_id, channel_id, external_item_id, external_location_id) DO UPDATE SET sku = excluded.sku, target = excluded.target,
    changed_at = excluded.changed_at, submitted = excluded.submitted, accepted = excluded.accepted, observed = excluded.observed,
    settles_at = excluded.settles_at, status = excluded.status, attempts = excluded.attempts, due_at = excluded.due_at, problem = excluded.problem`;
const PAGE = `
  SELECT ${COLUMNS} FROM channel_stock
  WHERE organization_id = ? AND channel_id = ? AND (external_item_id, external_location_id) > (?, ?)
    AND (?::text IS NULL OR status = ?)
  ORDER BY external_item_id, external_location_id LIMIT ?`;

const partsOf = (cursor = ''): readonly [string, string] => {
  const [one = '', other = ''] = cursor.split('\n');
  return [one, other];
};

export const channelStockStore = (scope: Scope): ChannelStockStore => {
  const { organizationId } = scope;
  return {
    saveVariants: async (channelId, variants) => {
      if (variants.length > 0) await rowsOf(scope, SAVE_VARIANTS, [organizationId, channelId, JSON.stringify(variants)]);
    },
    counted: (channelId, limit, after = '') => rowsOf<CountedListing>(scope, COUNTED, [organizationId, channelId, after, limit]),
    unlisted: (channelId, limit) => rowsOf<Listing>(scope, UNLISTED, [organizationId, channelId, limit]),
    proposals: async (channelId, { limit, cursor }) =>
      pageOf(
        await rowsOf<ListingProposal>(scope, PROPOSALS, [organizationId, channelId, ...partsOf(cursor), limit + 1]),
        limit,
        ({ externalVariantId, sku }) => `${externalVariantId}\n${sku}`,
      ),
    lock: (channelId, itemIds) => rowsOf<ShownStock>(scope, LOCK, [organizationId, channelId, [...itemIds]]),
    save: async (rows) => {
      if (rows.length > 0) await rowsOf(scope, SAVE, [organizationId, JSON.stringify(rows)]);
    },
    claim: (channelId, limit, leaseSeconds) =>
      rowsOf<ShownStock>(scope, CLAIM, [organizationId, channelId, limit, leaseSeconds, organizationId]),
    list: async (channelId, { limit, cursor }, status) => {
      const values = [organizationId, channelId, ...partsOf(cursor), status ?? null, status ?? null, limit + 1];
      return pageOf(await rowsOf<ShownStock>(scope, PAGE, values), limit, placeKey);
    },
  };
};
