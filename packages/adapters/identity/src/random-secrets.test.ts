import { randomSecrets } from './random-secrets.js';

it('makes secrets of 256 bits, never the same twice', () => {
  const made = Array.from({ length: 1_000 }, () => randomSecrets.next());
  for (const secret of made) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  for (const secret of made) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(new Set(made).size).toBe(1_000);
});
