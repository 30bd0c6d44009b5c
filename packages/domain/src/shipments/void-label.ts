import { bug, type Caller, err, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import { advance, type LockedOrder, lockOrder, type OrderNotFound } from '../orders/index.js';
import type { Carrier, DoRefused } from './carrier.port.js';
import {
  evolveShipment,
  nextLookUp,
  type Shipment,
  type ShipmentId,
  type ShipmentInvalidTransition,
  type ShipmentNotFound,
  type ShipmentOnReturn,
} from './shipment.js';
import type { ShipmentStores } from './stores.port.js';
import { undo, undoing } from './undo-shipment.js';

/** What a carrier didn't do, or after an unknown outcome may have done, and of which shipment if of one. */
export type NotDone = {
  readonly code: DoRefused['code'];
  readonly message: string;
  readonly path: string | null;
  readonly shipmentId?: ShipmentId;
};

export const notDone = (refused: DoRefused, shipmentId?: ShipmentId): NotDone => ({
  code: refused.code,
  message: refused.message,
  path: refused.code === 'carrier.refused' ? refused.path : null,
  ...(shipmentId !== undefined && { shipmentId }),
});

/** A label that its carrier is asked to take back, and whether it had been asked before. */
export type AskedBack = { readonly shipment: Shipment; readonly carrier: Carrier; readonly askedBefore: boolean };

export type VoidRefused = ShipmentNotFound | ShipmentInvalidTransition | ShipmentOnReturn | OrderNotFound | NotDone | RunRefusal;
type Voided = Result<Shipment, VoidRefused>;
type Deps = { readonly unitOfWork: UnitOfWork<ShipmentStores>; readonly ids: IdSource };

/** Asks the carrier for a label back, and writes down what it says. Asking twice does no harm: the carrier's port promises it. */
export const voidLabel =
  (deps: Deps) =>
  async (caller: Caller, { shipment: asked, carrier, askedBefore }: AskedBack): Promise<Voided> => {
    const answer = await carrier.voidLabel(asked.trackingNumber ?? bug('a label has a number'));
    const settled = await deps.unitOfWork.run<Shipment, VoidRefused>(caller.organizationId, async (stores) => {
      const locked = await lockOrder(stores, asked.orderId);
      if (!locked.ok) return locked;
      const shipment = await stores.shipments.lock(asked.id);
      if (!shipment) return err({ code: 'shipment.not_found' });
      const { status } = shipment;
      if (status === 'cancelled') return ok(shipment);
      if (status !== 'labelled') return err({ code: 'shipment.invalid_transition', status });
      const occasion = { actor: caller.actor, at: stores.now, ids: deps.ids };
      if (!answer.ok)
        return ok(await keep(stores, { locked: locked.value, shipment, refused: answer.error, askedBefore, occasion }));
      const mine = await undoing(stores, locked.value, shipment);
      return mine.ok ? ok(await undo(stores, occasion, mine.value, [])) : mine;
    });
    if (!settled.ok || settled.value.status === 'cancelled' || answer.ok) return settled;
    return err(notDone(answer.error, asked.id));
  };

type Kept = {
  readonly locked: LockedOrder;
  readonly shipment: Shipment;
  readonly refused: DoRefused;
  readonly askedBefore: boolean;
  readonly occasion: Parameters<typeof undo>[1];
};

/**
 * The label stays. It counts as asked back no more when the carrier said no, or certainly wasn't asked at all; while an answer is owed
 * to an earlier question, somebody asks again.
 */
const keep = async (stores: ShipmentStores & { readonly now: Date }, kept: Kept): Promise<Shipment> => {
  const { locked, shipment, refused, askedBefore, occasion } = kept;
  const open = refused.code === 'carrier.unknown_outcome' || (askedBefore && refused.code !== 'carrier.refused');
  if (refused.code === 'carrier.refused')
    await stores.orders.save(advance(occasion, locked.order, {}, { what: 'voidRefused', text: refused.message }));
  const voidAskedAt = open ? (shipment.voidAskedAt ?? stores.now) : null;
  const lookUpAt = open ? nextLookUp({ ...shipment, voidAskedAt }, stores.now) : null;
  const labelled = evolveShipment(shipment, { voidAskedAt, lookUpAt });
  await stores.shipments.save(labelled);
  return labelled;
};
