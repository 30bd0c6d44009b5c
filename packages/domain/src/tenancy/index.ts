export type { Accounts, Credentials, EmailTaken } from './accounts.port.js';
export { type CredentialsWrong, type Login, login } from './login.js';
export { type Member, type Organization, type Role, roles, type User, UserId } from './member.js';
export { may, type Permission, permissions } from './permissions.js';
export { type Register, type Registration, register, type SignedIn } from './register.js';
export type { AccessTokens, Identity, PasswordHasher, TokenInvalid } from './secrets.port.js';
