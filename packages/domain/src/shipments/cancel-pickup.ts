import { bug, type Caller, err, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import { type PickupNotFound, refusalOf } from './book-pickup.js';
import type { Carriers, CarrierUnknown } from './carriers.port.js';
import { confirmedPickup, evolvePickup, type PickupBooking, type PickupBookingId, standingPickup } from './pickup-booking.js';
import type { PickupStores } from './pickups.port.js';
import { renamed } from './request-paths.js';
import type { ShipmentStores } from './stores.port.js';
import { type NotDone, notDone } from './void-label.js';

type Deps = { readonly unitOfWork: UnitOfWork<ShipmentStores & PickupStores>; readonly carriers: Carriers };

/** Nobody knows whether the carrier has booked it, or it never did: there is nothing to cancel by. */
export type PickupUnconfirmed = { readonly code: 'pickup.unconfirmed'; readonly status: PickupBooking['status'] };

export type CancelPickupRefused = PickupNotFound | PickupUnconfirmed | CarrierUnknown | NotDone | RunRefusal;

/**
 * Cancels a pickup at its carrier. One that is cancelled is answered as it is, and where the answer was lost the pickup is `cancelling`
 * until somebody asks again, which does no harm.
 */
export const cancelPickup =
  ({ unitOfWork, carriers }: Deps) =>
  async ({ organizationId }: Caller, id: PickupBookingId): Promise<Result<PickupBooking, CancelPickupRefused>> => {
    const begun = await unitOfWork.run<PickupBooking, CancelPickupRefused>(organizationId, async ({ pickups, now }) => {
      const pickup = await pickups.lock(id);
      if (!pickup) return err({ code: 'pickup.not_found' });
      const { status } = standingPickup(pickup, now);
      if (status === 'cancelled' || status === 'cancelling') return ok(pickup);
      if (status !== 'booked') return err({ code: 'pickup.unconfirmed', status });
      const cancelling = evolvePickup(pickup, { status: 'cancelling', askedAt: now });
      await pickups.save(cancelling);
      return ok(cancelling);
    });
    if (!begun.ok || begun.value.status === 'cancelled') return begun;
    const carrier = await carriers.find(organizationId, begun.value);
    if (!carrier) return err({ code: 'carrier.unknown' });
    const answer = await carrier.cancelPickup(confirmedPickup(begun.value) ?? bug('what is cancelled was confirmed'));
    const settled = await unitOfWork.run<PickupBooking, CancelPickupRefused>(organizationId, async ({ pickups }) => {
      const pickup = await pickups.lock(id);
      if (!pickup) return err({ code: 'pickup.not_found' });
      if (pickup.status !== 'cancelling') return ok(pickup);
      const after = answer.ok
        ? evolvePickup(pickup, { status: 'cancelled', refusal: null })
        : evolvePickup(pickup, {
            status: answer.error.code === 'carrier.refused' ? 'booked' : 'cancelling',
            refusal: refusalOf(renamed(answer.error, () => null)),
          });
      await pickups.save(after);
      return ok(after);
    });
    if (!settled.ok || settled.value.status === 'cancelled' || answer.ok) return settled;
    return err(notDone(answer.error));
  };
