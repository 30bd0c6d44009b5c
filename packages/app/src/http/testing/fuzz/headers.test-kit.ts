import fc from 'fast-check';
import { valuesOf } from './documented-values.test-kit.js';
import { hostileText } from './hostile.test-kit.js';
import { type Around, asText, type Operation } from './operations.test-kit.js';

/** What Node lets a client send in a header. */
const sendable = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').slice(0, 6_000);
const hostileHeader = hostileText.map(sendable);

/** Headers for an operation: mostly the token and the type it wants, now and then others, and others besides. */
export const headersFor = (
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
  return fc
    .tuple(authorizations(token), contentTypes(sample.csv === undefined ? 'application/json' : 'text/csv'), others)
    .map(([authorization, type, more]) => ({
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

const contentTypes = (wanted: string): fc.Arbitrary<string | null> =>
  fc.oneof(
    { weight: 25, arbitrary: fc.constant(wanted) },
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
