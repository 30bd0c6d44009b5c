import { ok } from '@rappit/domain';
import { type Field, optional, type Reader, unreadable } from '../wire/reading.js';
import { digits } from '../wire/scalars.js';

type Kind =
  | 'Order'
  | 'LineItem'
  | 'Customer'
  | 'ProductVariant'
  | 'InventoryItem'
  | 'Location'
  | 'Fulfillment'
  | 'FulfillmentOrder'
  | 'FulfillmentOrderLineItem'
  | 'WebhookSubscription';

export const globalId =
  (kind: Kind): Reader<string> =>
  (value, path) =>
    typeof value === 'string' && new RegExp(`^gid://shopify/${kind}/\\d{1,20}$`).test(value) ? ok(value) : unreadable(path);

/** The global id of what a field names by its number. */
export const numberedId =
  (kind: Kind, name: string): Field<string | null> =>
  (fields, path) => {
    const number = optional(name, digits)(fields, path);
    return number.ok && number.value !== null ? ok(`gid://shopify/${kind}/${number.value}`) : number;
  };

/** Shopify's global id. Where a body gives only the number, the same id is made from it, so that one thing has one id. */
export const idOf =
  (kind: Kind): Field<string | null> =>
  (fields, path) => {
    const given = optional('admin_graphql_api_id', globalId(kind))(fields, path);
    return given.ok && given.value === null ? numberedId(kind, 'id')(fields, path) : given;
  };

/** The number in a global id. Variants, items of stock and locations are known by it, since webhooks name them by it. */
export const numberIn =
  (kind: Kind): Reader<string> =>
  (value, path) => {
    const id = globalId(kind)(value, path);
    return id.ok ? ok(id.value.slice(id.value.lastIndexOf('/') + 1)) : id;
  };

/** The global id of what we know by its number, or by that id. What is neither becomes an id that nothing has. */
export const globalIdOf = (kind: Kind, id: string): string =>
  `gid://shopify/${kind}/${/(?:^|\/)(\d{1,20})$/.exec(id)?.[1] ?? '0'}`;
