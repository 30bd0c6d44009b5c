import { type DeliveryUnreadable, type Err, err, ok, type Result } from '@rappit/domain';
import { isLosslessNumber } from 'lossless-json';

export type Read<Value> = Result<Value, DeliveryUnreadable>;

/** Reads one value of which nothing is known yet; `path` says where in the body it stands. */
export type Reader<Value> = (value: unknown, path: string) => Read<Value>;

export type Fields = Readonly<Record<string, unknown>>;

/** Reads one thing out of an object, from whichever of its fields tell it. */
export type Field<Value> = (fields: Fields, path: string) => Read<Value>;

export const unreadable = (path: string): Err<DeliveryUnreadable> => err({ code: 'delivery.unreadable', path });

/** The path of a field: `line_items[0].price`. The body itself has the empty path. */
export const within = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);

/** Reads an object by a table of what we call a thing and where it is told. The first fault, in the table's order, is the answer. */
export const object =
  <Value extends object>(table: { readonly [Name in keyof Value]: Field<Value[Name]> }): Reader<Value> =>
  (value, path) => {
    if (!isFields(value)) return unreadable(path);
    const told: Partial<Value> = {};
    for (const name of Object.keys(table) as (keyof Value)[]) {
      const read = table[name](value, path);
      if (!read.ok) return read;
      told[name] = read.value;
    }
    return ok(told as Value);
  };

/** Null where the field is absent or null. Only the body's own fields count, so that nothing is ever read from a prototype. */
export const optional =
  <Value>(name: string, reader: Reader<Value>): Field<Value | null> =>
  (fields, path) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : null;
    return value === null ? ok(null) : reader(value, within(path, name));
  };

/** What may be told in several ways has to be told in one of them; the fault is put down to `name`. */
export const needed =
  <Value>(name: string, field: Field<Value | null>): Field<Value> =>
  (fields, path) => {
    const read = field(fields, path);
    if (!read.ok) return read;
    return read.value === null ? unreadable(within(path, name)) : ok(read.value);
  };

export const required = <Value>(name: string, reader: Reader<Value>): Field<Value> => needed(name, optional(name, reader));

export const listOf =
  <Value>(reader: Reader<Value>): Reader<readonly Value[]> =>
  (value, path) => {
    if (!Array.isArray(value)) return unreadable(path);
    const items: Value[] = [];
    for (const [index, item] of value.entries()) {
      const read = reader(item, `${path}[${index}]`);
      if (!read.ok) return read;
      items.push(read.value);
    }
    return ok(items);
  };

/** An absent list is an empty one. */
export const listed =
  <Value>(name: string, reader: Reader<Value>): Field<readonly Value[]> =>
  (fields, path) => {
    const read = optional(name, listOf(reader))(fields, path);
    return read.ok ? ok(read.value ?? []) : read;
  };
