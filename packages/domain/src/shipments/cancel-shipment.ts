import type { Occasion } from '../inventory/index.js';
import { type Caller, err, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import { lockOrder, type OrderNotFound } from '../orders/index.js';
import type { Carrier } from './carrier.port.js';
import type { Carriers, CarrierUnknown } from './carriers.port.js';
import {
  evolveShipment,
  nextLookUp,
  type Shipment,
  ShipmentId,
  type ShipmentInvalidTransition,
  type ShipmentNotFound,
  type ShipmentOnReturn,
} from './shipment.js';
import type { ShipmentStores } from './stores.port.js';
import { beginUndoing, type Undoing, undo } from './undo-shipment.js';
import { type NotDone, voidLabel } from './void-label.js';

type Deps = { readonly unitOfWork: UnitOfWork<ShipmentStores>; readonly ids: IdSource; readonly carriers: Carriers };

export type CancelShipmentRefused =
  | ShipmentNotFound
  | ShipmentInvalidTransition
  | ShipmentOnReturn
  | OrderNotFound
  | CarrierUnknown
  | NotDone
  | RunRefusal;
export type CancelShipment = (caller: Caller, id: ShipmentId) => Promise<Result<Shipment, CancelShipmentRefused>>;

/** What is said of a label that its carrier can't take back. */
export const MAY_STILL_BILL = "This carrier can't take labels back: it may still bill this one.";

/**
 * Cancels a shipment that nobody has picked up. One that is cancelled is answered as it is, so that asking again is safe.
 * - A label goes back to its carrier first, where it takes labels back: that it was asked is written down before it is, and where its
 *   answer is lost the shipment stays `labelled`, with `voidAskedAt`, until somebody asks again (`lookUpPurchases` does).
 * - Elsewhere cancelling is ours alone, and a warning says that the carrier may still bill.
 * - Its units are reserved for the same lines again. A purchase that may have happened can't be cancelled before it is settled.
 */
export const cancelShipment =
  (deps: Deps): CancelShipment =>
  async (caller, id) => {
    const { organizationId } = caller;
    const seen = await deps.unitOfWork.read(organizationId, ({ shipments }) => shipments.find(id));
    if (!seen) return err({ code: 'shipment.not_found' });
    const carrier = await deps.carriers.find(organizationId, seen);
    const begun = await deps.unitOfWork.run<Begun, CancelShipmentRefused>(
      organizationId,
      (stores) => begin(stores, { actor: caller.actor, at: stores.now, ids: deps.ids }, { seen, carrier }),
      caller.once,
    );
    if (!begun.ok) {
      const { error } = begun;
      const again = error.code === 'idempotency.replayed' && error.answer.resource !== null;
      return again ? cancelShipment(deps)({ organizationId, actor: caller.actor }, ShipmentId(error.answer.resource)) : begun;
    }
    const { shipment, askedBefore } = begun.value;
    return shipment.status === 'labelled' && carrier ? voidLabel(deps)(caller, { shipment, carrier, askedBefore }) : ok(shipment);
  };

type Stores = ShipmentStores & { readonly now: Date };
type Begun = { readonly shipment: Shipment; readonly askedBefore: boolean };
type Seen = { readonly seen: Shipment; readonly carrier: Carrier | undefined };

/** Cancels what can be cancelled without its carrier, and writes down of the rest that the carrier will be asked. */
const begin = async (
  stores: Stores,
  occasion: Occasion,
  { seen, carrier }: Seen,
): Promise<Result<Begun, CancelShipmentRefused>> => {
  const locked = await lockOrder(stores, seen.orderId);
  if (!locked.ok) return locked;
  const shipment = await stores.shipments.lock(seen.id);
  if (!shipment) return err({ code: 'shipment.not_found' });
  const { status } = shipment;
  if (status === 'cancelled') return ok({ shipment, askedBefore: false });
  if (status !== 'draft' && status !== 'labelled') return err({ code: 'shipment.invalid_transition', status });
  const mine = await beginUndoing(stores, locked.value, shipment);
  if (!mine.ok) return mine;
  if (status === 'labelled' && !carrier) return err({ code: 'carrier.unknown' });
  return status === 'labelled' && carrier?.supports.voidLabel
    ? askBack(stores, mine.value)
    : ok({ shipment: await undo(stores, occasion, mine.value, status === 'draft' ? [] : [MAY_STILL_BILL]), askedBefore: false });
};

const askBack = async ({ shipments, now }: Stores, { shipment }: Undoing): Promise<Result<Begun, never>> => {
  const asking = { ...shipment, voidAskedAt: shipment.voidAskedAt ?? now };
  const asked = evolveShipment(shipment, { voidAskedAt: asking.voidAskedAt, lookUpAt: nextLookUp(asking, now) });
  await shipments.save(asked);
  return ok({ shipment: asked, askedBefore: shipment.voidAskedAt !== null });
};
