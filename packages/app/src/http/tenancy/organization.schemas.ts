import type { OrganizationProfile } from '@rappit/domain';
import Type, { type Static } from 'typebox';
import { anyInteger, anyText, closed, component, integer, MAX_VERSION, moment, text, uuid } from '../vocabulary.schemas.js';

export const Organization = component(
  'Organization',
  Type.Object(
    {
      id: uuid,
      name: anyText,
      createdAt: moment,
      version: Type.Unsafe<number>({ ...anyInteger, description: 'Rises with each change.' }),
    },
    closed,
  ),
);

export const OrganizationChange = component(
  'OrganizationChange',
  Type.Object(
    {
      name: Type.Optional(text(200)),
      version: Type.Optional(
        integer(1, MAX_VERSION, {
          description: 'The one that was read: nothing is changed when the organization has another one by now.',
        }),
      ),
    },
    { ...closed, minProperties: 1, examples: [{ name: 'Nile Supplies', version: 1 }] },
  ),
);

export const organizationComponents = [Organization, OrganizationChange];

export const organizationView = (organization: OrganizationProfile): Static<typeof Organization.ref> => organization;
