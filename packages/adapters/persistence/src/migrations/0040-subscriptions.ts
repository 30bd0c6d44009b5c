import { tenantPolicies } from './tenant-table.js';

/**
 * What each organization pays for. Those that are here already begin a trial now; one that is opened later, by whichever version of the
 * app, has no row until something is kept of it, and its trial begins with itself.
 */
export const subscriptions = `
  CREATE TABLE subscriptions (
    organization_id uuid PRIMARY KEY REFERENCES organizations (id) ON DELETE CASCADE,
    trial_ends_at timestamptz NOT NULL,
    customer_id text,
    billed jsonb,
    asked integer NOT NULL DEFAULT 0,
    heard integer NOT NULL DEFAULT 0,
    CONSTRAINT subscriptions_heard CHECK (heard BETWEEN 0 AND asked)
  );
  CREATE INDEX subscriptions_customer ON subscriptions (customer_id);
  INSERT INTO subscriptions (organization_id, trial_ends_at) SELECT id, now() + interval '14 days' FROM organizations;
  ${tenantPolicies(['subscriptions'])}
`;
