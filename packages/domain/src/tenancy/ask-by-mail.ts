import { type IdSource, ok, type Result } from '../kernel/index.js';
import { type AccountRequest, AccountRequestId, lifetimeMinutes } from './account-request.js';
import type { AccountRequests } from './account-requests.port.js';
import type { Language } from './member.js';
import type { Registration } from './register.js';
import type { PasswordHasher } from './secrets.port.js';

type Deps = { readonly accountRequests: Pick<AccountRequests, 'make'>; readonly ids: IdSource };
type Address = { readonly email: string; readonly language: Language };

/** The answer is the same for every address, and so is the work: nothing is looked up before a job does. */
export type RequestRegistration = (registration: Registration) => Promise<Result<undefined, never>>;
export type RequestPasswordReset = (address: Address) => Promise<Result<undefined, never>>;

/** Keeps what somebody who signs up wants, and has a link mailed to the address, by which it is confirmed that it is theirs. */
export const requestRegistration =
  ({ passwords, ...deps }: Deps & { readonly passwords: Pick<PasswordHasher, 'hash'> }): RequestRegistration =>
  async ({ organizationName, name, password, ...address }) => {
    const registrant = {
      organizationName: organizationName.trim(),
      name: name.trim(),
      passwordHash: await passwords.hash(password),
    };
    return make(deps, address, { kind: 'registration', registrant });
  };

/** Has a link mailed, by which a new password can be set, if there is such a user. */
export const requestPasswordReset =
  (deps: Deps): RequestPasswordReset =>
  (address) =>
    make(deps, address, { kind: 'passwordReset' });

const make = async (
  { accountRequests, ids }: Deps,
  { email, language }: Address,
  asks: AccountRequest['asks'],
): Promise<Result<undefined, never>> => {
  const id = AccountRequestId(ids.next());
  await accountRequests.make({ id, email: email.trim(), language, asks }, lifetimeMinutes[asks.kind]);
  return ok(undefined);
};
