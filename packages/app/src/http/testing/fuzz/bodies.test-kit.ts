import fc from 'fast-check';
import { valuesOf } from './documented-values.test-kit.js';
import { hostileText, hostileValue } from './hostile.test-kit.js';
import type { Around, Operation } from './operations.test-kit.js';

export type Body = string | Uint8Array | null;

/** Bodies for an operation: the sample, something near it, something that the schema describes, or nothing of the kind. */
export const bodiesOf = ({ requestBody }: Operation, { named, ids, sample: { json, csv } }: Around): fc.Arbitrary<Body> => {
  if (csv !== undefined) return sheetsLike(csv);
  const content = requestBody?.content['application/json'];
  const anything = hostileValue.map((value) => JSON.stringify(value) ?? '');
  if (!content && json === undefined)
    return fc.oneof(
      { weight: 15, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: anything },
      { weight: 1, arbitrary: broken('{"a":1}') },
    );
  const whole = JSON.stringify(json ?? {});
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(whole) },
    { weight: 6, arbitrary: changed(json ?? {}) },
    { weight: 6, arbitrary: content ? valuesOf(content.schema, named, ids).map((value) => JSON.stringify(value)) : anything },
    { weight: 1, arbitrary: anything },
    { weight: 2, arbitrary: broken(whole) },
  );
};

/** Every place in a value, as the steps that lead to it. */
const placesIn = (value: unknown, at: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))]
    : [at];

const put = (value: unknown, [step, ...rest]: readonly string[], change: (found: unknown) => unknown): unknown => {
  if (step === undefined) return change(value);
  const inner = put((value as Readonly<Record<string, unknown>>)[step], rest, change);
  if (Array.isArray(value)) return value.map((one: unknown, index) => (String(index) === step ? inner : one));
  return { ...(value as object), [step]: inner };
};

/** A sound body in which one thing is otherwise: another value, nothing, more of it, or a field too many. */
const changed = (sample: unknown): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...placesIn(sample)),
      hostileValue,
      hostileText,
      fc.constantFrom('replace', 'drop', 'wrap', 'repeat', 'add', 'twice'),
    )
    .map(([place, value, name, how]) => {
      if (how === 'twice') return JSON.stringify(sample).replace(/^\{("[^"]+":)/, `{$1${JSON.stringify(value)},$1`);
      const made = put(sample, place, (found) => {
        if (how === 'drop') return undefined;
        if (how === 'wrap') return [found];
        if (how === 'repeat') return Array.isArray(found) ? Array.from({ length: 30 }, () => found).flat() : { found };
        if (how === 'add' && typeof found === 'object' && found !== null) return { ...found, [name.slice(0, 500)]: value };
        return value;
      });
      return JSON.stringify(made) ?? '';
    });

/** What is no JSON, or isn't only that. */
const broken = (whole: string): fc.Arbitrary<string | Uint8Array> =>
  fc.oneof(
    fc.integer({ min: 0, max: whole.length }).map((length) => whole.slice(0, length)),
    fc.constantFrom(
      ...[
        '',
        ' ',
        '\ufeff{}',
        `${whole}${whole}`,
        `${whole},`,
        '{"__proto__":{"a":1}}',
        '{"constructor":{"prototype":{"a":1}}}',
        "{'a':1}",
      ],
      ...[
        '{"a":01}',
        '{"a":NaN}',
        '["\u0001"]',
        '{"a":"\\u0000"}',
        '{"a":"\\ud800"}',
        '['.repeat(5_000),
        '{"a":'.repeat(5_000),
        '1e999',
        '{"":1,"":2}',
      ],
    ),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from(bytes)),
  );

/** A sheet, and what is nearly one: cells that mean something else, rows of other lengths, quotes that don't end. */
const sheetsLike = (csv: string): fc.Arbitrary<Body> => {
  const [head = '', row = ''] = csv.split('\n');
  const cells = fc.array(fc.oneof(hostileText, fc.constantFrom(...row.split(','), '=1+1', '"', '""', '"a\nb"', "'-1")), {
    maxLength: 12,
  });
  const rows = fc.array(
    cells.map((one) => one.join(',')),
    { maxLength: 20 },
  );
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(csv, `\ufeff${csv}`, csv.replaceAll('\n', '\r\n'), csv.replaceAll(',', ';')) },
    { weight: 6, arbitrary: rows.map((made) => [head, ...made].join('\n')) },
    { weight: 2, arbitrary: fc.tuple(hostileText, rows).map(([title, made]) => [title, ...made].join('\n')) },
    { weight: 2, arbitrary: broken(csv) },
  );
};
