import Type from 'typebox';
import { closed } from '../vocabulary.schemas.js';
import { validators } from './validation.js';
import { faultsOf } from './validation-faults.js';

const line = Type.Object({ sku: Type.String(), quantity: Type.Integer({ minimum: 1 }) }, closed);
const schema = Type.Object(
  { lines: Type.Array(line), note: Type.Optional(Type.Unsafe({ anyOf: [line, { type: 'null' }] })) },
  closed,
);
const body = validators([])({ schema, method: 'POST', url: '/', httpPart: 'body' });
const query = validators([])({
  schema: Type.Object({ limit: Type.Integer() }, closed),
  method: 'GET',
  url: '/',
  httpPart: 'querystring',
});

const faultsIn = (data: unknown) => (body(data) === true ? [] : faultsOf(body.errors ?? []));

it('finds every fault of a body, each by its path and in words', () => {
  expect(
    faultsIn({
      lines: [
        { sku: 'A', quantity: 0 },
        { quantity: '1', extra: true },
      ],
    }),
  ).toEqual(
    expect.arrayContaining([
      { path: 'lines[0].quantity', message: 'must be at least 1' },
      { path: 'lines[1].sku', message: 'is required' },
      { path: 'lines[1].quantity', message: 'must be integer' },
      { path: 'lines[1].extra', message: 'is not a field that is known here' },
    ]),
  );
  expect(faultsIn(null)).toEqual([{ path: '', message: 'must be object' }]);
});

it('says of what may be null only what else is wrong with it', () => {
  expect(faultsIn({ lines: [], note: { sku: 'A' } })).toEqual([{ path: 'note.quantity', message: 'is required' }]);
});

it('explains no more of a large body than its first fault, and shows fifty of a small one', () => {
  const faulty = (count: number) => ({ lines: Array.from({ length: count }, () => ({})) });
  expect(faultsIn(faulty(4_000))).toHaveLength(50);
  expect(faultsIn(faulty(12_000))).toEqual([{ path: 'lines[0].sku', message: 'is required' }]);
});

it('changes nothing in a body, and converts what stands in a query', () => {
  const data = { lines: [{ sku: 'A', quantity: 1 }] };
  expect([body(data), data]).toEqual([true, { lines: [{ sku: 'A', quantity: 1 }] }]);
  const asked: { limit: unknown } = { limit: '10' };
  expect([query(asked), asked]).toEqual([true, { limit: 10 }]);
});
