import fc from 'fast-check';

/** What a template engine makes of the sums below: it must never be seen in an answer. */
export const EVALUATED = '1787569';

const injections = [
  ...[
    "' OR '1'='1",
    "'; DROP TABLE orders;--",
    '" OR ""="',
    '1; SELECT pg_sleep(10)--',
    "' UNION SELECT null,version()--",
    "\\'; --",
  ],
  ...[
    "%' AND 1=CAST((SELECT version()) AS int)--",
    '$$; --',
    '?',
    '??',
    ':name',
    '$1',
    '{a,b}',
    '(a,b)',
    '{"a":1}',
    '%',
    '_',
    '\\',
  ],
  ...[
    '{{1337*1337}}',
    '\u0024{1337*1337}',
    '<%= 1337*1337 %>',
    '#{1337*1337}',
    '[[\u0024{1337*1337}]]',
    '{{constructor.constructor("return 1")()}}',
  ],
  ...['../../../../etc/passwd', '..\\..\\boot.ini', '/etc/passwd', 'file:///etc/passwd', '| id', '`id`', '$(id)', '; sleep 10'],
  ...[
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '\u0024{jndi:ldap://127.0.0.1/a}',
    'a\r\nset-cookie: smuggled=1',
    '=1+1',
    '@SUM(A1)',
  ],
];
const odd = [
  ...[
    '\0',
    'a\0b',
    '\ud800',
    '\udc00\ud800',
    '\ufffe\uffff',
    '\u202eabc',
    '\u200b',
    '\u00a0',
    '\u2028',
    'İ',
    'ß',
    'ﷺ',
    'e\u0301',
    '🧵'.repeat(50),
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'then',
    'length',
    'undefined',
    'null',
    'true',
    '[object Object]',
  ],
  ...[
    'NaN',
    'Infinity',
    '-0',
    '1e309',
    '0x10',
    '9007199254740993',
    '99999999999999999999',
    '1.5',
    '１',
    '٣',
    '1_000',
    ' 1',
    '+1',
    '01',
  ],
  ...[
    '2026-02-30',
    '2026-13-01T00:00:00Z',
    '0000-00-00T00:00:00Z',
    '9999-12-31T23:59:60Z',
    '+275760-09-13T00:00:00.000Z',
    '-000001-01-01T00:00:00Z',
  ],
  ...[
    '00000000-0000-0000-0000-000000000000',
    'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
    '{019b0000-0000-7000-8000-000000000000}',
    '019b0000000070008000000000000000',
  ],
  ...['(', '[', '.*', '(a+)+$', '*'.repeat(60), 'a'.repeat(30) + '!', 'MDE5YjAwMDA', 'e30', '!!!', '', ' ', '\t\n'],
];

const long = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 100, max: 3_000 }).map((length) => 'A'.repeat(length)) },
  { weight: 2, arbitrary: fc.constantFrom('ق'.repeat(40_000), ' '.repeat(70_000), '"'.repeat(70_000)) },
  { weight: 1, arbitrary: fc.constantFrom('x'.repeat(1_100_000), '\\'.repeat(600_000)) },
);

/** Text that somebody would send who means no good, or whose program is broken. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...injections) },
  { weight: 5, arbitrary: fc.constantFrom(...odd) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: long },
);

const hostileNumber = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    -1,
    1.5,
    0.1,
    1e21,
    1e300,
    -1e300,
    5e-324,
    2 ** 31,
    -(2 ** 31) - 1,
    2 ** 32,
    2 ** 53,
    2 ** 53 + 2,
    2 ** 63,
    1_000_001,
  ),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

const nested = (depth: number): unknown => (depth === 0 ? 'deep' : depth % 2 ? [nested(depth - 1)] : { a: nested(depth - 1) });

/** Whatever JSON can say, where something else was wanted. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: hostileText },
  { weight: 4, arbitrary: hostileNumber },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      null,
      true,
      false,
      [],
      {},
      [[]],
      [{}],
      [null],
      { $ne: 1 },
      { length: 1e9 },
      { toString: 1 },
      JSON.parse('{"then":{}}'),
    ),
  },
  { weight: 1, arbitrary: fc.integer({ min: 10, max: 60 }).map(nested) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      Array.from({ length: 2_000 }, () => 1),
      Array.from({ length: 1_100 }, () => ({})),
    ),
  },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
);
