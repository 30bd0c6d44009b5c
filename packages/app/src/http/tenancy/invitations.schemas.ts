import { type Invitation as DomainInvitation, invitationStatuses, invitationStatusOf, languages, roles } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { pageOf, pageQuery } from '../pages.js';
import { anyText, closed, component, email, moment, oneOf, text, uuid } from '../vocabulary.schemas.js';
import { language, linkToken, newPassword, oldPassword } from './passwords.schemas.js';

export const NewInvitation = component(
  'NewInvitation',
  Type.Object(
    { email, role: oneOf(roles), language: Type.Optional(language) },
    { ...closed, examples: [{ email: 'lea@example.com', role: 'operator', language: 'en' }] },
  ),
);

export const Invitation = component(
  'Invitation',
  Type.Object(
    {
      id: uuid,
      email: anyText,
      role: oneOf(roles),
      language: anyText,
      status: oneOf(invitationStatuses, { description: 'One that expired can be sent again for a week.' }),
      invitedBy: Type.String({ format: 'uuid', description: 'Whoever sent it last.' }),
      createdAt: moment,
      sentAt: Type.Unsafe<Date>({ ...moment, description: 'When it was sent last.' }),
      expiresAt: moment,
    },
    closed,
  ),
);
export const InvitationPage = component('InvitationPage', pageOf(Invitation.ref));

export const Acceptance = component(
  'Acceptance',
  Type.Object(
    {
      token: linkToken,
      name: Type.Optional(text(200, { description: 'For a new account.' })),
      newPassword: Type.Optional(newPassword),
      password: Type.Optional(Type.Unsafe<string>({ ...oldPassword, description: 'Of the account that the address has.' })),
      language: Type.Optional(
        oneOf(languages, { description: 'That we write to a new user in. Left out, it is the language of the invitation.' }),
      ),
    },
    closed,
  ),
);

export const invitationComponents = [NewInvitation, Invitation, InvitationPage, Acceptance].map(({ schema }) => ({ schema }));
export const invitationQuery = Type.Object(pageQuery, closed);

export const invitationView =
  (now: Date) =>
  (invitation: DomainInvitation): Static<typeof Invitation.ref> => ({
    ...invitation,
    status: invitationStatusOf(invitation, now),
    sentAt: invitation.sentAt.at(-1) ?? invitation.createdAt,
  });
