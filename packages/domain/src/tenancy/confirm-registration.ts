import { err, OrganizationId, type Result, type RunRefusal } from '../kernel/index.js';
import type { LinkInvalid } from './account-request.js';
import type { AccountRequests } from './account-requests.port.js';
import type { CredentialsWrong } from './login.js';
import type { Origin, SignedIn, SignInDeps } from './open-session.js';
import { openOrganization } from './register.js';

type Deps = Omit<SignInDeps, 'signals' | 'accounts'> & { readonly accountRequests: Pick<AccountRequests, 'byToken'> };
/** The token came by mail, the password is the one that was chosen when signing up. */
export type Confirmation = { readonly token: string; readonly password: string };
type Refused = LinkInvalid | CredentialsWrong | RunRefusal;
export type ConfirmRegistration = (confirmation: Confirmation, origin: Origin) => Promise<Result<SignedIn, Refused>>;

const invalid: Result<never, LinkInvalid> = err({ code: 'link.invalid' });

/**
 * Opens the organization that somebody signed up for, now that the address is known to be theirs, and signs them in.
 * The password is asked for once more: a link that somebody else had sent to this address must not open what that person can enter too.
 */
export const confirmRegistration =
  (deps: Deps): ConfirmRegistration =>
  async ({ token, password }, origin) => {
    const request = await deps.accountRequests.byToken(deps.digest(token));
    if (request?.asks.kind !== 'registration') return invalid;
    const { registrant } = request.asks;
    if (!(await deps.passwords.matches(password, registrant.passwordHash))) return err({ code: 'account.credentials_wrong' });
    const organizationId = OrganizationId(deps.ids.next());
    return deps.unitOfWork.run<SignedIn, LinkInvalid>(organizationId, async (stores) => {
      if (!(await stores.accountRequests.use(request.id))) return invalid;
      const { email, language } = request;
      const opened = await openOrganization(deps, stores, { organizationId, email, language, registrant, origin });
      return opened.ok ? opened : invalid;
    });
  };
