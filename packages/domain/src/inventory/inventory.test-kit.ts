import type { IdSource } from '../kernel/index.js';
import type { Shelf } from './level.js';
import { LocationId } from './location.js';
import { type Reservation, ReservationId } from './reservation.js';
import { parseSku, type Sku } from './sku.js';
import type { Occasion } from './stock-change.js';

export const skuOf = (text: string): Sku => {
  const sku = parseSku(text);
  if (!sku.ok) throw new Error(`${text} is no SKU`);
  return sku.value;
};

export const MUG = skuOf('MUG');
export const PLATE = skuOf('PLATE');
export const here = LocationId('here');
export const there = LocationId('there');

/** Ids that say in which order they were made. */
export const countedIds = (): IdSource => {
  let made = 0;
  return { next: () => `id-${++made}` };
};

export const occasion = (): Occasion => ({
  actor: { kind: 'user', id: 'u1', name: 'Ada' },
  at: new Date('2026-03-01T12:00:00Z'),
  ids: countedIds(),
});

type ShelfFacts = {
  readonly sku?: Sku;
  readonly at?: LocationId;
  readonly onHand?: number;
  readonly reserved?: number;
  readonly safetyStock?: number;
  readonly priority?: number;
  readonly active?: boolean;
};

/** Ten mugs here, unless told otherwise. */
export const shelf = (facts: ShelfFacts = {}): Shelf => {
  const { sku = MUG, at = here, onHand = 10, reserved = 0, safetyStock = 0, priority = 1, active = true } = facts;
  return { level: { sku, locationId: at, onHand, reserved, safetyStock }, location: { id: at, priority, active } };
};

/** One open mug of line l1 of order o1, here, unless told otherwise. */
export const reservation = (facts: Partial<Reservation> & { readonly quantity: number }): Reservation => ({
  id: ReservationId('r1'),
  orderId: 'o1',
  orderLineId: 'l1',
  sku: MUG,
  locationId: here,
  unitQuantity: null,
  status: 'open',
  shipmentId: null,
  expiresAt: null,
  createdAt: new Date('2026-03-01T10:00:00Z'),
  endedAt: null,
  ...facts,
});
