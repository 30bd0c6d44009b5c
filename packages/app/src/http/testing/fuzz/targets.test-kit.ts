import fc from 'fast-check';
import { valuesOf } from './documented-values.test-kit.js';
import { hostileText } from './hostile.test-kit.js';
import { type Around, asText, type Operation, type Parameter } from './operations.test-kit.js';
import { placeholder } from './placeholders.test-kit.js';

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

/** Paths to an operation: with an id of the sample, another one, or none at all. */
export const pathsOf = (path: string, { ids, sample }: Around): fc.Arbitrary<string> => {
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

/** Queries of the parameters that the document names, and of others. */
export const queriesOf = ({ parameters = [] }: Operation, { named, ids }: Around): fc.Arbitrary<string> => {
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
