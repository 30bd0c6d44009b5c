import { OrganizationId } from '@rappit/domain';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The organization that somebody named by its id; undefined for whatever is no id. */
export const namedOrganization = (text: string | undefined): OrganizationId | undefined => {
  const id = text?.toLowerCase() ?? '';
  return UUID.test(id) ? OrganizationId(id) : undefined;
};
