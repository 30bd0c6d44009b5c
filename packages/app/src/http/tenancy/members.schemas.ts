import { type JoinedMember, roles } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { pageOf, pageQuery } from '../pages.js';
import { anyText, closed, component, moment, oneOf } from '../vocabulary.schemas.js';

export const Member = component(
  'Member',
  Type.Object(
    {
      id: Type.String({ format: 'uuid', description: 'Of the user, who may be a member elsewhere too.' }),
      name: anyText,
      email: anyText,
      role: oneOf(roles),
      joinedAt: moment,
    },
    closed,
  ),
);
export const MemberPage = component('MemberPage', pageOf(Member.ref));
export const RoleChange = component('RoleChange', Type.Object({ role: oneOf(roles) }, closed));

export const memberComponents = [Member, MemberPage, RoleChange].map(({ schema }) => ({ schema }));
export const memberQuery = Type.Object(pageQuery, closed);

export const memberView = ({ user, role, joinedAt }: JoinedMember): Static<typeof Member.ref> => ({
  id: user.id,
  name: user.name,
  email: user.email,
  role,
  joinedAt,
});
