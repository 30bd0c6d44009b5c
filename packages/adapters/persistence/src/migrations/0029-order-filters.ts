import { tenantPolicies } from './tenant-table.js';

/** What members look for again and again. They go with the membership. */
export const orderFilters = `
  CREATE TABLE order_filters (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    member_id uuid NOT NULL,
    name text NOT NULL,
    filter jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT order_filters_name UNIQUE (organization_id, member_id, name),
    FOREIGN KEY (organization_id, member_id) REFERENCES memberships (organization_id, user_id) ON DELETE CASCADE
  );
  ${tenantPolicies(['order_filters'])}
`;
