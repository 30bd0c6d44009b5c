import { err, ok, type Result } from '../kernel/index.js';
import type { Accounts } from './accounts.port.js';
import type { SignedIn } from './register.js';
import type { AccessTokens, PasswordHasher } from './secrets.port.js';

/** One answer for an unknown e-mail, a wrong password and a user without an organization. */
export type CredentialsWrong = { readonly code: 'account.credentials_wrong' };
export type Login = (email: string, password: string) => Promise<Result<SignedIn, CredentialsWrong>>;

/** Signs a user in to the organization joined first. */
export const login =
  (deps: { accounts: Accounts; passwords: PasswordHasher; tokens: AccessTokens }): Login =>
  async (email, password) => {
    const found = await deps.accounts.credentialsOf(email.trim());
    const matches = await deps.passwords.matches(password, found?.passwordHash);
    const [member] = found && matches ? await deps.accounts.membershipsOf(found.user.id) : [];
    if (!member) return err({ code: 'account.credentials_wrong' });
    return ok({ member, ...deps.tokens.issue({ userId: member.user.id, organizationId: member.organization.id }) });
  };
