export { argon2Passwords } from './argon2-passwords.js';
export { hmacLinkTokens } from './hmac-link-tokens.js';
export { type JwtOptions, jwtAccessTokens, keyIdOf, type TokenKey } from './jwt-access-tokens.js';
export { randomSecrets } from './random-secrets.js';
export { rememberingTokens } from './remembering-tokens.js';
export { type SealingKey, type SealingKeys, sealingVault } from './sealing-vault.js';
export { sha256 } from './sha256.js';
