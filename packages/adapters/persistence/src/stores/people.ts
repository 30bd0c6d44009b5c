import type { OrderId, PeopleStore } from '@rappit/domain';
import { rowsOf, type Scope } from '../scope.js';
import { searched } from './order-search.js';

/** Orders that still say something of somebody. */
const SAYING = '(customer IS NOT NULL OR shipping_address IS NOT NULL OR billing_address IS NOT NULL)';

const OF_EVERYBODY = `
  SELECT id FROM orders WHERE organization_id = ? AND channel_id = ? AND ${SAYING} ORDER BY id LIMIT ?`;

/** Seldom asked, and by nobody who waits: the account is looked for without an index. */
const OF_PERSON = `
  SELECT id FROM orders WHERE organization_id = ? AND channel_id = ? AND ${SAYING}
    AND (external_id = ANY(?::text[]) OR customer->>'externalId' = ?::text OR search_email = ?::text)
  ORDER BY id LIMIT ?`;

/**
 * Digests of what a person was told to be go with it: whoever knows an address could try it against them. The digest of the shop's whole
 * word stays, since by it the same word is known again. In the order of the ids, so that nobody waits in a circle.
 */
const FORGET_ORDERS = `
  WITH chosen AS (SELECT id FROM orders WHERE organization_id = ? AND id = ANY(?) ORDER BY id FOR UPDATE)
  UPDATE orders o SET customer = NULL, shipping_address = NULL, billing_address = NULL,
    search_name = NULL, search_surname = NULL, search_email = NULL, version = o.version + 1,
    last_word = (o.last_word::jsonb || '{"customer":"","shippingAddress":"","billingAddress":""}')::json
  FROM chosen WHERE o.organization_id = ? AND o.id = chosen.id`;

const FORGET_NOTES = `
  UPDATE order_timeline SET text = NULL WHERE organization_id = ? AND order_id = ANY(?) AND what = 'noted' AND text IS NOT NULL`;

const FORGET_RETURNS = 'UPDATE returns SET note = NULL WHERE organization_id = ? AND order_id = ANY(?) AND note IS NOT NULL';

const FORGET_PAPERS = `
  DELETE FROM shipment_documents d USING shipments s
  WHERE d.organization_id = ? AND s.organization_id = d.organization_id AND s.id = d.shipment_id AND s.order_id = ANY(?)`;

/** A delivery names an order by its number in the shop, which the shop's id ends with. */
const FORGET_DELIVERIES = `
  UPDATE inbox i SET body = ''::bytea FROM orders o
  WHERE i.organization_id = ? AND i.source_id = ? AND i.status <> 'due' AND o.organization_id = i.organization_id AND o.id = ANY(?)
    AND position(convert_to(regexp_replace(o.external_id, '^.*/', ''), 'UTF8') in i.body) > 0`;

const FORGET_ALL_DELIVERIES = "UPDATE inbox SET body = ''::bytea WHERE organization_id = ? AND source_id = ? AND status <> 'due'";

export const peopleStore = (scope: Scope): PeopleStore => {
  const { organizationId } = scope;
  return {
    ordersOf: async (channelId, who, limit) => {
      const found =
        who === 'everybody'
          ? await rowsOf<{ readonly id: OrderId }>(scope, OF_EVERYBODY, [organizationId, channelId, limit])
          : await rowsOf<{ readonly id: OrderId }>(scope, OF_PERSON, [
              ...[organizationId, channelId, who.externalOrderIds, who.externalId],
              ...[who.email === null ? null : searched(who.email), limit],
            ]);
      return found.map(({ id }) => id);
    },
    forget: async (channelId, orderIds) => {
      if (orderIds.length === 0) return;
      await rowsOf(scope, FORGET_DELIVERIES, [organizationId, channelId, orderIds]);
      for (const sql of [FORGET_NOTES, FORGET_RETURNS, FORGET_PAPERS]) await rowsOf(scope, sql, [organizationId, orderIds]);
      await rowsOf(scope, FORGET_ORDERS, [organizationId, orderIds, organizationId]);
    },
    forgetDeliveries: async (channelId) => {
      await rowsOf(scope, FORGET_ALL_DELIVERIES, [organizationId, channelId]);
    },
  };
};
