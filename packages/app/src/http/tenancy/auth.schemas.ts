import { languages, type Member, may, type Permission, permissions, roles, type SignedIn, type Switched } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { anyInteger, anyText, closed, component, email, listOf, moment, oneOf, text, uuid } from '../vocabulary.schemas.js';
import { language, linkToken, newPassword, oldPassword } from './passwords.schemas.js';

export const NewAccount = component(
  'NewAccount',
  Type.Object(
    {
      organizationName: text(200),
      name: text(200),
      email,
      password: newPassword,
      language: Type.Optional(language),
    },
    {
      ...closed,
      examples: [
        {
          organizationName: 'Nile Supplies',
          name: 'Amira Haddad',
          email: 'amira@example.com',
          password: 'correct horse battery',
        },
      ],
    },
  ),
);

export const SignIn = component('SignIn', Type.Object({ email: text(254), password: oldPassword }, closed));

export const Confirmation = component(
  'Confirmation',
  Type.Object(
    { token: linkToken, password: newPassword },
    { ...closed, description: 'The password is the one that was chosen when signing up.' },
  ),
);

export const RefreshToken = component(
  'RefreshToken',
  Type.Object(
    { refreshToken: Type.String({ minLength: 1, maxLength: 200, description: 'The one that was answered last.' }) },
    closed,
  ),
);

export const OrganizationChoice = component('OrganizationChoice', Type.Object({ organizationId: uuid }, closed));

const organization = Type.Object({ id: uuid, name: anyText }, closed);
const who = {
  user: Type.Object({ id: uuid, email: anyText, name: anyText, language: oneOf(languages) }, closed),
  organization,
  role: oneOf(roles),
};

const access = {
  token: Type.String({ description: 'Goes into the header `Authorization: Bearer …`.' }),
  tokenType: oneOf(['Bearer']),
  expiresInSeconds: anyInteger,
};

export const Session = component(
  'Session',
  Type.Object(
    {
      ...access,
      refreshToken: Type.String({
        description: 'Good for one refresh, which answers the next one. Used a second time, it ends the session.',
      }),
      refreshExpiresAt: moment,
      ...who,
    },
    closed,
  ),
);

/** The session goes on, and so does its refresh token. */
export const Access = component('Access', Type.Object({ ...access, ...who }, closed));

export const Me = component(
  'Me',
  Type.Object(
    {
      ...who,
      permissions: listOf(anyText, { description: 'What the role allows.' }),
      organizations: listOf(Type.Object({ organization, role: oneOf(roles) }, closed), {
        description: 'Where the user is a member, this one included: what can be switched to.',
      }),
    },
    closed,
  ),
);

const whoIs = ({ user, organization, role }: Member): Pick<Static<typeof Me.ref>, 'user' | 'organization' | 'role'> => ({
  user,
  organization,
  role,
});

export const accessView = ({ member, token, expiresInSeconds }: Switched): Static<typeof Access.ref> => ({
  token,
  tokenType: 'Bearer',
  expiresInSeconds,
  ...whoIs(member),
});

export const sessionView = (signedIn: SignedIn): Static<typeof Session.ref> => ({
  ...accessView(signedIn),
  refreshToken: signedIn.refreshToken,
  refreshExpiresAt: signedIn.refreshExpiresAt,
});

export const meView = (member: Member, memberships: readonly Member[]): Static<typeof Me.ref> => ({
  ...whoIs(member),
  permissions: Object.keys(permissions).filter((permission) => may(member.role, permission as Permission)),
  organizations: memberships.map(({ organization, role }) => ({ organization, role })),
});
