import { type Caller, err, type OrganizationId, ok, type Result, system } from '../kernel/index.js';
import type { Carrier, FindRefused, ReferenceUnknown } from './carrier.port.js';
import type { Carriers } from './carriers.port.js';
import { type Purchased, type SettleDeps, type SettleRefused, settle } from './purchase.js';
import { evolveShipment, isToLookUp, isUnderWay, nextLookUp, type Shipment, type ShipmentId } from './shipment.js';
import { voidLabel } from './void-label.js';

/** The carrier couldn't say yet whether it has sold. */
export type NotSettled = Exclude<FindRefused, ReferenceUnknown>;
export type LookedUp = Result<Shipment, { readonly settled: SettleRefused } | { readonly open: NotSettled }>;

/**
 * Asks the carrier what became of a purchase, and writes it down: there is a label, or there certainly is none and the shipment is a draft
 * again. Where the carrier can't say, nothing changes.
 */
export const lookUp =
  (deps: SettleDeps) =>
  async (caller: Caller, carrier: Carrier, shipment: Shipment): Promise<LookedUp> => {
    const { reference, purchaseStartedAt, createdAt, options } = shipment;
    const askedAt = purchaseStartedAt ?? createdAt;
    const found = await carrier.findByReference({ reference, askedAt, shipOn: options.shipOn });
    if (!found.ok && found.error.code !== 'carrier.reference_unknown') return err({ open: found.error });
    const purchased: Purchased = found.ok ? found : err({ code: 'carrier.reference_unknown' });
    const settled = await settle(deps)(caller, { shipment, carrier, purchased });
    return settled.ok ? settled : err({ settled: settled.error });
  };

type Deps = SettleDeps & { readonly carriers: Carriers };

/** Looks up to so many purchases and cancellations up that may have happened, and answers how many it has looked at. */
export type LookUpPurchases = (organizationId: OrganizationId) => Promise<number>;

const AT_ONCE = 20;

/**
 * Finds out what became of what carriers were asked for and nobody settled: the answer was lost, or whoever asked has died.
 * - Each is put off before it is looked up, so that nobody looks at the same one meanwhile, and a carrier isn't asked without a pause.
 * - Nothing is bought: after a definite no the shipment waits as a draft for somebody to ask for its label again.
 * - A label that was asked back is asked back once more, which does no harm.
 */
export const lookUpPurchases =
  (deps: Deps): LookUpPurchases =>
  async (organizationId) => {
    const due = await deps.unitOfWork.read(organizationId, ({ shipments, now }) => shipments.toLookUp(now, AT_ONCE));
    const caller = { organizationId, actor: system('purchases') };
    for (const { id } of due) {
      const mine = await putOff(deps, organizationId, id);
      const carrier = mine && (await deps.carriers.find(organizationId, mine));
      if (!mine || !carrier) continue;
      if (isUnderWay(mine)) await lookUp(deps)(caller, carrier, mine);
      else await voidLabel(deps)(caller, { shipment: mine, carrier, askedBefore: true });
    }
    return due.length;
  };

const putOff = async (deps: Deps, organizationId: OrganizationId, id: ShipmentId): Promise<Shipment | null> => {
  const claimed = await deps.unitOfWork.run(organizationId, async ({ shipments, now }) => {
    const shipment = await shipments.lock(id);
    if (!shipment || !isToLookUp(shipment, now)) return ok(null);
    const later = evolveShipment(shipment, { lookUpAt: nextLookUp(shipment, now) });
    await shipments.save(later);
    return ok(later);
  });
  return claimed.ok ? claimed.value : null;
};
