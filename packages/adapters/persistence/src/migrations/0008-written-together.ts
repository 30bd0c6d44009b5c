/**
 * Foreign keys between rows that one transaction writes together, each counted before its commit, and whose target is never removed:
 * a third of what placing an order cost PostgreSQL (docs/adr/0010). Those to what a placement only refers to stay.
 */
export const writtenTogether = `
  ALTER TABLE order_lines DROP CONSTRAINT order_lines_organization_id_order_id_fkey;
  ALTER TABLE order_timeline DROP CONSTRAINT order_timeline_organization_id_order_id_fkey;
  ALTER TABLE order_allocations DROP CONSTRAINT order_allocations_organization_id_order_id_fkey;
  ALTER TABLE reservations DROP CONSTRAINT reservations_organization_id_order_id_order_line_id_fkey;
  ALTER TABLE reservations DROP CONSTRAINT reservations_organization_id_sku_location_id_fkey;
  ALTER TABLE movements DROP CONSTRAINT movements_organization_id_sku_location_id_fkey;
  ALTER TABLE outbox DROP CONSTRAINT outbox_organization_id_fkey;
  ALTER TABLE idempotency_keys DROP CONSTRAINT idempotency_keys_organization_id_fkey;
`;
