import { ok } from '@rappit/domain';
import { type Field, optional, type Reader, unreadable } from '../wire/reading.js';
import { digits } from '../wire/scalars.js';

type Kind = 'Order' | 'LineItem' | 'Customer';

const globalId =
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
