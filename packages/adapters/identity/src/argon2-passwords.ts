import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '@rappit/domain';

/** `Algorithm.Argon2id`, which the library declares in a way that modules compiled one by one can't name. */
const ARGON2ID = 2;

/** OWASP's first choice for Argon2id where memory is short: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const base64 = (bytes: number): string => randomBytes(bytes).toString('base64').replaceAll('=', '');

/** A hash of the same cost that no password was hashed to. */
const nobodysHash = (): string =>
  `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${base64(16)}$${base64(32)}`;

/** One password may be typed as several sequences of code points; NFKC makes them one (NIST SP 800-63B). */
const typed = (password: string): string => password.normalize('NFKC');

/**
 * Argon2id. An unknown user costs as much time as a wrong password.
 * A stored hash that isn't one throws: only a damaged store can have caused it.
 */
export const argon2Passwords = (): PasswordHasher => {
  const nobody = nobodysHash();
  return {
    hash: (password) => hash(typed(password), { ...cost, algorithm: ARGON2ID }),
    matches: async (password, stored) => (await verify(stored ?? nobody, typed(password))) && stored !== undefined,
  };
};
