import fc from 'fast-check';
import { hostileValue } from './hostile.test-kit.js';

/** As much of a JSON schema as our document uses. */
export type Schema = {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
};

export type Named = Readonly<Record<string, unknown>>;

/** How many leaves in a hundred are hostile instead of right. */
const HOSTILE = 4;

/** Values that a schema describes, with something hostile here and there. `known` are ids and the like that exist. */
export const valuesOf = (schema: Schema, named: Named, known: readonly string[]): fc.Arbitrary<unknown> => {
  const made = (one: Schema): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 100 - HOSTILE, arbitrary: right(one) }, { weight: HOSTILE, arbitrary: hostileValue });
  const right = (one: Schema): fc.Arbitrary<unknown> => {
    if (one.$ref !== undefined) return right((named[one.$ref.split('/').at(-1) ?? ''] ?? {}) as Schema);
    if (one.anyOf) return fc.oneof(...one.anyOf.map(right));
    if (one.enum) return fc.constantFrom(...one.enum);
    if ('const' in one) return fc.constant(one.const);
    const types = [one.type ?? 'string'].flat();
    return fc.oneof(...types.map((type) => ofType(type, one)));
  };
  const ofType = (type: string, one: Schema): fc.Arbitrary<unknown> => {
    switch (type) {
      case 'object': {
        const { properties = {}, required = [] } = one;
        const fields = Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, made(inner)]));
        return fc.record(fields, { requiredKeys: required.filter((name) => Object.hasOwn(fields, name)), noNullPrototype: true });
      }
      case 'array':
        return fc.array(made(one.items ?? {}), { minLength: one.minItems ?? 0, maxLength: Math.max(3, one.minItems ?? 0) });
      case 'integer':
        return integers(one);
      case 'number':
        return fc.double({ noNaN: true, noDefaultInfinity: true });
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      default:
        return texts(one, known);
    }
  };
  return right(schema);
};

/** Small ones and the bounds, where something is bound to happen. */
const integers = ({ minimum = -1_000_000, maximum = 1_000_000 }: Schema): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: minimum, max: Math.min(maximum, Math.max(minimum, 1) + 20) }),
    fc.constantFrom(minimum, maximum, minimum - 1, maximum + 1),
  );

const dayFrom2026 = (days: number): string => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10);

const texts = ({ format, pattern, minLength = 0, maxLength = 60 }: Schema, known: readonly string[]): fc.Arbitrary<string> => {
  const bounds = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)) };
  const plain = fc.oneof(fc.string({ unit: 'grapheme', ...bounds }), fc.constantFrom(...known));
  if (format === 'uuid') return fc.oneof(fc.constantFrom(...known), fc.uuid());
  if (format === 'email') return fc.emailAddress();
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (format === 'date') return fc.integer({ min: 0, max: 400 }).map(dayFrom2026);
  return pattern?.startsWith('^') ? fc.oneof(fc.stringMatching(new RegExp(pattern)), plain) : plain;
};
