import { argon2Passwords, jwtAccessTokens, randomSecrets, rememberingTokens, sealingVault } from '@rappit/identity';
import { v7 } from 'uuid';
import { wiring } from './provide.js';
import { tokens } from './tokens.js';

/** Who is who, and what is kept secret. */
export const identityModule = wiring((provide) => {
  provide(tokens.ids, [], () => ({ next: () => v7() }));
  provide(tokens.secrets, [], () => randomSecrets);
  provide(tokens.passwords, [], () => argon2Passwords());
  provide(tokens.accessTokens, [tokens.settings], ({ jwtSecret }) =>
    rememberingTokens(jwtAccessTokens({ keys: [{ kid: 'k1', secret: jwtSecret }], issuer: 'rappit', audience: 'rappit-api' })),
  );
  provide(tokens.vault, [tokens.settings], ({ credentialKey }) => sealingVault({ current: { keyId: 'k1', key: credentialKey } }));
});
