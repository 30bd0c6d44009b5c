import fc from 'fast-check';
import { seed } from '../../../../../test/seed.js';
import { repeatedFields, shapeOf } from './strict-json.js';

fc.configureGlobal({ seed });

const repeatedIn = (json: string) => repeatedFields(json, shapeOf(json), JSON.parse(json)).map(({ path }) => path);

it.each([
  ['{"a":1,"a":2}', ['a']],
  ['{"a":1,"\\u0061":2}', ['a']],
  ['{"a":{"b":1,"c":[{"d":1},{"d":1,"d":2}],"b":3}}', ['a.c[1].d', 'a.b']],
  ['[{"a":1},{"a":1}]', []],
  ['{"a":"\\"a\\":1,","b":"{:,}"}', []],
  ['{"a\\\\":"\\\\","b":"\\\\\\""}', []],
  ['{"":1,"":2}', ['']],
  ['{"a":[1,2,"b","b"],"b":{}}', []],
  ['"a:b"', []],
])('finds in %s what stands twice: %j', (json, paths) => {
  expect(repeatedIn(json)).toEqual(paths);
});

it('finds nothing in whatever JSON.stringify writes', () => {
  fc.assert(fc.property(fc.json({ maxDepth: 6 }), (json) => expect(repeatedIn(json)).toEqual([])));
});

it('finds every field that is written a second time', () => {
  const names = fc.uniqueArray(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(names, fc.nat(), fc.json(), (unique, which, value) => {
      const again = unique[which % unique.length] ?? '';
      const members = [...unique, again].map((name) => `${JSON.stringify(name)}:${value}`);
      expect(repeatedIn(`{"outer":[{${members.join(',')}}]}`)).toContain(`outer[0].${again}`);
    }),
  );
});

it('stops where it is too deep, and stumbles over nothing that is not JSON', () => {
  expect(shapeOf('['.repeat(32) + ']'.repeat(32)).tooDeep).toBe(false);
  expect(shapeOf('['.repeat(33)).tooDeep).toBe(true);
  expect(shapeOf('{"a":'.repeat(1_000_000)).tooDeep).toBe(true);
  for (const text of ['"', '"\\', '"\\"', ']]]]', ':::', '{"a":"', '']) expect(shapeOf(text).tooDeep).toBe(false);
});

it('takes time in proportion to the text, whatever stands in it', () => {
  const evil = [
    `"${'\\"'.repeat(500_000)}"`,
    `"${'\\\\'.repeat(500_000)}"`,
    `[${'"",'.repeat(300_000)}""]`,
    `{"a":${'[],'.repeat(9)}1}`,
  ];
  // Time of the processor, which a busy machine doesn't take from us: in proportion it is a few milliseconds, otherwise minutes.
  const before = process.cpuUsage();
  for (const text of evil) shapeOf(text);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(10_000);
});
