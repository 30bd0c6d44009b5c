import { type Caller, err, type OrganizationId, ok, type Result, system } from '../kernel/index.js';
import type { Carrier, FindRefused, ReferenceUnknown } from './carrier.port.js';
import type { Carriers } from './carriers.port.js';
import { type Purchased, type SettleDeps, type SettleRefused, settle } from './purchase.js';
import { evolveShipment, isToLookUp, isUnderWay, nextLookUp, type Shipment } from './shipment.js';
import { type VoidRefused, voidLabel } from './void-label.js';

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

/** How many purchases and cancellations were due and mine, and how many carriers and accounts didn't answer. */
export type LookedUpPurchases = { readonly due: number; readonly unanswered: number };
/** Looks up to so many purchases and cancellations up that may have happened. */
export type LookUpPurchases = (organizationId: OrganizationId) => Promise<LookedUpPurchases>;

const AT_ONCE = 100;

/**
 * Finds out what became of what carriers were asked for and nobody settled: the answer was lost, or whoever asked has died.
 * - All are put off before the first is looked up, so that nobody looks at the same ones meanwhile, a carrier isn't asked without a pause,
 *   and those whose carrier doesn't answer are not first in line again.
 * - Carriers and accounts are asked beside each other, and one that doesn't answer holds up its own shipments only.
 * - Nothing is bought: after a definite no the shipment waits as a draft for somebody to ask for its label again.
 * - A label that was asked back is asked back once more, which does no harm.
 */
export const lookUpPurchases =
  (deps: Deps): LookUpPurchases =>
  async (organizationId) => {
    const claimed = await claim(deps, organizationId);
    const groups = new Map<string, readonly Shipment[]>();
    for (const shipment of claimed) {
      const account = `${shipment.carrier} ${shipment.accountId ?? ''}`;
      groups.set(account, [...(groups.get(account) ?? []), shipment]);
    }
    const answered = await Promise.all([...groups.values()].map((mine) => lookUpTogether(deps, organizationId, mine)));
    return { due: claimed.length, unanswered: answered.filter((one) => !one).length };
  };

/** Of one carrier, on one account. After a call that wasn't answered no other is made. */
const lookUpTogether = async (deps: Deps, organizationId: OrganizationId, mine: readonly Shipment[]): Promise<boolean> => {
  const [first] = mine;
  const carrier = first && (await deps.carriers.find(organizationId, first));
  if (!carrier) return true;
  const caller = { organizationId, actor: system('purchases') };
  for (const shipment of mine) {
    const asked = isUnderWay(shipment)
      ? await lookUp(deps)(caller, carrier, shipment)
      : await voidLabel(deps)(caller, { shipment, carrier, askedBefore: true });
    if (!asked.ok && isUnanswered(asked.error)) return false;
  }
  return true;
};

type LookUpRefused = Extract<LookedUp, { readonly ok: false }>['error'];

/** The carrier is away, or nobody understands it: the next call would hardly fare better. */
const isUnanswered = (refused: LookUpRefused | VoidRefused): boolean => {
  const code = 'open' in refused ? refused.open.code : 'settled' in refused ? refused.settled.code : refused.code;
  return code === 'carrier.unavailable' || code === 'carrier.unauthorized' || code === 'carrier.unknown_outcome';
};

const claim = async ({ unitOfWork }: Deps, organizationId: OrganizationId): Promise<readonly Shipment[]> => {
  const due = await unitOfWork.read(organizationId, ({ shipments, now }) => shipments.toLookUp(now, AT_ONCE));
  if (due.length === 0) return [];
  const claimed = await unitOfWork.run(organizationId, async ({ shipments, now }) => {
    const locked = await shipments.lockAll(due.map(({ id }) => id));
    const mine = locked
      .filter((shipment) => isToLookUp(shipment, now))
      .map((shipment) => evolveShipment(shipment, { lookUpAt: nextLookUp(shipment, now) }));
    for (const shipment of mine) await shipments.save(shipment);
    return ok(mine);
  });
  return claimed.ok ? claimed.value : [];
};
