import { type Actor, bug, type IdSource } from '../kernel/index.js';
import { isSound, type LevelKey, levelKey, type StockLevel } from './level.js';
import type { LocationId } from './location.js';
import { type Movement, MovementId, type MovementKind, type Reference } from './movement.js';
import type { Exit, Reservation, ReservationId } from './reservation.js';
import type { Sku } from './sku.js';

/** A reservation leaving `open`, whole. */
export type ReservationExit = { readonly id: ReservationId; readonly quantity: number; readonly to: Exit; readonly at: Date };

/** A part of an open reservation becoming a reservation of its own, open too. `of` is the quantity before. */
export type ReservationSplit = { readonly id: ReservationId; readonly of: number; readonly off: Reservation };

/** An open reservation given to a shipment that is being bought, or (null) handed back. */
export type ReservationPin = { readonly id: ReservationId; readonly shipmentId: string | null };

/** An open reservation whose payment came: it expires no more. */
export type ReservationKeep = { readonly id: ReservationId };

/** Everything that a decision does to stock. Applied whole or not at all, in this order. */
export type StockChange = {
  readonly splits: readonly ReservationSplit[];
  readonly pins: readonly ReservationPin[];
  readonly keeps: readonly ReservationKeep[];
  readonly exits: readonly ReservationExit[];
  readonly opened: readonly Reservation[];
  readonly movements: readonly Movement[];
};

export const noChange: StockChange = { splits: [], pins: [], keeps: [], exits: [], opened: [], movements: [] };

/** One change after another as one. */
export const together = (changes: readonly StockChange[]): StockChange => ({
  splits: changes.flatMap((change) => change.splits),
  pins: changes.flatMap((change) => change.pins),
  keeps: changes.flatMap((change) => change.keeps),
  exits: changes.flatMap((change) => change.exits),
  opened: changes.flatMap((change) => change.opened),
  movements: changes.flatMap((change) => change.movements),
});

/** Who does something, when, why, and on account of what: the same for all movements of one decision. */
export type Occasion = { readonly actor: Actor; readonly at: Date; readonly ids: IdSource };

export type Move = {
  readonly kind: MovementKind;
  readonly sku: Sku;
  readonly locationId: LocationId;
  readonly onHandDelta: number;
  readonly reservedDelta: number;
  readonly reason: string | null;
  readonly reference: Reference | null;
};

/** Levels as they stand while a decision is made on them, and the movements that brought them there. */
export type Books = {
  readonly level: (at: { readonly sku: Sku; readonly locationId: LocationId }) => StockLevel;
  readonly levels: () => readonly StockLevel[];
  /** Books a movement; one that would break I1 is a bug of the decision, and stops it. */
  readonly move: (occasion: Occasion, move: Move) => Movement;
};

export const openBooks = (levels: readonly StockLevel[]): Books => {
  const current = new Map<LevelKey, StockLevel>(levels.map((level) => [levelKey(level), level]));
  const at = (where: { readonly sku: Sku; readonly locationId: LocationId }): StockLevel =>
    current.get(levelKey(where)) ?? bug(`no level of ${where.sku} at ${where.locationId} was locked`);
  return {
    level: at,
    levels: () => [...current.values()],
    move: (occasion, move) => {
      const { kind, sku, locationId, onHandDelta, reservedDelta, reason, reference } = move;
      const { onHand, reserved, safetyStock } = at(move);
      const after = { sku, locationId, onHand: onHand + onHandDelta, reserved: reserved + reservedDelta, safetyStock };
      if (!isSound(after)) bug(`I1: ${kind} of ${sku} would leave ${after.reserved} reserved of ${after.onHand} on hand`);
      current.set(levelKey(move), after);
      const { actor, at: when, ids } = occasion;
      // Field by field: this runs for each line of each order, and copying by spread takes four times as long.
      return {
        id: MovementId(ids.next()),
        kind,
        sku,
        locationId,
        onHandDelta,
        reservedDelta,
        reason,
        reference,
        onHandAfter: after.onHand,
        reservedAfter: after.reserved,
        actor: { kind: actor.kind, id: actor.id },
        at: when,
      };
    },
  };
};
