import { MAX_QUANTITY } from '@rappit/domain';
import Type, { type Static, type TSchema, type TUnsafe } from 'typebox';

/** For objects: a field that isn't named is refused on the way in, and dropped on the way out. */
export const closed = { additionalProperties: false } as const;

/** A schema with a name in the API document, referred to wherever it occurs. */
export type Component<Schema extends TSchema> = { readonly schema: TSchema; readonly ref: TUnsafe<Static<Schema>> };

export const component = <Schema extends TSchema>(name: string, schema: Schema): Component<Schema> => ({
  schema: { ...schema, $id: name },
  ref: Type.Unsafe<Static<Schema>>({ $ref: `${name}#` }),
});

/** Read-only, as the domain's lists are. */
export const listOf = <Schema extends TSchema>(items: Schema, options: object = {}): TUnsafe<readonly Static<Schema>[]> =>
  Type.Unsafe<readonly Static<Schema>[]>({ type: 'array', items, ...options });

export const orNull = <Schema extends TSchema>(schema: Schema): TUnsafe<Static<Schema> | null> =>
  Type.Unsafe<Static<Schema> | null>({ anyOf: [schema, { type: 'null' }] });

export const oneOf = <const Values extends readonly string[]>(values: Values, options: object = {}): TUnsafe<Values[number]> =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: values, ...options });

/** Text with something in it to be seen. */
export const text = (maxLength: number, options: object = {}): TUnsafe<string> =>
  Type.Unsafe<string>({ type: 'string', minLength: 1, maxLength, pattern: '\\S', ...options });
export const textOrNull = (maxLength: number, options: object = {}): TUnsafe<string | null> =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength, ...options });
export const integer = (minimum: number, maximum: number, options: object = {}): TUnsafe<number> =>
  Type.Unsafe<number>({ type: 'integer', minimum, maximum, ...options });

export const anyText = Type.String();
export const anyTextOrNull = Type.Unsafe<string | null>({ type: ['string', 'null'] });
export const anyInteger = Type.Integer();
export const uuid = Type.String({ format: 'uuid' });
export const uuidOrNull = Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'uuid' });

/** On the way out: the serializer writes a `Date` as ISO 8601 in UTC. */
export const moment = Type.Unsafe<Date>({ type: 'string', format: 'date-time' });
export const momentOrNull = Type.Unsafe<Date | null>({ type: ['string', 'null'], format: 'date-time' });

export const skuText = text(400, {
  description: "The organization's own code of an item: 1 to 100 characters after NFC and trimming, case-sensitive.",
  examples: ['TEE-BLACK-M'],
});
export const quantity = integer(1, MAX_QUANTITY);
/** Of an aggregate's version, which PostgreSQL keeps as an integer. */
export const MAX_VERSION = 2_147_483_647;
export const email = Type.String({ format: 'email', maxLength: 254 });
export const countryCode = Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2.', examples: ['DE'] });
export const idParams = Type.Object({ id: uuid }, closed);

/** Of every POST that has an effect. */
export const keyed = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      pattern: '^[\\x21-\\x7e]*$',
      description: 'A name for this one request, such as a UUID: 1 to 255 visible ASCII characters.',
    }),
  ),
});
