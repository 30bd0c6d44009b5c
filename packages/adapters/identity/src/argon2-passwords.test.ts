import { parseOptions } from '@node-rs/argon2';
import { argon2Passwords } from './argon2-passwords.js';

const passwords = argon2Passwords();

it('keeps passwords as Argon2id, at OWASP’s cost', async () => {
  const stored = await passwords.hash('correct horse');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(parseOptions(stored)).toMatchObject({ saltLen: 16, outputLen: 32 });
  expect(stored).not.toContain('correct horse');
});

it('never makes the same hash twice', async () => {
  expect(await passwords.hash('correct horse')).not.toBe(await passwords.hash('correct horse'));
});

it.each(['', 'correct horse', 'пароль 密码 🔑', 'x'.repeat(10_000), 'a\0b'])(
  'knows a password again, and no other: %j',
  async (password) => {
    const stored = await passwords.hash(password);
    expect(await passwords.matches(password, stored)).toBe(true);
    expect(await passwords.matches(`${password} `, stored)).toBe(false);
  },
);

it('tells passwords apart behind a NUL', async () => {
  expect(await passwords.matches('a\0c', await passwords.hash('a\0b'))).toBe(false);
});

it('knows a password again when another keyboard composes its letters otherwise', async () => {
  expect(await passwords.matches('cafe\u0301', await passwords.hash('caf\u00e9'))).toBe(true);
});

it('lets nobody in as an unknown user, not even with an empty password', async () => {
  expect(await passwords.matches('correct horse', undefined)).toBe(false);
  expect(await passwords.matches('', undefined)).toBe(false);
});

it('spends as much on an unknown user as on a wrong password', async () => {
  const stored = await passwords.hash('correct horse');
  const quickest = async (hash: string | undefined): Promise<number> => {
    const times: number[] = [];
    for (let run = 0; run < 7; run++) {
      // Time of the processor: a busy machine takes as much of it as an idle one.
      const before = process.cpuUsage();
      await passwords.matches('wrong', hash);
      const { user, system } = process.cpuUsage(before);
      times.push(user + system);
    }
    return Math.min(...times);
  };
  const ratio = (await quickest(undefined)) / (await quickest(stored));
  expect(ratio).toBeGreaterThan(0.4);
  expect(ratio).toBeLessThan(2.5);
});

it('stops on a stored hash that is none, without repeating it', async () => {
  await expect(passwords.matches('correct horse', 'plain text from a damaged store')).rejects.toThrow(/^(?!.*damaged store)/);
});
