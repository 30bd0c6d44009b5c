import type { ChainLink, LedgerEntry, Movement, Reservation, StockLevel } from '@rappit/domain';
import type { Columns, Row } from '../rows.js';

export type LevelRow = {
  sku: StockLevel['sku'];
  location_id: StockLevel['locationId'];
  on_hand: number;
  reserved: number;
  safety_stock: number;
};

export const toLevel = (row: LevelRow): StockLevel => ({
  sku: row.sku,
  locationId: row.location_id,
  onHand: row.on_hand,
  reserved: row.reserved,
  safetyStock: row.safety_stock,
});

export const reservationColumns: Columns = {
  id: 'uuid',
  order_id: 'uuid',
  order_line_id: 'uuid',
  sku: 'text',
  location_id: 'uuid',
  quantity: 'bigint',
  unit_quantity: 'bigint',
  status: 'text',
  shipment_id: 'uuid',
  expires_at: 'timestamptz',
  created_at: 'timestamptz',
  ended_at: 'timestamptz',
};

export const fromReservation = (one: Reservation): Row => ({
  id: one.id,
  order_id: one.orderId,
  order_line_id: one.orderLineId,
  sku: one.sku,
  location_id: one.locationId,
  quantity: one.quantity,
  unit_quantity: one.unitQuantity,
  status: one.status,
  shipment_id: one.shipmentId,
  expires_at: one.expiresAt,
  created_at: one.createdAt,
  ended_at: one.endedAt,
});

export type ReservationRow = {
  id: Reservation['id'];
  order_id: string;
  order_line_id: string;
  sku: Reservation['sku'];
  location_id: Reservation['locationId'];
  quantity: number;
  unit_quantity: number | null;
  status: Reservation['status'];
  shipment_id: string | null;
  expires_at: Date | null;
  created_at: Date;
  ended_at: Date | null;
};

export const toReservation = (row: ReservationRow): Reservation => ({
  id: row.id,
  orderId: row.order_id,
  orderLineId: row.order_line_id,
  sku: row.sku,
  locationId: row.location_id,
  quantity: row.quantity,
  unitQuantity: row.unit_quantity,
  status: row.status,
  shipmentId: row.shipment_id,
  expiresAt: row.expires_at,
  createdAt: row.created_at,
  endedAt: row.ended_at,
});

export const movementColumns: Columns = {
  sku: 'text',
  location_id: 'uuid',
  number: 'bigint',
  id: 'uuid',
  kind: 'text',
  on_hand_delta: 'bigint',
  reserved_delta: 'bigint',
  on_hand_after: 'bigint',
  reserved_after: 'bigint',
  reason: 'text',
  reference_kind: 'text',
  reference_id: 'text',
  actor_kind: 'text',
  actor_id: 'text',
  at: 'timestamptz',
  previous_hash: 'text',
  hash: 'text',
};

export const fromMovement = (movement: Movement, link: ChainLink): Row => ({
  sku: movement.sku,
  location_id: movement.locationId,
  number: link.number,
  id: movement.id,
  kind: movement.kind,
  on_hand_delta: movement.onHandDelta,
  reserved_delta: movement.reservedDelta,
  on_hand_after: movement.onHandAfter,
  reserved_after: movement.reservedAfter,
  reason: movement.reason,
  reference_kind: movement.reference?.kind ?? null,
  reference_id: movement.reference?.id ?? null,
  actor_kind: movement.actor.kind,
  actor_id: movement.actor.id,
  at: movement.at,
  previous_hash: link.previousHash,
  hash: link.hash,
});

export type MovementRow = {
  sku: Movement['sku'];
  location_id: Movement['locationId'];
  number: number;
  id: Movement['id'];
  kind: Movement['kind'];
  on_hand_delta: number;
  reserved_delta: number;
  on_hand_after: number;
  reserved_after: number;
  reason: string | null;
  reference_kind: NonNullable<Movement['reference']>['kind'] | null;
  reference_id: string | null;
  actor_kind: Movement['actor']['kind'];
  actor_id: string;
  at: Date;
  previous_hash: string;
  hash: string;
};

export const toLedgerEntry = (row: MovementRow): LedgerEntry => ({
  id: row.id,
  kind: row.kind,
  sku: row.sku,
  locationId: row.location_id,
  onHandDelta: row.on_hand_delta,
  reservedDelta: row.reserved_delta,
  onHandAfter: row.on_hand_after,
  reservedAfter: row.reserved_after,
  reason: row.reason,
  reference: row.reference_kind && row.reference_id !== null ? { kind: row.reference_kind, id: row.reference_id } : null,
  actor: { kind: row.actor_kind, id: row.actor_id },
  at: row.at,
  number: row.number,
  previousHash: row.previous_hash,
  hash: row.hash,
});
