import { err, type OrganizationId, ok, type Result, type UnitOfWork } from '../kernel/index.js';
import type { CarrierRefused, CarrierUnauthorized, CarrierUnavailable, CarrierUnsupported } from './carrier.port.js';
import type { Carriers, CarrierUnknown } from './carriers.port.js';
import type { ShipmentDocument } from './label.js';
import type { Shipment, ShipmentId, ShipmentNotFound, ShipmentStatus } from './shipment.js';
import type { ShipmentStores } from './stores.port.js';
import { unsupported } from './unsupported.js';

/** Not all of its parcels were delivered, as far as the carrier has said. */
export type NotDelivered = { readonly code: 'shipment.not_delivered'; readonly status: ShipmentStatus };
/** The carrier has no paper of the delivery, or not yet. */
export type ProofNotFound = { readonly code: 'shipment.proof_not_found' };

/** What the carrier has of a delivery: one paper at least. */
export type ProofOfDelivery = {
  readonly shipment: Shipment;
  readonly papers: readonly [ShipmentDocument, ...ShipmentDocument[]];
};
export type ProveRefused =
  | ShipmentNotFound
  | NotDelivered
  | ProofNotFound
  | CarrierUnknown
  | CarrierRefused
  | CarrierUnavailable
  | CarrierUnauthorized
  | CarrierUnsupported;
export type ProveDelivery = (organizationId: OrganizationId, id: ShipmentId) => Promise<Result<ProofOfDelivery, ProveRefused>>;

type Deps = { readonly unitOfWork: Pick<UnitOfWork<ShipmentStores>, 'read'>; readonly carriers: Pick<Carriers, 'find'> };

/**
 * Asks the carrier for the papers of a delivery, on the account that the shipment was bought on. They are kept by the carrier and not by us,
 * so that each question asks it anew; of what wasn't delivered it isn't asked.
 */
export const proveDelivery =
  ({ unitOfWork, carriers }: Deps): ProveDelivery =>
  async (organizationId, id) => {
    const shipment = await unitOfWork.read(organizationId, ({ shipments }) => shipments.find(id));
    if (!shipment) return err({ code: 'shipment.not_found' });
    const { status, trackingNumber } = shipment;
    if (status !== 'delivered' || trackingNumber === null) return err({ code: 'shipment.not_delivered', status });
    const carrier = await carriers.find(organizationId, shipment);
    if (!carrier) return err({ code: 'carrier.unknown' });
    if (!carrier.supports.proofOfDelivery) return unsupported('proofs of delivery');
    const answer = await carrier.proofOfDelivery(trackingNumber);
    if (!answer.ok) return err(answer.error.code === 'carrier.refused' ? { ...answer.error, path: null } : answer.error);
    const [first, ...others] = answer.value;
    return first ? ok({ shipment, papers: [first, ...others] }) : err({ code: 'shipment.proof_not_found' });
  };
