import type { OrganizationId, Result, RunRefusal } from '../kernel/index.js';
import type { PlacementRefused, PlacementRequest } from './decide-placements.js';
import type { OrderInvalid } from './draft.js';
import type { Order, OrderId } from './order.js';

/** The shop's order is here already. Nothing was changed. */
export type AlreadyPlaced = { readonly code: 'order.already_placed'; readonly orderId: OrderId };

export type IntakeRefused = PlacementRefused | OrderInvalid | AlreadyPlaced | RunRefusal;

/**
 * The hot path: places a batch of orders of one organization in one transaction, deciding by the `DecidePlacements` it was made with.
 * - Idempotency keys and external ids are claimed first, then the levels are locked in one order, then all is decided, then written at once.
 * - Answers one result for each request, in their order; one order's refusal or fault never touches another.
 * - What it answered with success is stored, with its reservations, ledger, timeline and events.
 */
export type OrderIntake = {
  readonly place: (
    organizationId: OrganizationId,
    requests: readonly PlacementRequest[],
  ) => Promise<readonly Result<Order, IntakeRefused>[]>;
};
