import { type Caller, err, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import { type AuditStores, auditEntry } from '../tenancy/index.js';
import type { PickupNotFound } from './book-pickup.js';
import { evolvePickup, type PickupBooking, type PickupBookingId, standingPickup } from './pickup-booking.js';
import type { PickupStores } from './pickups.port.js';

type Deps = { readonly unitOfWork: UnitOfWork<PickupStores & AuditStores>; readonly ids: IdSource };

/**
 * What the carrier said when somebody asked it by telephone: the number that it comes under, and which of its places sends somebody where it
 * said that; or why nobody comes.
 */
export type PickupFoundOut = { readonly confirmation: string; readonly station: string | null } | { readonly reason: string };

/** It is known already what became of it. */
export type PickupSettled = { readonly code: 'pickup.settled'; readonly status: PickupBooking['status'] };
export type SettlePickupRefused = PickupNotFound | PickupSettled | RunRefusal;

/**
 * Ends that nobody knows whether a pickup was booked, by what a person found out. Its shipments may be picked up by another one where nobody
 * comes; one that is booked can be cancelled by its number, and FedEx Express wants the station too.
 */
export const settlePickup =
  ({ unitOfWork, ids }: Deps) =>
  (caller: Caller, id: PickupBookingId, found: PickupFoundOut): Promise<Result<PickupBooking, SettlePickupRefused>> =>
    unitOfWork.run<PickupBooking, SettlePickupRefused>(
      caller.organizationId,
      async ({ pickups, audit, now }) => {
        const pickup = await pickups.lock(id);
        if (!pickup) return err({ code: 'pickup.not_found' });
        const { status } = standingPickup(pickup, now);
        if (status !== 'unknown') return err({ code: 'pickup.settled', status });
        const settled = evolvePickup(
          pickup,
          'confirmation' in found
            ? { status: 'booked', confirmation: found.confirmation, station: found.station, refusal: null }
            : { status: 'refused', refusal: { code: 'carrier.refused', message: found.reason, path: null } },
        );
        await pickups.save(settled);
        const event = { kind: 'pickup.settled', targetId: id, facts: { to: settled.status } } as const;
        await audit.append([auditEntry({ caller, at: now, ids }, event)]);
        return ok(settled);
      },
      caller.once,
    );
