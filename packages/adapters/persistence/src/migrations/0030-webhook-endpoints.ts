import { tenantPolicies } from './tenant-table.js';

/** Who outside is told of events, with secrets sealed and apart; what is on its way there, and each attempt. */
export const webhookEndpoints = `
  CREATE TABLE webhook_endpoints (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    url text NOT NULL,
    types jsonb NOT NULL,
    description text,
    created_at timestamptz NOT NULL,
    disabled_at timestamptz,
    disabled_why text CHECK ((disabled_why IS NULL) = (disabled_at IS NULL)),
    failing_since timestamptz,
    version integer NOT NULL,
    PRIMARY KEY (organization_id, id)
  );
  CREATE TABLE webhook_secrets (
    organization_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    position integer NOT NULL,
    sealed text NOT NULL,
    expires_at timestamptz,
    PRIMARY KEY (organization_id, endpoint_id, position),
    FOREIGN KEY (organization_id, endpoint_id) REFERENCES webhook_endpoints (organization_id, id) ON DELETE CASCADE
  );
  CREATE TABLE webhook_deliveries (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    type text NOT NULL,
    aggregate_id text COLLATE "C" NOT NULL,
    aggregate_version integer NOT NULL,
    body text NOT NULL,
    status text NOT NULL DEFAULT 'due' CHECK (status IN ('due', 'delivered', 'dead')),
    created_at timestamptz NOT NULL DEFAULT now(),
    due_at timestamptz NOT NULL DEFAULT now(),
    attempts integer NOT NULL DEFAULT 0,
    first_tried_at timestamptz,
    ended_at timestamptz CHECK ((ended_at IS NULL) = (status = 'due')),
    PRIMARY KEY (organization_id, id),
    CONSTRAINT webhook_deliveries_event UNIQUE (organization_id, endpoint_id, aggregate_id, aggregate_version),
    FOREIGN KEY (organization_id, endpoint_id) REFERENCES webhook_endpoints (organization_id, id) ON DELETE CASCADE
  );
  CREATE INDEX webhook_deliveries_due ON webhook_deliveries (organization_id, due_at) WHERE status = 'due';
  CREATE INDEX webhook_deliveries_due_to ON webhook_deliveries (organization_id, endpoint_id, due_at) WHERE status = 'due';
  CREATE INDEX webhook_deliveries_log ON webhook_deliveries (organization_id, endpoint_id, id);
  CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (organization_id, ended_at) WHERE status <> 'due';
  CREATE TABLE webhook_attempts (
    organization_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    number integer NOT NULL,
    at timestamptz NOT NULL,
    duration_ms integer NOT NULL,
    outcome text NOT NULL,
    response_status integer,
    answer text,
    PRIMARY KEY (organization_id, delivery_id, number),
    FOREIGN KEY (organization_id, delivery_id) REFERENCES webhook_deliveries (organization_id, id) ON DELETE CASCADE
  );
  ${tenantPolicies(['webhook_endpoints', 'webhook_secrets', 'webhook_deliveries', 'webhook_attempts'])}
`;
