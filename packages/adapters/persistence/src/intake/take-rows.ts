import { bug, type Digest, type LevelKey, levelKey, type Movement, type Placement, type Reservation } from '@rappit/domain';
import type { Columns, Row } from '../rows.js';
import type { ChainEnd } from '../scope.js';
import { link } from '../stores/chain.js';

/**
 * One row for each reservation with its movement, of which one tells nearly all of the other.
 * The last row of a level also says what becomes of the level: the units of all its rows, and how many rows they are.
 */
export const takeColumns: Columns = {
  id: 'uuid',
  order_id: 'uuid',
  order_line_id: 'uuid',
  sku: 'text',
  location_id: 'uuid',
  quantity: 'bigint',
  unit_quantity: 'bigint',
  expires_at: 'timestamptz',
  movement_id: 'uuid',
  number: 'bigint',
  on_hand_after: 'bigint',
  reserved_after: 'bigint',
  actor_kind: 'text',
  actor_id: 'text',
  previous_hash: 'text',
  hash: 'text',
  level_units: 'bigint',
  level_rows: 'bigint',
};

export type Takes = { readonly rows: readonly Row[]; readonly skus: readonly string[]; readonly levels: number };

/** What a batch takes, linked to the chains of its levels. */
export const takesOf = (placements: readonly Placement[], chains: Map<string, ChainEnd>, digest: Digest): Takes => {
  const rows: Row[] = [];
  const levels = new Map<LevelKey, { readonly last: number; readonly level_units: number; readonly level_rows: number }>();
  const skus = new Set<string>();
  for (const { stock } of placements) {
    for (const [index, movement] of stock.movements.entries()) {
      const { number, previousHash, hash } = link(movement, chains, digest);
      const key = levelKey(movement);
      const before = levels.get(key);
      const level_units = (before?.level_units ?? 0) + movement.reservedDelta;
      levels.set(key, { last: rows.length, level_units, level_rows: (before?.level_rows ?? 0) + 1 });
      skus.add(movement.sku);
      rows.push(Object.assign(fromTake(movement, stock.opened[index]), { number, previous_hash: previousHash, hash }));
    }
    if (stock.opened.length > stock.movements.length) bug('a reservation came without its movement');
  }
  for (const { last, ...level } of levels.values()) Object.assign(rows[last] ?? bug('a level has a last row'), level);
  return { rows, skus: [...skus], levels: levels.size };
};

/** A new order's stock is promised, and nothing else happens to it: the kind, the reference and the deltas follow. */
const fromTake = (movement: Movement, reservation: Reservation | undefined): Row => {
  const { sku, locationId, actor, reference } = movement;
  if (
    movement.kind !== 'reserve' ||
    movement.onHandDelta !== 0 ||
    movement.reservedDelta !== reservation?.quantity ||
    sku !== reservation.sku ||
    locationId !== reservation.locationId ||
    reference?.id !== reservation.orderId
  )
    return bug(`the ${movement.kind} of ${sku} doesn't belong to a reservation`);
  return {
    id: reservation.id,
    order_id: reservation.orderId,
    order_line_id: reservation.orderLineId,
    sku,
    location_id: locationId,
    quantity: reservation.quantity,
    unit_quantity: reservation.unitQuantity,
    expires_at: reservation.expiresAt,
    movement_id: movement.id,
    on_hand_after: movement.onHandAfter,
    reserved_after: movement.reservedAfter,
    actor_kind: actor.kind,
    actor_id: actor.id,
  };
};
