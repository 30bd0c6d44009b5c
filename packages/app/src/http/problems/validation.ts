import { Ajv } from 'ajv';
import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify';
import { isDay, isMoment } from '../wire/moments.js';

const formats = {
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  email: /^[^\s@\p{C}]+@[^\s@\p{C}]+\.[^\s@\p{C}]+$/u,
  'date-time': isMoment,
  date: isDay,
} as const;

/** Beyond this many values in a body only its first fault is looked for, so that a body full of faults costs no more than a good one. */
const VALUES_TO_EXPLAIN = 10_000;

/** Like ajv's own: answers whether the data fits, and keeps what was wrong. */
type Check = { (data: unknown): boolean; errors?: FastifySchemaValidationError[] | null };

/**
 * Makes the checks of all routes; `components` are the schemas that others refer to.
 * - Bodies: nothing is converted, dropped or filled in; an unknown field is a fault.
 * - Everything else is converted first, since a path and a query are only text.
 * - All faults of a body are found, unless it is very large.
 */
export const validators = (components: readonly object[]): FastifySchemaCompiler<object> => {
  const make = (allErrors: boolean, coerceTypes: boolean): Ajv => {
    const ajv = new Ajv({
      strict: true,
      allowUnionTypes: true,
      removeAdditional: false,
      useDefaults: false,
      formats,
      allErrors,
      coerceTypes,
    });
    for (const component of components) ajv.addSchema(component);
    return ajv;
  };
  const [quick, thorough, texts] = [make(false, false), make(true, false), make(true, true)];
  return ({ schema, httpPart }) => {
    if (httpPart !== 'body') return texts.compile(schema);
    const fits = quick.compile(schema);
    const explain = thorough.compile(schema);
    const check: Check = (data) => {
      if (fits(data)) return true;
      const explained = !isLargerThan(VALUES_TO_EXPLAIN, data) && !explain(data);
      check.errors = (explained ? explain.errors : fits.errors) ?? [];
      return false;
    };
    return check;
  };
};

const isLargerThan = (limit: number, data: unknown): boolean => {
  const waiting: unknown[] = [data];
  for (let seen = 0; waiting.length > 0; seen += 1) {
    if (seen + waiting.length > limit) return true;
    const next = waiting.pop();
    if (typeof next === 'object' && next !== null) for (const value of Object.values(next)) waiting.push(value);
  }
  return false;
};
