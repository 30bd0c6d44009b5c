import { tenantPolicies } from './tenant-table.js';

/**
 * Returns, and on each order line what is to come back and what came back. `order_lines_returns` is the second net under the lock of the
 * order: over all returns never more than was shipped, whoever writes. A version that knows nothing of returns leaves both counts alone.
 */
export const returns = `
  ALTER TABLE order_lines
    ADD COLUMN on_returns bigint NOT NULL DEFAULT 0,
    ADD COLUMN returned bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT order_lines_returns CHECK (least(on_returns, returned) >= 0 AND on_returns + returned <= shipped);
  CREATE TABLE returns (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    number text NOT NULL,
    status text NOT NULL CHECK (status IN ('requested', 'authorised', 'partlyReceived', 'received', 'rejected', 'cancelled')),
    lines json NOT NULL,
    note text,
    refunded_minor bigint NOT NULL CHECK (refunded_minor >= 0),
    requested_at timestamptz NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT returns_number UNIQUE (organization_id, number),
    FOREIGN KEY (organization_id, order_id) REFERENCES orders (organization_id, id) ON DELETE CASCADE
  );
  CREATE INDEX returns_order ON returns (organization_id, order_id, id);
  CREATE INDEX returns_status ON returns (organization_id, status, id);
  ${tenantPolicies(['returns'])}
`;
