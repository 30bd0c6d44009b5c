import { err, type OrganizationId, ok, type Result, type RunRefusal } from '../kernel/index.js';
import { auditEntry } from './audit.js';
import type { SignedInCaller } from './end-sessions.js';
import type { Member } from './member.js';
import { actingAs, type SignInDeps } from './open-session.js';
import type { AccessToken, TokenInvalid } from './secrets.port.js';
import { isSessionOver } from './session.js';

/** There is no such organization, or the user is no member of it. */
export type OrganizationNotFound = { readonly code: 'organization.not_found' };

export type Switched = AccessToken & { readonly member: Member };
type SwitchRefused = OrganizationNotFound | TokenInvalid | RunRefusal;
export type SwitchOrganization = (
  who: SignedInCaller,
  organizationId: OrganizationId,
) => Promise<Result<Switched, SwitchRefused>>;

/** Goes on with the same session in another organization of the user. Tokens for the one before stay good until they expire. */
export const switchOrganization =
  ({ unitOfWork, tokens, ids }: Pick<SignInDeps, 'unitOfWork' | 'tokens' | 'ids'>): SwitchOrganization =>
  ({ caller, userId, sessionId }, organizationId) =>
    unitOfWork.run<Switched, OrganizationNotFound | TokenInvalid>(organizationId, async ({ members, sessions, audit, now }) => {
      const member = await members.find(userId);
      if (!member) return err({ code: 'organization.not_found' });
      const session = await sessions.lock(sessionId);
      if (!session || isSessionOver(session, now)) return err({ code: 'token.invalid' });
      await sessions.moveTo({ ...session, organizationId });
      const started = { kind: 'session.started', targetId: sessionId, facts: {} } as const;
      await audit.append([auditEntry({ caller: actingAs(member, caller.requestId), at: now, ids }, started)]);
      return ok({ member, ...tokens.issue({ userId, organizationId, sessionId }) });
    });
