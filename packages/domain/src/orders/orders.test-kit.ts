import { LocationId, type Occasion, parseSku, type Shelf, type Sku } from '../inventory/index.js';
import type { Actor, IdSource } from '../kernel/index.js';
import type { DraftLine, OrderDraft } from './draft.js';
import { type Order, OrderId } from './order.js';
import { type OrderLine, OrderLineId } from './order-line.js';
import type { OrderStatus } from './status.js';

export const skuOf = (text: string): Sku => {
  const sku = parseSku(text);
  if (!sku.ok) throw new Error(`${text} is no SKU`);
  return sku.value;
};

export const now = new Date('2026-03-01T12:00:00Z');
export const ada: Actor = { kind: 'user', id: 'u1', name: 'Ada' };

/** Ids that say in which order they were made. */
export const countedIds = (): IdSource => {
  let made = 0;
  return { next: () => `id-${++made}` };
};

export const occasion = (): Occasion => ({ actor: ada, at: now, ids: countedIds() });

/** A shelf of one SKU at the location of that name. */
export const shelf = (sku: string, onHand: number, at = 'here'): Shelf => {
  const locationId = LocationId(at);
  return {
    level: { sku: skuOf(sku), locationId, onHand, reserved: 0, safetyStock: 0 },
    location: { id: locationId, priority: 1, active: true },
  };
};

export const draftLine = (sku: string | null, quantity: number, facts: Partial<DraftLine> = {}): DraftLine => ({
  sku,
  name: null,
  quantity,
  unitPriceMinor: 1_000,
  taxMinor: 0,
  discountMinor: 0,
  shipped: 0,
  cancelled: 0,
  external: null,
  ...facts,
});

export const draft = (lines: readonly DraftLine[], facts: Partial<OrderDraft> = {}): OrderDraft => ({
  source: { kind: 'api' },
  currency: 'EUR',
  customer: null,
  shippingAddress: null,
  billingAddress: null,
  lines,
  shippingMinor: 0,
  totals: null,
  paymentStatus: 'paid',
  paymentMethod: 'prepaid',
  tags: [],
  onShortage: 'reject',
  ...facts,
});

/** What a shop has sold already. */
export const shopsDraft = (lines: readonly DraftLine[], facts: Partial<OrderDraft> = {}): OrderDraft =>
  draft(lines, {
    source: { kind: 'channel', channelId: 'c1', externalId: '90071992547409931', externalNumber: '#1001', updatedAt: now },
    onShortage: 'backorder',
    ...facts,
  });

type Counts = Partial<
  Pick<OrderLine, 'pending' | 'reserved' | 'backordered' | 'shipped' | 'cancelled' | 'returning' | 'returned'>
>;

/** A line of a mug whose units stand where they are said to. */
export const lineOf = (counts: Counts): OrderLine => {
  const { pending = 0, reserved = 0, backordered = 0, shipped = 0, cancelled = 0, returning = 0, returned = 0 } = counts;
  return {
    id: OrderLineId('l1'),
    sku: skuOf('MUG'),
    components: null,
    name: 'Mug',
    ordered: pending + reserved + backordered + shipped + cancelled,
    pending,
    reserved,
    backordered,
    shipped,
    cancelled,
    returning,
    returned,
    unitPriceMinor: 1_000,
    taxMinor: 0,
    discountMinor: 0,
    external: null,
  };
};

export const orderIn = (status: OrderStatus, lines: readonly OrderLine[] = [lineOf({ reserved: 2 })]): Order => ({
  id: OrderId('o1'),
  number: '1001',
  source: { kind: 'api' },
  status,
  hold: status === 'onHold' ? 'manual' : null,
  currency: 'EUR',
  customer: null,
  shippingAddress: null,
  billingAddress: null,
  lines,
  totals: { subtotalMinor: 2_000, discountMinor: 0, taxMinor: 0, shippingMinor: 0, totalMinor: 2_000 },
  paymentStatus: 'paid',
  paymentMethod: 'prepaid',
  paidMinor: 2_000,
  refundedMinor: 0,
  paymentWindowMinutes: null,
  paymentExpired: false,
  tags: [],
  placedAt: now,
  purchases: 0,
  version: 1,
});
