import { type IdSource, OrganizationId, ok, type Result } from '../kernel/index.js';
import type { Accounts, EmailTaken } from './accounts.port.js';
import { type Member, UserId } from './member.js';
import type { AccessTokens, PasswordHasher } from './secrets.port.js';

export type Registration = {
  readonly organizationName: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
};
export type SignedIn = { readonly member: Member; readonly token: string; readonly expiresInSeconds: number };
export type Register = (registration: Registration, now: Date) => Promise<Result<SignedIn, EmailTaken>>;

/** Opens an organization with its first admin, who is signed in at once. */
export const register =
  (deps: { accounts: Accounts; passwords: PasswordHasher; tokens: AccessTokens; ids: IdSource }): Register =>
  async ({ organizationName, name, email, password }, now) => {
    const organization = { id: OrganizationId(deps.ids.next()), name: organizationName.trim(), createdAt: now };
    const user = { id: UserId(deps.ids.next()), email: email.trim(), name: name.trim() };
    const registered = await deps.accounts.register(organization, user, await deps.passwords.hash(password));
    if (!registered.ok) return registered;
    return ok({ member: registered.value, ...deps.tokens.issue({ userId: user.id, organizationId: organization.id }) });
  };
