import type { Page, PageRequest } from '../kernel/index.js';
import type { PickupBooking, PickupBookingId } from './pickup-booking.js';
import type { ShipmentId } from './shipment.js';

/**
 * Pickups of one organization.
 * - `save` is conditional on the version before, and throws when somebody else has changed the pickup meanwhile.
 */
export type PickupStore = {
  readonly find: (id: PickupBookingId) => Promise<PickupBooking | undefined>;
  readonly lock: (id: PickupBookingId) => Promise<PickupBooking | undefined>;
  readonly save: (pickup: PickupBooking) => Promise<void>;
  /** Those for any of the shipments with which somebody comes, or may come (`openPickupStatuses`), the oldest first. */
  readonly openFor: (shipmentIds: readonly ShipmentId[]) => Promise<readonly PickupBooking[]>;
  /** Newest first. */
  readonly list: (page: PageRequest) => Promise<Page<PickupBooking>>;
};

export type PickupStores = { readonly pickups: PickupStore };
