import { type EventSubscriber, hearing, type UnitOfWork } from '../kernel/index.js';
import type { Accounts } from './accounts.port.js';
import { INVITATION_HOURS, InvitationId, mailOf, mayBeAccepted } from './invitation.js';
import type { InvitationStores } from './invitations.port.js';
import { INVITATION_LINK, INVITATION_SENT } from './keep-invitations.js';
import type { Mailer } from './mailer.port.js';
import type { LinkTokens } from './secrets.port.js';
import type { TenancyStores } from './stores.port.js';

type Deps = {
  readonly unitOfWork: UnitOfWork<TenancyStores & InvitationStores>;
  readonly accounts: Pick<Accounts, 'credentialsOf'>;
  readonly linkTokens: LinkTokens;
  readonly mailer: Mailer;
};

/** Mails an invitation to its address, unless it has ended, expired or been sent again since. */
export const mailInvitation = ({ unitOfWork, accounts, linkTokens, mailer }: Deps): EventSubscriber =>
  hearing([INVITATION_SENT], async (organizationId, { aggregateId, aggregateVersion }) => {
    const found = await unitOfWork.read(organizationId, async ({ invitations, members, now }) => {
      const invitation = await invitations.find(InvitationId(aggregateId));
      const isLast = invitation?.sentAt.length === aggregateVersion && mayBeAccepted(invitation, now);
      const inviter = isLast ? await members.find(invitation.invitedBy) : undefined;
      return isLast && inviter && { invitation, inviter };
    });
    if (!found) return;
    const { invitation, inviter } = found;
    // To the address as its user gave it and in that user's language, where there is one.
    const known = (await accounts.credentialsOf(invitation.email))?.user;
    const sent = await mailer.send({
      id: mailOf(invitation),
      to: known?.email ?? invitation.email,
      language: known?.language ?? invitation.language,
      content: {
        kind: 'invitation',
        organizationName: inviter.organization.name,
        inviterName: inviter.user.name,
        token: linkTokens.tokenFor(INVITATION_LINK, mailOf(invitation)),
        minutes: INVITATION_HOURS * 60,
      },
    });
    if (!sent.ok && sent.error.code === 'mail.unavailable') throw new Error(sent.error.code);
  });
