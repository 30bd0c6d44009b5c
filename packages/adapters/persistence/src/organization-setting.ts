import { bug, type OrganizationId } from '@rappit/domain';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Opens the rest of the transaction for one organization, and for no other.
 * A literal, since `set_config` isn't passed on by Citus and a session's setting leaks through a transaction pooler; checked, since it is a literal.
 */
export const openFor = (organizationId: OrganizationId): string =>
  UUID.test(organizationId)
    ? `SET LOCAL rappit.organization_id = '${organizationId}'`
    : bug('an organization id is a UUID in lower case');
