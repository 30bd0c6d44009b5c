import { type Member, may, type Permission, permissions, roles, type SignedIn } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { anyInteger, anyText, closed, component, email, listOf, oneOf, text, uuid } from './vocabulary.schemas.js';

export const NewAccount = component(
  'NewAccount',
  Type.Object(
    {
      organizationName: text(200),
      name: text(200),
      email,
      password: Type.String({ minLength: 8, maxLength: 200, description: 'At least 8 characters.' }),
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

export const SignIn = component(
  'SignIn',
  Type.Object({ email: text(254), password: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
);

const who = {
  user: Type.Object({ id: uuid, email: anyText, name: anyText }, closed),
  organization: Type.Object({ id: uuid, name: anyText }, closed),
  role: oneOf(roles),
};

export const Session = component(
  'Session',
  Type.Object(
    {
      token: Type.String({ description: 'Goes into the header `Authorization: Bearer …`.' }),
      tokenType: oneOf(['Bearer']),
      expiresInSeconds: anyInteger,
      ...who,
    },
    closed,
  ),
);

export const Me = component(
  'Me',
  Type.Object({ ...who, permissions: listOf(anyText, { description: 'What the role allows.' }) }, closed),
);

const whoIs = ({ user, organization, role }: Member): Pick<Static<typeof Me.ref>, 'user' | 'organization' | 'role'> => ({
  user,
  organization,
  role,
});

export const sessionView = ({ member, token, expiresInSeconds }: SignedIn): Static<typeof Session.ref> => ({
  token,
  tokenType: 'Bearer',
  expiresInSeconds,
  ...whoIs(member),
});

export const meView = (member: Member): Static<typeof Me.ref> => ({
  ...whoIs(member),
  permissions: Object.keys(permissions).filter((permission) => may(member.role, permission as Permission)),
});
