import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { bug, type SealedFor, type Vault } from '@rappit/domain';

export type SealingKey = { readonly keyId: string; readonly key: Uint8Array };

export type SealingKeys = {
  /** Seals, and opens. */
  readonly current: SealingKey;
  /** These only open what was sealed before the key was replaced. */
  readonly previous?: readonly SealingKey[];
};

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v2';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals with AES-256-GCM into `v2.<keyId>.<nonce>.<ciphertext and tag>`, the last two in base64url.
 * - The same plain text is never sealed to the same envelope twice.
 * - Version, key id and what it is sealed for are authenticated too; any other spelling of an envelope doesn't open.
 * - What it throws says neither what was sealed nor what was asked to be opened.
 */
export const sealingVault = ({ current, previous = [] }: SealingKeys): Vault => {
  const keys = keysById([current, ...previous]);
  const head = `${VERSION}.${current.keyId}`;
  const sealing = keys.get(current.keyId) ?? bug('the current key is one of the keys');
  return {
    keyId: current.keyId,
    isCurrent: (envelope) => envelope.startsWith(`${head}.`),
    seal: (plain, what) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, sealing, nonce).setAAD(authenticated(head, what));
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${head}.${nonce.toString('base64url')}.${sealed.toString('base64url')}`;
    },
    open: (envelope, what) => {
      const [version, keyId = '', nonce = '', sealed = '', ...more] = envelope.split('.');
      if (version !== VERSION || more.length > 0) bug('a seal has a form that this vault never made');
      const key = keys.get(keyId) ?? bug('a seal names a key that this vault was not given');
      const aad = authenticated(`${VERSION}.${keyId}`, what);
      return decrypt(key, { aad, nonce: bytesOf(nonce), sealed: bytesOf(sealed) });
    },
  };
};

/** JSON, so that no two of them spell alike. */
const authenticated = (head: string, { organizationId, purpose, ownerId }: SealedFor): Buffer =>
  Buffer.from(JSON.stringify([head, organizationId, purpose, ownerId]));

const keysById = (keys: readonly SealingKey[]): ReadonlyMap<string, KeyObject> => {
  for (const { keyId, key } of keys) {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(keyId)) bug('a sealing key needs an id of 1 to 64 letters, digits, hyphens or underscores');
    if (key.length !== KEY_BYTES) bug(`a sealing key needs exactly ${KEY_BYTES} bytes`);
  }
  const byId = new Map(keys.map(({ keyId, key }) => [keyId, createSecretKey(key)]));
  return byId.size === keys.length ? byId : bug('each sealing key needs an id of its own');
};

/** base64url can spell the same bytes in several ways, and Node reads them all: only the one that it writes is taken. */
const bytesOf = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : altered();
};

const altered = (): never => bug('a seal was altered');

const decrypt = (key: KeyObject, { aad, nonce, sealed }: { aad: Buffer; nonce: Buffer; sealed: Buffer }): string => {
  if (nonce.length !== NONCE_BYTES || sealed.length < TAG_BYTES) altered();
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad).setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return decipher.update(sealed.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return altered();
  }
};
