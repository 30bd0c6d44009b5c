import { tenantPolicies } from './tenant-table.js';

/** What comes in, what goes out, and which requests were answered before. Bodies are kept as the bytes that were signed. */
export const deliveries = `
  CREATE TABLE inbox (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id uuid NOT NULL,
    source_id text NOT NULL,
    topic text NOT NULL,
    delivery_id text NOT NULL,
    body bytea NOT NULL,
    received_at timestamptz NOT NULL,
    status text NOT NULL DEFAULT 'due' CHECK (status IN ('due', 'done', 'dead')),
    due_at timestamptz NOT NULL DEFAULT now(),
    attempts integer NOT NULL DEFAULT 0,
    outcome text,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT inbox_delivery UNIQUE (organization_id, source_id, topic, delivery_id)
  );
  CREATE INDEX inbox_due ON inbox (organization_id, due_at) WHERE status = 'due';
  CREATE TABLE outbox (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    aggregate_id text COLLATE "C" NOT NULL,
    aggregate_version integer NOT NULL,
    type text NOT NULL,
    at timestamptz NOT NULL,
    data jsonb NOT NULL,
    status text NOT NULL DEFAULT 'due' CHECK (status IN ('due', 'dead')),
    due_at timestamptz NOT NULL DEFAULT now(),
    attempts integer NOT NULL DEFAULT 0,
    reason text,
    PRIMARY KEY (organization_id, aggregate_id, aggregate_version)
  );
  CREATE INDEX outbox_due ON outbox (organization_id, due_at) WHERE status = 'due';
  CREATE TABLE idempotency_keys (
    organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    scope text NOT NULL,
    key text NOT NULL,
    fingerprint text NOT NULL,
    claimed_at timestamptz NOT NULL DEFAULT now(),
    status integer,
    body text,
    resource text,
    PRIMARY KEY (organization_id, scope, key)
  );
  ${tenantPolicies(['inbox', 'outbox', 'idempotency_keys'])}
`;
