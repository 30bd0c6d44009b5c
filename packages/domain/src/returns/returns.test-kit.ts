import { parseSku, type Sku } from '../inventory/index.js';
import { OrderId, type OrderLine, OrderLineId } from '../orders/index.js';
import { type Return, ReturnId, type ReturnLine, type ReturnPart, type ReturnStatus } from './return.js';

export const skuOf = (text: string): Sku => {
  const sku = parseSku(text);
  if (!sku.ok) throw new Error(`${text} is no SKU`);
  return sku.value;
};

/** An order line of so many mugs, all of them shipped. */
export const shippedLine = (id: string, shipped: number, facts: Partial<OrderLine> = {}): OrderLine => ({
  id: OrderLineId(id),
  sku: skuOf('MUG'),
  components: null,
  name: 'Mug',
  ordered: shipped,
  pending: 0,
  reserved: 0,
  backordered: 0,
  shipped,
  cancelled: 0,
  returning: 0,
  returned: 0,
  unitPriceMinor: 1_000,
  taxMinor: 0,
  discountMinor: 0,
  external: null,
  ...facts,
});

export const part = (sku: string, quantity: number, came: Partial<ReturnPart> = {}): ReturnPart => ({
  sku: skuOf(sku),
  quantity,
  sellable: 0,
  damaged: 0,
  ...came,
});

/** So many units of the order line of that name; of one part, unless others are given. */
export const returnLine = (
  id: string,
  quantity: number,
  parts: readonly ReturnPart[] = [part('MUG', 1)],
  facts: Partial<ReturnLine> = {},
): ReturnLine => ({
  orderLineId: OrderLineId(id),
  sku: parts.length === 1 && parts[0] ? parts[0].sku : skuOf('KIT'),
  quantity,
  cancelled: 0,
  reason: 'doesNotFit',
  parts,
  ...facts,
});

export const returnIn = (status: ReturnStatus, lines: readonly ReturnLine[] = [returnLine('l1', 2)]): Return => ({
  id: ReturnId('r1'),
  orderId: OrderId('o1'),
  number: '1001-R1',
  status,
  lines,
  note: null,
  refundedMinor: 0,
  requestedAt: new Date('2026-03-01T12:00:00Z'),
  version: 3,
});
