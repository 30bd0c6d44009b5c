import {
  type AccessTokens,
  bug,
  err,
  type Identity,
  type LinkTokens,
  ok,
  type PasswordHasher,
  type SealedFor,
  type SecretSource,
  type Vault,
} from '@rappit/domain';

/** Anybody can read it who wants to; but whoever looks for a secret as it was typed doesn't find it. */
const spelled = (plain: string): string =>
  [...new TextEncoder().encode(plain)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const unspelled = (hex: string): string =>
  new TextDecoder().decode(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));

/** Keeps a password in other letters, behind a prefix. It shows what the port promises, and protects nothing. */
export const fakePasswords: PasswordHasher = {
  hash: async (password) => `hashed:${spelled(password)}`,
  matches: async (password, hash) => hash === `hashed:${spelled(password)}`,
};

/** Tokens that are remembered rather than signed: each source reads its own only, until `lifetimeSeconds` have passed on its clock. */
export const fakeTokens = (now: () => Date, lifetimeSeconds = 900): AccessTokens => {
  const issued = new Map<string, { readonly identity: Identity; readonly until: number }>();
  return {
    issue: (identity) => {
      const token = `token-${issued.size + 1}`;
      issued.set(token, { identity, until: now().getTime() + lifetimeSeconds * 1_000 });
      return { token, expiresInSeconds: lifetimeSeconds };
    },
    read: (token) => {
      const found = issued.get(token);
      return found && now().getTime() < found.until ? ok(found.identity) : err({ code: 'token.invalid' });
    },
  };
};

/** Secrets that are counted rather than random: of the right length, and anybody's to guess. */
export const fakeSecretSource = (): SecretSource => {
  let made = 0;
  return {
    next: () => {
      made += 1;
      return String(made).padStart(43, '0');
    },
  };
};

/** Tokens that say what they are for. Anybody can make one. */
export const fakeLinkTokens: LinkTokens = { tokenFor: (purpose, id) => `link-${purpose}-${id}` };

/** Seals by what it is for and a character count, so that an altered or a moved seal is noticed. It hides nothing. */
export const fakeVaultOf = (keyId: string): Vault => {
  const labelOf = ({ organizationId, purpose, ownerId }: SealedFor): string => `${organizationId}/${purpose}/${ownerId}`;
  return {
    keyId,
    isCurrent: (sealed) => sealed.startsWith(`sealed:${keyId}:`),
    seal: (plain, what) => `sealed:${keyId}:${labelOf(what)}:${plain.length}:${spelled(plain)}`,
    open: (sealed, what) => {
      const [, label, length, hex = ''] = /^sealed:[^:]*:([^:]*):(\d+):((?:[0-9a-f]{2})*)$/.exec(sealed) ?? [];
      const plain = unspelled(hex);
      return label === labelOf(what) && length === String(plain.length) ? plain : bug('a seal was altered');
    },
  };
};

export const fakeVault: Vault = fakeVaultOf('fake');
