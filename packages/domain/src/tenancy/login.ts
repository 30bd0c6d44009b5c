import { err, ok, type Result, type RunRefusal } from '../kernel/index.js';
import { type Origin, openSession, type SignedIn, type SignInDeps } from './open-session.js';

/** One answer for an unknown e-mail, a wrong password, a user who was disabled and a user without an organization. */
export type CredentialsWrong = { readonly code: 'account.credentials_wrong' };

export type SignInAttempt = { readonly email: string; readonly password: string };
export type Login = (attempt: SignInAttempt, origin: Origin) => Promise<Result<SignedIn, CredentialsWrong | RunRefusal>>;

const wrong: Result<never, CredentialsWrong> = err({ code: 'account.credentials_wrong' });

/** Signs a user in to the organization joined first. */
export const login =
  (deps: Omit<SignInDeps, 'signals'>): Login =>
  async ({ email, password }, origin) => {
    const found = await deps.accounts.credentialsOf(email.trim());
    const matches = await deps.passwords.matches(password, found?.passwordHash);
    const [member] = found && matches ? await deps.accounts.membershipsOf(found.user.id) : [];
    if (!found || !member) return wrong;
    return deps.unitOfWork.run<SignedIn, CredentialsWrong>(member.organization.id, async (stores) => {
      // Whoever was removed since is as unknown as anybody, and a password that was replaced since is wrong.
      const still = await stores.members.find(member.user.id);
      const keeps = await stores.users.keepsPassword(member.user.id, found.passwordHash);
      return still && keeps ? ok(await openSession(deps, stores, { member: still, ...origin })) : wrong;
    });
  };
