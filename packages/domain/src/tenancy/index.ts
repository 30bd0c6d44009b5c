export type { Accounts, Credentials, EmailTaken } from './accounts.port.js';
export { login, type CredentialsWrong, type Login } from './login.js';
export { roles, UserId, type Member, type Organization, type Role, type User } from './member.js';
export { may, permissions, type Permission } from './permissions.js';
export { register, type Register, type Registration, type SignedIn } from './register.js';
export type { AccessTokens, Identity, PasswordHasher, TokenInvalid } from './secrets.port.js';
