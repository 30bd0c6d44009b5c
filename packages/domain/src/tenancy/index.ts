export type { Accounts, Credentials, EmailTaken } from './accounts.port.js';
export {
  type ApiKey,
  ApiKeyId,
  isKeySecret,
  KEY_PREFIX,
  type KeyStatus,
  keySecretOf,
  keyStatuses,
  keyStatusOf,
  rightsOf,
  type Scope,
  scopes,
} from './api-key.js';
export type { ApiKeyDoor, ApiKeyStore, ApiKeyStores } from './api-keys.port.js';
export {
  type AuditEntry,
  AuditEntryId,
  type AuditEvent,
  type AuditFact,
  type AuditKind,
  type AuditOccasion,
  auditEntry,
  auditKinds,
} from './audit.js';
export { type AuditFilter, type AuditStore, type AuditStores, auditPlace } from './audit.port.js';
export {
  type ApiKeyNotFound,
  type CreatedApiKey,
  createApiKey,
  type ExpiryPast,
  type NewApiKey,
  revokeApiKey,
  type ScopeRefused,
} from './keep-api-keys.js';
export { type CredentialsWrong, type Login, login } from './login.js';
export { type Member, type Organization, type Role, roles, type User, UserId } from './member.js';
export { may, type Permission, permissions } from './permissions.js';
export { type KeyHolder, noteKeyUse, recogniseApiKey } from './recognise-api-key.js';
export { type Register, type Registration, register, type SignedIn } from './register.js';
export type { AccessTokens, Identity, PasswordHasher, SecretSource, TokenInvalid } from './secrets.port.js';
