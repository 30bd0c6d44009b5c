import build, { type Schema } from 'fast-json-stringify';

type Serializer = (value: unknown) => string;
type Named = ReadonlyMap<string, Schema>;

/**
 * Makes the serializers of all answers; `components` are the schemas that others refer to. What a schema doesn't name isn't written.
 * Each schema is compiled once, with those components only that it reaches: Fastify's own compiler hands all of them to each answer of each
 * route, where all are checked again, which takes most of a start.
 */
export const serializers = (components: readonly { readonly $id?: string }[]) => {
  const named: Named = new Map(components.map((schema) => [schema.$id ?? '', schema as Schema]));
  const known = new Map<string, Serializer>();
  return ({ schema }: { readonly schema: Schema }): Serializer => {
    const text = JSON.stringify(schema);
    const serializer = known.get(text) ?? build(schema, { schema: Object.fromEntries(reachedBy(text, named)) });
    known.set(text, serializer);
    return serializer;
  };
};

const REFERENCE = /"\$ref":"([^"#]+)#/g;

/** The components that a schema refers to, those that they refer to, and so on. */
const reachedBy = (text: string, named: Named): Named => {
  const reached = new Map<string, Schema>();
  const waiting = [text];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const [, name = ''] of next.matchAll(REFERENCE)) {
      const component = named.get(name);
      if (!component || reached.has(name)) continue;
      reached.set(name, component);
      waiting.push(JSON.stringify(component));
    }
  return reached;
};
