import { type ApiKey, isKeySecret, keySecretOf, keyStatusOf, rightsOf, scopes } from './api-key.js';
import { permissions } from './permissions.js';

const at = (time: string): Date => new Date(`2026-01-05T${time}:00Z`);

describe('an API key', () => {
  it('may be given every permission but those of a person, however many permissions there are', () => {
    const personal = Object.keys(permissions).filter((permission) => !(scopes as readonly string[]).includes(permission));
    expect(personal).toEqual(['account.view', 'account.manage', 'apiKey.manage', 'member.manage', 'billing.manage']);
  });

  it('is active until it expires or is revoked, whichever comes first', () => {
    const key = { expiresAt: at('10:00'), revokedAt: null };
    expect(keyStatusOf(key, at('09:59'))).toBe('active');
    expect(keyStatusOf(key, at('10:00'))).toBe('expired');
    expect(keyStatusOf({ ...key, revokedAt: at('09:00') }, at('10:00'))).toBe('revoked');
    expect(keyStatusOf({ expiresAt: null, revokedAt: null }, at('10:00'))).toBe('active');
  });

  it('has no right by a scope that no longer exists, or that became a person’s', () => {
    const old = ['item.view', 'item.fly', 'apiKey.manage', 'toString'] as unknown as ApiKey['scopes'];
    expect(rightsOf({ scopes: old }, 'admin')).toEqual(['item.view']);
  });

  it('has a secret that is recognised by its form, and shows the beginning of it', () => {
    const random = 'aZ09-_'.padEnd(43, 'x');
    expect(keySecretOf(random)).toEqual({ secret: `rpt_${random}`, prefix: 'rpt_aZ09-_xx' });
    expect(isKeySecret(`rpt_${random}`)).toBe(true);
    for (const other of [
      random,
      `RPT_${random}`,
      `rpt_${random}=`,
      `rpt_${random}\n`,
      `rpt_${random.slice(1)}`,
      `rpt_${random.slice(1)}.`,
    ])
      expect([other, isKeySecret(other)]).toEqual([other, false]);
  });
});
