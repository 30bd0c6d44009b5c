import fc from 'fast-check';
import { seed } from '../../../../../test/seed.js';
import { publicOnly } from './policy.js';
import { targetOf } from './target.js';

fc.configureGlobal({ seed });

type Octets = readonly [number, number, number, number];

/** Every way to write an IPv4 address that some reader takes: whole or in parts, decimal, octal, hexadecimal, inside IPv6, in other scripts. */
const spellings = ([a, b, c, d]: Octets): readonly string[] => {
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (value: number): string => value.toString(16).padStart(2, '0');
  const [high, low] = [`${hex(a)}${hex(b)}`, `${hex(c)}${hex(d)}`];
  const dotted = [a, b, c, d].join('.');
  return [
    dotted,
    `${dotted}.`,
    String(whole),
    `0x${whole.toString(16)}`,
    `0${whole.toString(8)}`,
    [a, b, c * 256 + d].join('.'),
    `${a}.${(b * 256 + c) * 256 + d}`,
    [a, b, c, d].map((octet) => `0${octet.toString(8)}`).join('.'),
    [a, b, c, d].map((octet) => `0x${octet.toString(16)}`).join('.'),
    `0x${a.toString(16)}.${b}.0${c.toString(8)}.${d}`,
    dotted.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    dotted.replaceAll('.', '。'),
    dotted.replace(/\d/g, (digit) => `%3${digit}`),
    ...['::ffff:', '::', '64:ff9b::', '::ffff:0:'].map((prefix) => `[${prefix}${high}:${low}]`),
    `[::ffff:${dotted}]`,
    `[2002:${high}:${low}::]`,
  ];
};

const octet = fc.integer({ min: 0, max: 255 });
const inOurNetwork = fc.oneof(
  fc.tuple(fc.constantFrom(0, 10, 127), octet, octet, octet),
  fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
  fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
  fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
  fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
  fc.tuple(fc.integer({ min: 224, max: 255 }), octet, octet, octet),
);

it('refuses an address of our own network, however it is spelled', () => {
  fc.assert(
    fc.property(inOurNetwork, (octets) => {
      for (const host of spellings(octets)) {
        const target = targetOf(`https://${host}/`, publicOnly);
        expect({ host, target }).toEqual({
          host,
          target: { ok: false, error: { code: 'outbound.refused', why: expect.stringMatching(/address|malformed/) } },
        });
      }
    }),
    { numRuns: 300 },
  );
});

it('takes a public address for what it is', () => {
  expect(targetOf('https://0x08080404/', publicOnly)).toMatchObject({ ok: true, value: { host: '8.8.4.4', isAddress: true } });
  expect(targetOf('https://[2606:4700::1111]/', publicOnly)).toMatchObject({
    ok: true,
    value: { host: '2606:4700::1111', isAddress: true },
  });
});
