import { tenantPolicies } from './tenant-table.js';

/**
 * Kits, and promises that lapse when no payment comes. `kit_waits` names what each waiting line of kits needs, so that it is found by
 * its parts: a row for each component, there while the line waits.
 */
export const kitsAndExpiry = `
  ALTER TABLE items ADD COLUMN components jsonb;
  ALTER TABLE orders ADD COLUMN payment_window_minutes integer, ADD COLUMN payment_expired boolean NOT NULL DEFAULT false;
  ALTER TABLE order_lines ADD COLUMN components jsonb;
  ALTER TABLE reservations ADD COLUMN unit_quantity bigint CHECK (quantity % unit_quantity = 0);
  CREATE INDEX reservations_unpaid ON reservations (organization_id, sku, expires_at) WHERE status = 'open' AND expires_at IS NOT NULL;
  CREATE INDEX reservations_kits ON reservations (organization_id, sku) WHERE status = 'open' AND unit_quantity IS NOT NULL;
  CREATE TABLE kit_waits (
    organization_id uuid NOT NULL,
    order_id uuid NOT NULL,
    order_line_id uuid NOT NULL,
    sku text COLLATE "C" NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (organization_id, order_id, order_line_id, sku)
  );
  CREATE INDEX kit_waits_sku ON kit_waits (organization_id, sku);
  ${tenantPolicies(['kit_waits'])}
`;
