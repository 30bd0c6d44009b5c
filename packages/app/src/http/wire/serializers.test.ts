import { serializers } from './serializers.js';

const components = [
  { $id: 'Order', type: 'object', properties: { id: { type: 'string' }, lines: { type: 'array', items: { $ref: 'Line#' } } } },
  {
    $id: 'Line',
    type: 'object',
    properties: { sku: { type: 'string' }, parent: { anyOf: [{ $ref: 'Order#' }, { type: 'null' }] } },
  },
  { $id: 'Broken', type: 'object', properties: { gone: { $ref: 'Gone#' } } },
];

describe('the serializer of an answer', () => {
  it('writes what its schema and those that it refers to name, round about too, and nothing else', () => {
    const write = serializers(components)({ schema: { type: 'object', properties: { data: { $ref: 'Order#' } } } });
    const child = { sku: 'MUG', parent: { id: '2', hidden: 'x', lines: [] }, hidden: 'x' };
    expect(write({ data: { id: '1', lines: [child], hidden: 'x' }, hidden: 'x' })).toBe(
      '{"data":{"id":"1","lines":[{"sku":"MUG","parent":{"id":"2","lines":[]}}]}}',
    );
  });

  it('is made once for all answers of one schema', () => {
    const serializerOf = serializers(components);
    expect(serializerOf({ schema: { $ref: 'Line#' } })).toBe(serializerOf({ schema: { $ref: 'Line#' } }));
    expect(serializerOf({ schema: { $ref: 'Line#' } })).not.toBe(serializerOf({ schema: { $ref: 'Order#' } }));
  });

  it('can’t be made when a component is missing that it refers to, and cares for no other', () => {
    const serializerOf = serializers(components);
    expect(() => serializerOf({ schema: { $ref: 'Broken#' } })).toThrow(/Gone/);
    expect(() => serializerOf({ schema: { $ref: 'Nowhere#' } })).toThrow(/Nowhere/);
    expect(serializerOf({ schema: { $ref: 'Line#' } })({ sku: 'MUG', parent: null })).toBe('{"sku":"MUG","parent":null}');
  });
});
