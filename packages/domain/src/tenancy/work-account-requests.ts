import { type Digest, retryAt } from '../kernel/index.js';
import { type AccountRequest, lifetimeMinutes } from './account-request.js';
import type { AccountRequests, DueRequest } from './account-requests.port.js';
import type { Accounts } from './accounts.port.js';
import type { Mail, MailContent, Mailer } from './mailer.port.js';
import type { User } from './member.js';
import type { LinkTokens } from './secrets.port.js';

type Deps = {
  readonly accountRequests: AccountRequests;
  readonly accounts: Pick<Accounts, 'credentialsOf' | 'membershipsOf'>;
  readonly mailer: Mailer;
  readonly linkTokens: LinkTokens;
  readonly digest: Digest;
  /** For when to try again. */
  readonly now: () => Date;
};

const BATCH = 20;
const LEASE_SECONDS = 120;

/**
 * Looks up what was asked for each address, and mails what comes of it; answers how many requests were taken up.
 * - A new password can be set only by a user who belongs somewhere. Whoever belongs nowhere signs up like anybody.
 * - An address that has a user is told that it has, and nothing of what was asked.
 */
export const workAccountRequests = (deps: Deps) => async (): Promise<number> => {
  const claimed = await deps.accountRequests.claim(BATCH, LEASE_SECONDS);
  for (const due of claimed) await workOne(deps, due);
  return claimed.length;
};

const workOne = async (deps: Deps, { request, attempts }: DueRequest): Promise<void> => {
  const { accountRequests } = deps;
  const user = await userOf(deps, request.email);
  const mail = mailFor(deps, request, user);
  if (!mail) return accountRequests.drop(request.id);
  // Before the mail, so that its link is good whenever it arrives.
  if ('token' in mail.content) await accountRequests.giveToken(request.id, deps.digest(mail.content.token));
  const sent = await deps.mailer.send(mail);
  if (!sent.ok && sent.error.code === 'mail.unavailable')
    return accountRequests.failed(request.id, sent.error.code, retryAt(attempts, deps.now()));
  return sent.ok && 'token' in mail.content ? accountRequests.settled(request.id) : accountRequests.drop(request.id);
};

/** The user with this e-mail, if there is one who belongs somewhere. */
const userOf = async ({ accounts }: Deps, email: string): Promise<User | undefined> => {
  const found = await accounts.credentialsOf(email);
  const [member] = found ? await accounts.membershipsOf(found.user.id) : [];
  return member?.user;
};

const mailFor = ({ linkTokens }: Deps, request: AccountRequest, user: User | undefined): Mail | undefined => {
  const { id, email, asks } = request;
  const link = { token: linkTokens.tokenFor(asks.kind, id), minutes: lifetimeMinutes[asks.kind] };
  const to = (content: MailContent): Mail => ({
    id,
    // To the address as the user gave it, not as somebody else has typed it.
    to: user?.email ?? email,
    language: user?.language ?? request.language,
    content,
  });
  if (asks.kind === 'passwordReset') return user && to({ kind: 'resetPassword', name: user.name, ...link });
  return to(user ? { kind: 'alreadyRegistered', name: user.name } : { kind: 'confirmRegistration', ...link });
};
