import { bug } from '../kernel/index.js';
import { isSound, type LevelKey, levelKey, type StockLevel } from './level.js';
import type { Reservation, ReservationId } from './reservation.js';
import type { StockChange } from './stock-change.js';

/** All stock of one organization, as a value: the pure model that stores are compared with. */
export type Stock = {
  readonly levels: ReadonlyMap<LevelKey, StockLevel>;
  readonly reservations: ReadonlyMap<ReservationId, Reservation>;
};

export const emptyStock: Stock = { levels: new Map(), reservations: new Map() };

/**
 * Stock after a change. A change that would break I1 or I5, or that was decided on other balances, is a bug and stops.
 */
export const evolveStock = (stock: Stock, change: StockChange): Stock => {
  const reservations = new Map(stock.reservations);
  const open = (id: ReservationId, quantity?: number): Reservation => {
    const found = reservations.get(id);
    if (found?.status !== 'open' || (quantity !== undefined && found.quantity !== quantity))
      return bug(`I5: reservation ${id} isn't open with ${quantity} units`);
    return found;
  };
  const add = (reservation: Reservation): void => {
    if (reservations.has(reservation.id)) bug(`I5: there is a reservation ${reservation.id} already`);
    reservations.set(reservation.id, reservation);
  };
  for (const { id, of, off } of change.splits) {
    if (off.quantity < 1 || off.quantity >= of) bug(`a split of reservation ${id} leaves something on both sides`);
    reservations.set(id, { ...open(id, of), quantity: of - off.quantity });
    add(off);
  }
  for (const { id, shipmentId } of change.pins) reservations.set(id, { ...open(id), shipmentId });
  for (const { id } of change.keeps) reservations.set(id, { ...open(id), expiresAt: null });
  for (const { id, quantity, to, at } of change.exits) reservations.set(id, { ...open(id, quantity), status: to, endedAt: at });
  for (const reservation of change.opened) add(reservation);
  return { levels: movedLevels(stock, change), reservations };
};

const movedLevels = (stock: Stock, change: StockChange): ReadonlyMap<LevelKey, StockLevel> => {
  const levels = new Map(stock.levels);
  for (const movement of change.movements) {
    const key = levelKey(movement);
    const before = levels.get(key) ?? {
      sku: movement.sku,
      locationId: movement.locationId,
      onHand: 0,
      reserved: 0,
      safetyStock: 0,
    };
    const after = { ...before, onHand: before.onHand + movement.onHandDelta, reserved: before.reserved + movement.reservedDelta };
    if (!isSound(after)) bug(`I1: ${after.reserved} reserved of ${after.onHand} on hand of ${after.sku}`);
    if (after.onHand !== movement.onHandAfter || after.reserved !== movement.reservedAfter)
      bug(`I3: movement ${movement.id} was decided on other balances`);
    levels.set(key, after);
  }
  return levels;
};
