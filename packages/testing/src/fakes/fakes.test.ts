import { CarrierAccountId, digestVectors, noTerms, OrganizationId, SessionId, UserId } from '@rappit/domain';
import {
  byCodePoint,
  fakeCarrier,
  fakeCarriers,
  fakeClock,
  fakeIds,
  fakeMeter,
  fakePasswords,
  fakeTokens,
  fakeVault,
  fakeVaultOf,
  sha256,
} from './index.js';

describe('the fakes', () => {
  it('make ids of the shape of UUIDv7 that sort in the order in which they were made', () => {
    const ids = fakeIds();
    const made = Array.from({ length: 20 }, () => ids.next());
    expect(made.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true);
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(20);
  });

  it('keep time only when told to', () => {
    const clock = fakeClock(new Date('2026-03-01T00:00:00Z'));
    expect(clock.now()).toEqual(new Date('2026-03-01T00:00:00Z'));
    clock.advance(1_500);
    expect(clock.now()).toEqual(new Date('2026-03-01T00:00:01.500Z'));
    clock.set(new Date('2027-01-01T00:00:00Z'));
    expect(clock.now()).toEqual(new Date('2027-01-01T00:00:00Z'));
  });

  it('order texts by code point, which UTF-16 units would get wrong', () => {
    const texts = ['😀', 'Ｚ', 'b', 'ab', 'a', '', '\ud83d\ude01'];
    const byBytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect([...texts].sort(byCodePoint)).toEqual(byBytes);
    expect([...texts].sort()).not.toEqual(byBytes);
  });

  it('keep the vectors of the digest', () => {
    for (const [text, hex] of digestVectors) expect(sha256(text)).toBe(hex);
  });

  it('match a password with its own hash only', async () => {
    const hash = await fakePasswords.hash('correct horse');
    expect(await fakePasswords.matches('correct horse', hash)).toBe(true);
    expect(await fakePasswords.matches('wrong', hash)).toBe(false);
    expect(await fakePasswords.matches('undefined', undefined)).toBe(false);
  });

  it('read the tokens that they issued until they expire', () => {
    const clock = fakeClock();
    const tokens = fakeTokens(clock.now, 60);
    const identity = { userId: UserId('u'), organizationId: OrganizationId('o'), sessionId: SessionId('s') };
    const { token, expiresInSeconds } = tokens.issue(identity);
    expect(expiresInSeconds).toBe(60);
    expect(tokens.read(token)).toEqual({ ok: true, value: identity });
    expect(tokens.read('token-2')).toEqual({ ok: false, error: { code: 'token.invalid' } });
    clock.advance(60_000);
    expect(tokens.read(token)).toEqual({ ok: false, error: { code: 'token.invalid' } });
  });

  it('open their own seals, and stop at an altered one', () => {
    const what = { organizationId: OrganizationId('org-1'), purpose: 'channel.secret', ownerId: 'c1' };
    for (const plain of ['', 'secret', 'with:colons\nand lines'])
      expect(fakeVault.open(fakeVault.seal(plain, what), what)).toBe(plain);
    expect(() => fakeVault.open(`${fakeVault.seal('secret', what)}!`, what)).toThrow('a seal was altered');
    expect(() => fakeVault.open(fakeVault.seal('secret', what), { ...what, ownerId: 'c2' })).toThrow('a seal was altered');
    expect(fakeVault.isCurrent(fakeVaultOf('older').seal('secret', what))).toBe(false);
  });

  it('add up what was counted, by the labels that are named', () => {
    const meter = fakeMeter();
    meter.count('orders_placed_total', { source: 'api', outcome: 'placed' });
    meter.count('orders_placed_total', { source: 'shopify', outcome: 'placed' }, 3);
    meter.observe('order_batch_size', {}, 4);
    expect(meter.total('orders_placed_total')).toBe(4);
    expect(meter.total('orders_placed_total', { source: 'shopify' })).toBe(3);
    expect(meter.measured()).toContainEqual({ kind: 'observe', name: 'order_batch_size', labels: {}, value: 4 });
  });

  it('find and choose a carrier by its code, on no account but the installation’s', async () => {
    const { carrier } = fakeCarrier('post');
    const carriers = fakeCarriers(carrier);
    const [organizationId, accountId] = [OrganizationId('o'), CarrierAccountId('a')];
    const own = { carrier: 'post', accountId: null };
    expect(await carriers.find(organizationId, own)).toBe(carrier);
    expect(await carriers.find(organizationId, { ...own, accountId })).toBeUndefined();
    expect(await carriers.find(organizationId, { ...own, carrier: 'other' })).toBeUndefined();
    expect(await carriers.choose(organizationId, own)).toEqual({ ok: true, value: { carrier, accountId: null, terms: noTerms } });
    expect(await carriers.choose(organizationId, { ...own, accountId })).toEqual({
      ok: false,
      error: { code: 'carrier_account.not_found' },
    });
    expect(await carriers.choose(organizationId, { ...own, carrier: 'other' })).toEqual({
      ok: false,
      error: { code: 'carrier.unknown' },
    });
  });
});
