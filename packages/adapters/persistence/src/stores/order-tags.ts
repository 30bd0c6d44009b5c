import type { Order } from '@rappit/domain';
import { insertRows, type Row } from '../rows.js';
import { rowsOf, type Scope, touching } from '../scope.js';

/** A longer tag of a shop is kept with its order, and the order isn't found by it. Characters. */
export const LONGEST_FOUND = 200;

const isFound = (tag: string): boolean => [...tag].length <= LONGEST_FOUND;

/** What orders are found by: a row for each tag. */
export const tagsOf = ({ id, tags }: Pick<Order, 'id' | 'tags'>): readonly Row[] =>
  [...new Set(tags)].filter(isFound).map((tag) => ({ tag, order_id: id }));

const FORGET = 'DELETE FROM order_tags WHERE organization_id = ? AND order_id = ANY(?)';
const REMEMBER = insertRows('order_tags', { tag: 'text', order_id: 'uuid' });

/** Brings the rows in line with orders whose tags were just written. */
export const keepTags = async (scope: Scope, orders: readonly Order[]): Promise<void> => {
  if (orders.length === 0) return;
  await rowsOf(scope, FORGET, [scope.organizationId, orders.map(({ id }) => id)]);
  const rows = orders.flatMap(tagsOf);
  if (rows.length > 0) await touching(scope, rows.length, REMEMBER, [scope.organizationId, JSON.stringify(rows)]);
};
