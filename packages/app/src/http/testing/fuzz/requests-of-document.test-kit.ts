import fc from 'fast-check';
import type { ApiDocument } from '../documented.test-kit.js';
import { type Sample, sampleFor } from '../requests.test-kit.js';
import type { Scene } from '../scene.test-kit.js';
import { type Named, type Schema, valuesOf } from './documented-values.test-kit.js';
import { hostileText, hostileValue } from './hostile.test-kit.js';
import { placeholder } from './placeholders.test-kit.js';

/** A request before its placeholders are filled in. A path is what stands on the wire. */
export type FuzzRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
};

type Parameter = { readonly name: string; readonly in: string; readonly schema: Schema };
type Operation = {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
};
type Route = { readonly method: string; readonly path: string; readonly operation: Operation };

/** What requests are made from: a scene of placeholders, and the ids that there are. */
export type Material = { readonly scene: Scene; readonly ids: readonly string[] };
type Around = { readonly named: Named; readonly ids: readonly string[]; readonly sample: Sample };

/** Requests to every operation of the document: most of them nearly right, so that they get far. */
export const requestsOf = (document: ApiDocument, { scene, ids }: Material): fc.Arbitrary<FuzzRequest> => {
  const routes: readonly Route[] = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation: operation as unknown as Operation })),
  );
  const named = document.components.schemas;
  return fc
    .constantFrom(...routes)
    .chain((route) => requestTo(route, { named, ids, sample: sampleFor(route.operation.operationId, scene) }));
};

const requestTo = ({ method, path, operation }: Route, around: Around): fc.Arbitrary<FuzzRequest> =>
  fc.record({
    method: fc.oneof(
      { weight: 30, arbitrary: fc.constant(method.toUpperCase()) },
      { weight: 1, arbitrary: fc.constantFrom('PUT', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'GET', 'POST', 'PATCH', 'DELETE') },
    ),
    path: fc.tuple(pathsOf(path, around), queriesOf(operation, around)).map(([where, query]) => `${where}${query}`),
    headers: headersFor(operation, around),
    body: bodiesOf(operation, around),
  });

/** Percent-encoded to the byte, half surrogates and all. Placeholders stay as they are. */
const encoded = (text: string): string =>
  placeholder.test(text) ? text : Buffer.from(text).reduce((path, byte) => path + octet(byte), '');
const octet = (byte: number): string => {
  const letter = String.fromCharCode(byte);
  return /[\w.~-]/.test(letter) ? letter : `%${byte.toString(16).padStart(2, '0')}`;
};

const brokenStep = fc.constantFrom(
  '%zz',
  '%',
  '%00',
  '%ff',
  '%c0%ae',
  '..',
  '.',
  '%2e%2e%2f',
  '%2F',
  '',
  ';a=b',
  'a'.repeat(2_000),
  '*',
  '%F0%9F%A7%B5',
);

const pathsOf = (path: string, { ids, sample }: Around): fc.Arbitrary<string> => {
  const own = sample.params ?? {};
  const steps = path.split('/').map((step) => {
    const name = /^\{(\w+)\}$/.exec(step)?.[1];
    if (name === undefined) return fc.constant(step);
    return fc.oneof(
      { weight: 12, arbitrary: fc.constant(own[name] ?? '') },
      { weight: 4, arbitrary: fc.oneof(fc.constantFrom(...ids), fc.uuid()) },
      { weight: 3, arbitrary: hostileText.map((text) => encoded(text.slice(0, 4_000))) },
      { weight: 1, arbitrary: brokenStep },
    );
  });
  const right = fc.tuple(...steps).map((made) => made.join('/'));
  const twisted = fc
    .tuple(right, fc.constantFrom('/', '//', '/..', '.json', '%20', '\\', '#x'))
    .map(([made, end]) => `${made}${end}`);
  return fc.oneof(
    { weight: 25, arbitrary: right },
    { weight: 1, arbitrary: twisted },
    { weight: 1, arbitrary: right.map((made) => made.toUpperCase()) },
  );
};

const queriesOf = ({ parameters = [] }: Operation, { named, ids }: Around): fc.Arbitrary<string> => {
  const known = parameters.filter((one) => one.in === 'query');
  const pair = ({ name, schema }: Parameter): fc.Arbitrary<string> =>
    fc
      .oneof({ weight: 4, arbitrary: valuesOf(schema, named, ids).map(asText) }, { weight: 1, arbitrary: hostileText })
      .map((value) => `${name}=${encoded(value.slice(0, 4_000))}`);
  const strange = fc.constantFrom(
    'limit=1&limit=2',
    'limit[]=1',
    'limit[$gt]=1',
    '__proto__[x]=1',
    'a',
    '&&&',
    '=',
    'sku=%ff',
    'page=1',
    'constructor=1',
  );
  const pairs = fc.subarray([...known.map(pair), strange]).chain((chosen) => fc.tuple(...chosen));
  const some = pairs.map((made) => (made.length === 0 ? '' : `?${made.join('&')}`));
  return known.length === 0 ? fc.oneof({ weight: 12, arbitrary: fc.constant('') }, { weight: 1, arbitrary: some }) : some;
};

const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** What Node lets a client send in a header. */
const sendable = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').slice(0, 6_000);
const hostileHeader = hostileText.map(sendable);

const headersFor = (
  { parameters = [] }: Operation,
  { named, ids, sample }: Around,
): fc.Arbitrary<Readonly<Record<string, string>>> => {
  const token = sample.token ?? '<<mine.account.token>>';
  const documented = parameters
    .filter((one) => one.in === 'header')
    .map(({ name, schema }) =>
      fc
        .oneof(
          valuesOf(schema, named, ids).map((value) => sendable(asText(value))),
          hostileHeader,
        )
        .map((value) => [name, value] as const),
    );
  const extra = [
    ['accept', fc.constantFrom('text/csv', 'application/json', '*/*', 'text/html', 'a/b;q=x', ',,,')],
    ['x-request-id', hostileHeader],
    ['origin', fc.constantFrom('null', 'https://evil.example.com')],
    ['x-http-method-override', fc.constantFrom('DELETE', 'x')],
    ['x-forwarded-for', hostileHeader],
    ['cookie', hostileHeader],
    ['range', fc.constantFrom('bytes=0-1', 'bytes=-')],
    ['if-none-match', fc.constant('*')],
    ['expect', fc.constantFrom('100-continue', '200-maybe')],
    ['content-encoding', fc.constantFrom('gzip', 'identity', 'x')],
    ['x-api-key', hostileHeader],
  ] as const;
  const others = fc
    .subarray([...documented, ...extra.map(([name, values]) => values.map((value) => [name, value] as const))], { maxLength: 3 })
    .chain((chosen) => fc.tuple(...chosen));
  return fc.tuple(authorizations(token), contentTypes, others).map(([authorization, type, more]) => ({
    ...(authorization !== null && { authorization }),
    ...(type !== null && { 'content-type': type }),
    ...Object.fromEntries(more),
  }));
};

const authorizations = (token: string): fc.Arbitrary<string | null> =>
  fc.oneof(
    { weight: 30, arbitrary: fc.constant(`Bearer ${token}`) },
    { weight: 1, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'Bearer ',
        'Basic YTpi',
        'Bearer a.b.c',
        'Bearer eyJhbGciOiJub25lIn0.e30.',
        `bearer ${token}x`,
        `${token}`,
      ),
    },
    { weight: 1, arbitrary: hostileHeader.map((text) => `Bearer ${text}`) },
  );

const contentTypes: fc.Arbitrary<string | null> = fc.oneof(
  { weight: 25, arbitrary: fc.constant('application/json') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'application/json; charset=utf-8',
      'application/json;charset=latin1',
      'Application/JSON',
      'application/json; a="',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      null,
      'text/plain',
      'text/csv',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/jsonp',
      '*',
      ';',
      'application/json, text/plain',
    ),
  },
);

const bodiesOf = (
  { requestBody }: Operation,
  { named, ids, sample: { json } }: Around,
): fc.Arbitrary<string | Uint8Array | null> => {
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
