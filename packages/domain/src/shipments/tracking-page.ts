import { err, type OrganizationId, ok, type Result, type UnitOfWork } from '../kernel/index.js';
import type { Carriers } from './carriers.port.js';
import type { KeptScan } from './follow.js';
import { inSequence } from './journey.js';
import type { Shipment, ShipmentId, ShipmentNotFound } from './shipment.js';
import type { ShipmentStores } from './stores.port.js';
import { mayTrackAt } from './track-when.js';

/** What can be told of where a shipment is. */
export type TrackingPage = {
  readonly shipment: Shipment;
  /** Newest first; of very many the newest. */
  readonly scans: readonly KeptScan[];
  /** Where anybody can look, at the carrier's; null where there is no such page. */
  readonly page: string | null;
  /** When the carrier may be asked again; null is now. */
  readonly mayTrackAt: Date | null;
};

export type FindTracking = (organizationId: OrganizationId, id: ShipmentId) => Promise<Result<TrackingPage, ShipmentNotFound>>;

const MAX_SHOWN = 500;

type Deps = { readonly unitOfWork: UnitOfWork<ShipmentStores>; readonly carriers: Carriers };

/** Where a shipment is, as far as its carrier has said. Nobody is asked. */
export const findTracking =
  ({ unitOfWork, carriers }: Deps): FindTracking =>
  async (organizationId, id) => {
    const found = await unitOfWork.read(organizationId, async ({ shipments, now }) => {
      const shipment = await shipments.find(id);
      return shipment && { shipment, now, scans: await shipments.scansOf([id]) };
    });
    if (!found) return err({ code: 'shipment.not_found' });
    const { shipment, now, scans } = found;
    const carrier = await carriers.find(organizationId, shipment);
    const again = carrier ? mayTrackAt(shipment, carrier.supports) : null;
    return ok({
      shipment,
      scans: inSequence(scans).toReversed().slice(0, MAX_SHOWN),
      page: shipment.trackingNumber === null ? null : (carrier?.trackingPage(shipment.trackingNumber) ?? null),
      mayTrackAt: again && again > now ? again : null,
    });
  };
