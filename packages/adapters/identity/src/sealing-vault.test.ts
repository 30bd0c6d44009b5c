import { OrganizationId, type SealedFor, type Vault } from '@rappit/domain';
import fc from 'fast-check';
import { seed } from '../../../../test/seed.js';
import { type SealingKey, sealingVault } from './sealing-vault.js';

fc.configureGlobal({ seed });

const key = (keyId: string, byte: number): SealingKey => ({ keyId, key: new Uint8Array(32).fill(byte) });
const vault = sealingVault({ current: key('2026-11', 1) });
const what: SealedFor = { organizationId: OrganizationId('org-1'), purpose: 'channel.secret', ownerId: 'channel-1' };
const seal = (plain: string, by: Vault = vault): string => by.seal(plain, what);
const open = (sealed: string, by: Vault = vault): string => by.open(sealed, what);

it('opens what it sealed, whatever the text is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
      expect(open(seal(plain))).toBe(plain);
    }),
  );
});

it('names its key in the envelope, and shows nothing of the text', () => {
  const sealed = seal('shpss_secret');
  expect(sealed).toMatch(/^v2\.2026-11\.[\w-]{16}\.[\w-]{38}$/);
  expect(sealed).not.toContain(Buffer.from('shpss_secret').toString('base64url'));
});

it('never seals to the same envelope twice', () => {
  expect(new Set(Array.from({ length: 1_000 }, () => seal('the same'))).size).toBe(1_000);
});

it('opens an envelope that Python’s cryptography made: the form is kept from release to release', () => {
  const envelope = 'v2.2026-11.AAECAwQFBgcICQoL.YiNMp_hU3t4mx-zbHe_SoXXceW0_LpG2MBc';
  expect(open(envelope)).toBe('مفتاح');
});

it('opens what a replaced key sealed, and seals with the current one', () => {
  const rolled = sealingVault({ current: key('2026-12', 2), previous: [key('2026-11', 1)] });
  expect(open(seal('kept'), rolled)).toBe('kept');
  expect(seal('new', rolled)).toMatch(/^v2\.2026-12\./);
  expect(() => open(seal('new', rolled))).toThrow('a seal names a key that this vault was not given');
});

it('doesn’t open with another key under the same name', () => {
  expect(() => open(seal('kept'), sealingVault({ current: key('2026-11', 9) }))).toThrow('a seal was altered');
});

it('doesn’t open an envelope under the name of another key, even of an equal one', () => {
  const twins = sealingVault({ current: key('2026-11', 1), previous: [key('2026-10', 1)] });
  expect(() => open(seal('kept', twins).replace('2026-11', '2026-10'), twins)).toThrow('a seal was altered');
});

it('opens no envelope of which any one character was changed, left out or put in', () => {
  const sealed = seal('shpss_secret');
  const place = fc.nat({ max: sealed.length - 1 });
  fc.assert(
    fc.property(place, fc.constantFrom(...'ABCDxyz0189-_.=+/ '), fc.constantFrom(0, 1), (at, character, replaced) => {
      fc.pre(replaced === 0 || sealed[at] !== character);
      expect(() => open(`${sealed.slice(0, at)}${character}${sealed.slice(at + replaced)}`)).toThrow(/^bug: a seal /);
      expect(() => open(`${sealed.slice(0, at)}${sealed.slice(at + 1)}`)).toThrow(/^bug: a seal /);
    }),
  );
});

it.each<[string, Partial<SealedFor>]>([
  ['another organization', { organizationId: OrganizationId('org-2') }],
  ['another purpose', { purpose: 'carrier_account.credentials' }],
  ['another owner', { ownerId: 'channel-2' }],
  ['a neighbour whose names run together alike', { purpose: 'channel.secretchannel-', ownerId: '1' }],
])('doesn’t open for %s', (_, other) => {
  expect(() => vault.open(seal('kept'), { ...what, ...other })).toThrow('a seal was altered');
});

it('knows what its current key sealed', () => {
  const rolled = sealingVault({ current: key('2026-12', 2), previous: [key('2026-11', 1)] });
  expect([rolled.keyId, rolled.isCurrent(seal('old')), rolled.isCurrent(seal('new', rolled))]).toEqual(['2026-12', false, true]);
  expect(sealingVault({ current: key('2026', 2) }).isCurrent(seal('old'))).toBe(false);
});

it('opens nothing that has more behind it', () => {
  expect(() => open(`${seal('kept')}.`)).toThrow('a seal has a form that this vault never made');
});

it.each([
  '',
  'v2',
  'v2.2026-11',
  'v2.2026-11..',
  'v2.2026-11..AAAAAAAAAAAAAAAAAAAAAA',
  'v1.2026-11.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA',
  'v2.__proto__.AA.AA',
  'a plain secret',
])('doesn’t open %j, and doesn’t repeat it', (text) => {
  expect(() => open(text)).toThrow(/^bug: a seal (?!.*plain secret)/);
});

it.each<[string, () => unknown]>([
  ['a short key', () => sealingVault({ current: { keyId: 'k', key: new Uint8Array(31) } })],
  [
    'a long key among the previous ones',
    () => sealingVault({ current: key('k', 1), previous: [{ keyId: 'l', key: new Uint8Array(33) }] }),
  ],
  ['an empty id', () => sealingVault({ current: key('', 1) })],
  ['an id that would break the envelope', () => sealingVault({ current: key('a.b', 1) })],
  ['two keys of one id', () => sealingVault({ current: key('k', 1), previous: [key('k', 2)] })],
])('doesn’t start with %s', (_, make) => {
  expect(make).toThrow(/^bug: /);
});
