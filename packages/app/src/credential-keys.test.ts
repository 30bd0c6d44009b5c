import { ConfigInvalid, readConfig } from './config.js';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

const faultsOf = (environment: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigInvalid) return error.faults;
    throw error;
  }
};

describe('the keys of sealed credentials', () => {
  it('come as one without a name, or as several by name of which the first seals', () => {
    expect(readConfig({ CREDENTIAL_KEY: key(1) }).credentialKeys).toEqual([{ keyId: 'k1', key: key(1) }]);
    expect(readConfig({ CREDENTIAL_KEYS: `2026-12:${key(2)}, k1:${key(1)}` }).credentialKeys).toEqual([
      { keyId: '2026-12', key: key(2) },
      { keyId: 'k1', key: key(1) },
    ]);
    expect(readConfig({}).credentialKeys).toBeNull();
  });

  it.each([
    ['a short one', `k1:${Buffer.alloc(31).toString('base64')}`],
    ['one without a name', key(1)],
    ['one of an empty name', `:${key(1)}`],
    ['a name that would break a seal', `a.b:${key(1)}`],
    ['a name twice', `k1:${key(1)},k1:${key(2)}`],
    ['nothing behind a comma', `k1:${key(1)},`],
  ])('aren’t taken with %s, and aren’t repeated', (_, keys) => {
    const faults = faultsOf({ CREDENTIAL_KEYS: keys });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^CREDENTIAL_KEYS: must be id:key pairs/);
    expect(faults[0]).not.toContain(keys.slice(-20));
  });

  it('come from one variable', () => {
    expect(faultsOf({ CREDENTIAL_KEY: key(1), CREDENTIAL_KEYS: `k2:${key(2)}` })).toEqual([
      'CREDENTIAL_KEY: must not be set beside CREDENTIAL_KEYS, in which it is k1',
    ]);
  });

  it('are asked for in production, by either variable', () => {
    const others = {
      NODE_ENV: 'production',
      DATABASE_URL: 'postgresql://db.example.com/rappit',
      DATABASE_DOOR_URL: 'postgresql://db.example.com/rappit',
      JWT_SECRET: 'x'.repeat(32),
      SIGN_UP: 'immediate',
    };
    expect(faultsOf(others)).toEqual(['CREDENTIAL_KEY: must be set when NODE_ENV is production']);
    expect(faultsOf({ ...others, CREDENTIAL_KEYS: `k2:${key(2)}` })).toEqual([]);
  });
});
