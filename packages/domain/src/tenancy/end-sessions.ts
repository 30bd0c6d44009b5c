import {
  type Caller,
  err,
  type IdSource,
  type Moment,
  ok,
  type Result,
  type RunRefusal,
  type Signals,
  type UnitOfWork,
} from '../kernel/index.js';
import { auditEntry } from './audit.js';
import type { UserId } from './member.js';
import { accessChanged } from './open-session.js';
import { isSessionOver, type SessionId } from './session.js';
import type { TenancyStores } from './stores.port.js';

export type SessionNotFound = { readonly code: 'session.not_found' };

/** A signed-in user, by the session of this request. */
export type SignedInCaller = { readonly caller: Caller; readonly userId: UserId; readonly sessionId: SessionId };

type Deps = { readonly unitOfWork: UnitOfWork<TenancyStores>; readonly ids: IdSource; readonly signals: Signals };
type Ended = readonly SessionId[];
export type EndSession = (who: SignedInCaller, id: SessionId) => Promise<Result<Ended, SessionNotFound | RunRefusal>>;
export type EndOtherSessions = (who: SignedInCaller) => Promise<Result<Ended, RunRefusal>>;

/** Ends the user's own session: this one, which is signing out, or another. One that is over, or somebody else's, isn't found. */
export const endSession =
  (deps: Deps): EndSession =>
  async (who, id) => {
    const ended = await deps.unitOfWork.run<Ended, SessionNotFound>(who.caller.organizationId, async (stores) => {
      const session = await stores.sessions.lock(id);
      if (!session || session.userId !== who.userId || isSessionOver(session, stores.now))
        return err({ code: 'session.not_found' });
      await stores.sessions.end(id, stores.now);
      return ok(await told(deps, stores, who, [id]));
    });
    if (ended.ok) deps.signals.publish(accessChanged(who.userId));
    return ended;
  };

/** Ends every session of the user but this one. */
export const endOtherSessions =
  (deps: Deps): EndOtherSessions =>
  async (who) => {
    const ended = await deps.unitOfWork.run<Ended, never>(who.caller.organizationId, async (stores) =>
      ok(await told(deps, stores, who, await stores.sessions.endAllOf(who.userId, stores.now, who.sessionId))),
    );
    if (ended.ok) deps.signals.publish(accessChanged(who.userId));
    return ended;
  };

/** Tells the audit log of sessions that were ended. */
const told = async (
  { ids }: Pick<Deps, 'ids'>,
  { audit, now }: Pick<TenancyStores, 'audit'> & Moment,
  { caller, userId }: Pick<SignedInCaller, 'caller' | 'userId'>,
  ended: Ended,
): Promise<Ended> => {
  const entryOf = (id: SessionId) =>
    auditEntry({ caller, at: now, ids }, { kind: 'session.ended', targetId: id, facts: { userId } });
  await audit.append(ended.map(entryOf));
  return ended;
};
