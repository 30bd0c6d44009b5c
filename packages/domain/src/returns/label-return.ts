import type { LocationId } from '../inventory/index.js';
import { type Caller, err, type Result, type UnitOfWork } from '../kernel/index.js';
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
 * down first, looked up when its answer is lost, and bought once. A return that has its label is answered with it.
 * Refused with `carrier.unsupported` where the carrier sells no such labels.
 */
export const labelReturn =
  (deps: Deps): LabelReturn =>
  async (caller, id, request) => {
    const { organizationId, actor } = caller;
    const earlier = await deps.unitOfWork.read(organizationId, async ({ returns, shipments }) => {
      const one = await returns.find(id);
      const all = one ? await shipments.ofOrders([one.orderId]) : [];
      return all.find((shipment) => bringsBack(shipment, id));
    });
    if (earlier) return buyLabel(deps)({ organizationId, actor }, earlier.id);
    const chosen = await deps.carriers.choose(organizationId, request);
    const begun = await deps.unitOfWork.run<Begun, LabelReturnRefused>(
      organizationId,
      async (stores) => {
        const seen = await stores.returns.find(id);
        if (!seen) return err({ code: 'return.not_found' });
        if (!chosen.ok) return chosen;
        if (!chosen.value.carrier.supports.returnLabels) return unsupported('labels for returns');
        const locked = await lockOrder(stores, seen.orderId);
        if (!locked.ok) return locked;
        const allowed = await lockAllowed(stores, id, 'label');
        if (!allowed.ok) return allowed;
        const wanted = { ...request, lineIds: null, lines: null, options: comingBack, chosen: chosen.value };
        const rest = { locationId: request.locationId, lines: awaitedOf(allowed.value), createdAt: stores.now };
        const draft = draftOf(ShipmentId(deps.ids.next()), seen.orderId, wanted, rest);
        const occasion = { actor, at: stores.now, ids: deps.ids };
        return beginPurchase(stores, occasion, {
          locked: locked.value,
          shipment: { ...draft, returnId: id },
          chosen: chosen.value,
        });
      },
      caller.once,
    );
    if (begun.ok) return finishPurchase(deps, caller, begun.value);
    const { error } = begun;
    return error.code === 'idempotency.replayed' && error.answer.resource !== null
      ? goOnBuying(deps, caller, ShipmentId(error.answer.resource))
      : begun;
  };

/** Customs is told that the goods come back. */
const comingBack: ShippingOptions = { ...usualOptions, customs: { ...usualOptions.customs, purpose: 'return' } };

const awaitedOf = ({ lines }: Return): readonly ShipmentLine[] =>
  lines.flatMap((line) => {
    const quantity = line.quantity - line.cancelled - wholeUnits(line);
    return quantity > 0 ? [{ orderLineId: line.orderLineId, sku: line.sku, quantity }] : [];
  });
