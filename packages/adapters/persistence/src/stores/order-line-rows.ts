import type { Order, OrderLine } from '@rappit/domain';
import type { Columns, Row } from '../rows.js';

export const lineColumns: Columns = {
  order_id: 'uuid',
  id: 'uuid',
  position: 'integer',
  sku: 'text',
  components: 'jsonb',
  name: 'text',
  ordered: 'bigint',
  pending: 'bigint',
  reserved: 'bigint',
  backordered: 'bigint',
  shipped: 'bigint',
  cancelled: 'bigint',
  unit_price_minor: 'bigint',
  tax_minor: 'bigint',
  discount_minor: 'bigint',
  external: 'jsonb',
};

/** With what is counted only after an order was placed: a new line has no returns. */
export const changedLineColumns: Columns = { ...lineColumns, on_returns: 'bigint', returned: 'bigint' };

export const fromLines = (order: Order): readonly Row[] =>
  order.lines.map((line, position) => ({
    order_id: order.id,
    id: line.id,
    position,
    sku: line.sku,
    components: line.components,
    name: line.name,
    ordered: line.ordered,
    pending: line.pending,
    reserved: line.reserved,
    backordered: line.backordered,
    shipped: line.shipped,
    cancelled: line.cancelled,
    on_returns: line.returning,
    returned: line.returned,
    unit_price_minor: line.unitPriceMinor,
    tax_minor: line.taxMinor,
    discount_minor: line.discountMinor,
    external: line.external,
  }));

export type LineRow = Omit<OrderLine, 'returning' | 'unitPriceMinor' | 'taxMinor' | 'discountMinor'> & {
  order_id: string;
  on_returns: number;
  unit_price_minor: number;
  tax_minor: number;
  discount_minor: number;
};

export const toLine = (row: LineRow): OrderLine => ({
  id: row.id,
  sku: row.sku,
  components: row.components,
  name: row.name,
  ordered: row.ordered,
  pending: row.pending,
  reserved: row.reserved,
  backordered: row.backordered,
  shipped: row.shipped,
  cancelled: row.cancelled,
  returning: row.on_returns,
  returned: row.returned,
  unitPriceMinor: row.unit_price_minor,
  taxMinor: row.tax_minor,
  discountMinor: row.discount_minor,
  external: row.external,
});
