import { bug } from '@rappit/domain';
import type { SealingKeys } from '@rappit/identity';
import { z } from 'zod';

const KEY_BYTES = 32;

/** A key that seals stored credentials, by its name. The key is in base64. */
export type CredentialKey = { readonly keyId: string; readonly key: string };

const isKey = (text: string): boolean => Buffer.from(text, 'base64').length === KEY_BYTES;

/** CREDENTIAL_KEY: one key, named `k1`. */
export const oneKey = z
  .string()
  .refine(isKey, `must be ${KEY_BYTES} bytes in base64`)
  .transform((key): readonly CredentialKey[] => [{ keyId: 'k1', key }]);

const pairOf = (text: string): CredentialKey | undefined => {
  const [, keyId, key] = /^([A-Za-z0-9_-]{1,64}):(.+)$/.exec(text.trim()) ?? [];
  return keyId !== undefined && key !== undefined && isKey(key) ? { keyId, key } : undefined;
};

/** CREDENTIAL_KEYS: `2026-12:base64,2026-11:base64`. The first seals, all of them open. */
export const keysByName = z.string().transform((text, context): readonly CredentialKey[] => {
  const given = text.split(',');
  const keys = given.flatMap((pair) => pairOf(pair) ?? []);
  if (keys.length === given.length && new Set(keys.map(({ keyId }) => keyId)).size === keys.length) return keys;
  const message = `must be id:key pairs with commas between them, each key ${KEY_BYTES} bytes in base64, each id another`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

/** The first of them seals. */
export const sealingKeys = (keys: readonly CredentialKey[]): SealingKeys => {
  const [current, ...previous] = keys.map(({ keyId, key }) => ({ keyId, key: Buffer.from(key, 'base64') }));
  return { current: current ?? bug('there is a key that seals'), previous };
};
