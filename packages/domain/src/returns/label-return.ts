import type { LocationId } from '../inventory/index.js';
import { type Caller, err, ok, type Result, type UnitOfWork } from '../kernel/index.js';
import { lockOrder } from '../orders/index.js';
import {
  type Begun,
  beginPurchase,
  bringsBack,
  buyLabel,
  type CarrierUnsupported,
  draftOf,
  finishPurchase,
  goOnBuying,
  type PurchaseDeps,
  type Shipment,
  ShipmentId,
  type ShipmentLine,
  type ShippingOptions,
  type ShipRefused,
  type ShipRequest,
  unsupported,
  usualOptions,
} from '../shipments/index.js';
import { lockAllowed } from './locked-return.js';
import type { Return, ReturnId, ReturnInvalidTransition, ReturnNotFound } from './return.js';
import { wholeUnits } from './return-line.js';
import type { ReturnStores } from './stores.port.js';

type Deps = Omit<PurchaseDeps, 'unitOfWork'> & { readonly unitOfWork: UnitOfWork<ReturnStores> };

/** By whom the goods are brought to the location, and in what. */
export type ReturnLabelRequest = Pick<ShipRequest, 'carrier' | 'accountId' | 'service' | 'parcels'> & {
  readonly locationId: LocationId;
};
export type LabelReturnRefused = ShipRefused | ReturnNotFound | ReturnInvalidTransition | CarrierUnsupported;
export type LabelReturn = (
  caller: Caller,
  id: ReturnId,
  request: ReturnLabelRequest,
) => Promise<Result<Shipment, LabelReturnRefused>>;

/**
 * Buys the label with which what a return awaits comes back, from the order's address to the location: as any other label it is written
 * down first, looked up when its answer is lost, and bought once. A return whose label has not arrived with its goods is answered with it,
 * and under an idempotency key a repeated request goes on with that one, whatever became of it.
 * Refused with `carrier.unsupported` where the carrier sells no such labels.
 */
export const labelReturn =
  (deps: Deps): LabelReturn =>
  async (caller, id, request) => {
    const chosen = await deps.carriers.choose(caller.organizationId, request);
    const begun = await deps.unitOfWork.run<LabelBegun, LabelReturnRefused>(
      caller.organizationId,
      async (stores) => {
        const seen = await stores.returns.find(id);
        if (!seen) return err({ code: 'return.not_found' });
        const locked = await lockOrder(stores, seen.orderId);
        if (!locked.ok) return locked;
        const earlier = (await stores.shipments.ofOrders([seen.orderId])).find((shipment) => bringsBack(shipment, id));
        if (earlier) return ok({ shipment: earlier, purchase: null });
        if (!chosen.ok) return chosen;
        if (!chosen.value.carrier.supports.returnLabels) return unsupported('labels for returns');
        const allowed = await lockAllowed(stores, id, 'label');
        if (!allowed.ok) return allowed;
        const wanted = { ...request, lineIds: null, lines: null, options: comingBack, chosen: chosen.value };
        const rest = { locationId: request.locationId, lines: awaitedOf(allowed.value), createdAt: stores.now };
        const draft = draftOf(ShipmentId(deps.ids.next()), seen.orderId, wanted, rest);
        const occasion = { actor: caller.actor, at: stores.now, ids: deps.ids };
        const shipment = { ...draft, returnId: id };
        const purchase = await beginPurchase(stores, occasion, { locked: locked.value, shipment, chosen: chosen.value });
        return purchase.ok ? ok({ shipment, purchase: purchase.value }) : purchase;
      },
      caller.once,
    );
    if (begun.ok) {
      const { shipment, purchase } = begun.value;
      return purchase ? finishPurchase(deps, caller, purchase) : buyLabel(deps)(caller, shipment.id);
    }
    const { error } = begun;
    return error.code === 'idempotency.replayed' && error.answer.resource !== null
      ? goOnBuying(deps, caller, ShipmentId(error.answer.resource))
      : begun;
  };

/** The label's shipment, and its purchase if that begins now. */
type LabelBegun = { readonly shipment: Shipment; readonly purchase: Begun | null };

/** Customs is told that the goods come back. */
const comingBack: ShippingOptions = { ...usualOptions, customs: { ...usualOptions.customs, purpose: 'return' } };

const awaitedOf = ({ lines }: Return): readonly ShipmentLine[] =>
  lines.flatMap((line) => {
    const quantity = line.quantity - line.cancelled - wholeUnits(line);
    return quantity > 0 ? [{ orderLineId: line.orderLineId, sku: line.sku, quantity }] : [];
  });
