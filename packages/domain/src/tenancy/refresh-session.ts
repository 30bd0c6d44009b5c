import { err, type Moment, ok, type Result, type RunRefusal } from '../kernel/index.js';
import type { TokenPlace } from './accounts.port.js';
import { auditEntry } from './audit.js';
import type { Member } from './member.js';
import { accessChanged, type SignedIn, type SignInDeps, signedIn } from './open-session.js';
import type { TokenInvalid } from './secrets.port.js';
import { isSessionOver, refreshedSession } from './session.js';
import type { TenancyStores } from './stores.port.js';

export type RefreshSession = (refreshToken: string, requestId?: string) => Promise<Result<SignedIn, TokenInvalid | RunRefusal>>;

type Deps = Omit<SignInDeps, 'passwords'>;
type Use = { readonly place: TokenPlace; readonly member: Member; readonly tokenHash: string };

/** What came of a token: a token of an ended session is good for nothing, and one that was used before ends its session. */
type Outcome = { readonly is: 'refreshed'; readonly signedIn: SignedIn } | { readonly is: 'reused' } | { readonly is: 'over' };

const invalid: Result<never, TokenInvalid> = err({ code: 'token.invalid' });

/**
 * Takes a refresh token, and answers a new one of the same session.
 * - A token that comes a second time was stolen, or taken from whom it was stolen: its session ends, whoever asks, and so do all tokens of it.
 *   Of two at once, one may still be answered with tokens that are good for nothing a moment later.
 * - Goes on in the organization that was switched to last; in the one joined first, when the user is no member there any more.
 */
export const refreshSession =
  (deps: Deps): RefreshSession =>
  async (refreshToken, requestId) => {
    const tokenHash = deps.digest(refreshToken);
    const place = await deps.accounts.placeOfToken(tokenHash);
    const memberships = place ? await deps.accounts.membershipsOf(place.userId) : [];
    const member = memberships.find(({ organization }) => organization.id === place?.organizationId) ?? memberships[0];
    if (!place || !member) return invalid;
    const used = await deps.unitOfWork.run<Outcome, never>(member.organization.id, async (stores) =>
      ok(await use(deps, stores, { place, member, tokenHash }, requestId)),
    );
    if (!used.ok) return used;
    if (used.value.is === 'reused') deps.signals.publish(accessChanged(place.userId));
    return used.value.is === 'refreshed' ? ok(used.value.signedIn) : invalid;
  };

const use = async (
  { tokens, secrets, digest, ids }: Deps,
  { sessions, audit, now }: TenancyStores & Moment,
  { place, member, tokenHash }: Use,
  requestId: string | undefined,
): Promise<Outcome> => {
  const session = await sessions.lock(place.sessionId);
  const state = session && (await sessions.tokenState(session.id, tokenHash));
  if (!session || !state || isSessionOver(session, now)) return { is: 'over' };
  if (state === 'used') {
    await sessions.end(session.id, now);
    const caller = { actor: { kind: 'system', id: 'refresh', name: 'refresh' }, requestId } as const;
    const reused = { kind: 'session.reused', targetId: session.id, facts: { userId: session.userId } } as const;
    await audit.append([auditEntry({ caller, at: now, ids }, reused)]);
    return { is: 'reused' };
  }
  const refreshToken = secrets.next();
  const next = refreshedSession(session, member.organization.id, now);
  await sessions.refresh(next, { used: tokenHash, fresh: digest(refreshToken) });
  return { is: 'refreshed', signedIn: signedIn(tokens, { session: next, member, refreshToken }) };
};
