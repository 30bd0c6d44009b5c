import type { LocationNotFound, Occasion } from '../inventory/index.js';
import { type Caller, err, type IdSource, type Insist, ok, type Result, type UnitOfWork } from '../kernel/index.js';
import { checkAction, type LockedOrder, lockOrder, type OrderId } from '../orders/index.js';
import type { BuyRefused, Carrier, FindRefused } from './carrier.port.js';
import type { CarrierAccountNotFound } from './carrier-account.js';
import type { Carriers, CarrierUnknown, ChosenCarrier } from './carriers.port.js';
import { type CustomsIncomplete, declareCustoms, goodsOf } from './declare-customs.js';
import type { LabelOrder } from './label.js';
import { lookUp } from './look-up.js';
import { type BeginRefused, pin, type SettleRefused, settle } from './purchase.js';
import { pathOfReturning, pathOfShipping, renamed, type SenderOf } from './request-paths.js';
import {
  draftOf,
  type LinesRefused,
  type LocationNeeded,
  linesAt,
  locationOf,
  type OrderLineNotFound,
  type ShipRequest,
  type SpecialGoodsRefused,
} from './ship-request.js';
import {
  ABANDONED_AFTER_MS,
  evolveShipment,
  isUnderWay,
  type Shipment,
  ShipmentId,
  type ShipmentInvalidTransition,
} from './shipment.js';
import type { ShipmentStores } from './stores.port.js';

export type PurchaseDeps = {
  readonly unitOfWork: UnitOfWork<ShipmentStores>;
  readonly ids: IdSource;
  readonly carriers: Carriers;
  /** How a label that was bought is written down while the store is away. Without it that is tried once. */
  readonly insist?: Insist;
};

export type AddressMissing = { readonly code: 'shipment.address_missing'; readonly path: 'shippingAddress' | 'location.address' };
/** Somebody is buying this label right now. */
export type PurchaseUnderWay = { readonly code: 'shipment.purchase_under_way' };

/** What a carrier refused, with the shipment that goes on as a draft or, after an unknown outcome, waits. */
export type NotBought = {
  readonly code: BuyRefused['code'] | FindRefused['code'];
  readonly message: string;
  readonly path: string | null;
  readonly shipmentId: ShipmentId;
};
export type ShipRefused =
  | BeginRefused
  | LocationNotFound
  | LinesRefused
  | CarrierUnknown
  | CarrierAccountNotFound
  | AddressMissing
  | CustomsIncomplete
  | SpecialGoodsRefused
  | LocationNeeded
  | PurchaseUnderWay
  | NotBought
  | ShipmentInvalidTransition
  | SettleRefused;

export type ShipOrder = (caller: Caller, orderId: OrderId, request: ShipRequest) => Promise<Result<Shipment, ShipRefused>>;

export type Begun = {
  readonly shipment: Shipment;
  readonly label: LabelOrder;
  readonly carrier: Carrier;
  readonly sender: SenderOf;
};

/**
 * Ships what is reserved of an order from one location, and buys the label.
 * - The purchase is written down before the carrier is asked; nobody else can touch its stock until it is settled.
 * - Under an idempotency key a repeated request goes on with the shipment that the first one made.
 */
export const shipOrder =
  (deps: PurchaseDeps): ShipOrder =>
  async (caller, orderId, request) => {
    const chosen = await deps.carriers.choose(caller.organizationId, request);
    const begun = await deps.unitOfWork.run<Begun, ShipRefused>(
      caller.organizationId,
      async (stores) => {
        if (!chosen.ok) return chosen;
        if (request.specialGoods?.length) return err({ code: 'shipment.special_goods_refused', goods: request.specialGoods });
        const locked = await lockOrder(stores, orderId);
        if (!locked.ok) return locked;
        const allowed = checkAction(locked.value.order, 'ship');
        if (!allowed.ok) return allowed;
        const from = locationOf(locked.value, request);
        if (!from.ok) return from;
        const lines = linesAt(locked.value, from.value, request);
        if (!lines.ok) return lines;
        const id = ShipmentId(deps.ids.next());
        const wanted = { ...request, chosen: chosen.value };
        const shipment = draftOf(id, orderId, wanted, { locationId: from.value, lines: lines.value, createdAt: stores.now });
        const occasion = { actor: caller.actor, at: stores.now, ids: deps.ids };
        return beginPurchase(stores, occasion, { locked: locked.value, shipment, chosen: chosen.value });
      },
      caller.once,
    );
    if (begun.ok) return finishPurchase(deps, caller, begun.value);
    const { error } = begun;
    return error.code === 'idempotency.replayed' && error.answer.resource !== null
      ? goOnBuying(deps, caller, ShipmentId(error.answer.resource))
      : begun;
  };

/** The same request again: what the carrier has refused stays refused, and what it may have done is looked up. */
export const goOnBuying = async (deps: PurchaseDeps, caller: Caller, id: ShipmentId): Promise<Result<Shipment, ShipRefused>> => {
  const seen = await deps.unitOfWork.read(caller.organizationId, ({ shipments }) => shipments.find(id));
  if (seen?.status === 'cancelled') return ok(seen);
  return seen?.status === 'draft' ? tellOutcome(ok(seen)) : buyLabel(deps)(caller, id);
};

/**
 * Buys the label of a shipment that has none: of a draft by asking the carrier, of one whose purchase may have happened by looking it up
 * on the account that it was begun on.
 * One that has its label is answered as it is, so that asking again is safe.
 */
export const buyLabel =
  (deps: PurchaseDeps) =>
  async ({ organizationId, actor }: Caller, id: ShipmentId): Promise<Result<Shipment, ShipRefused>> => {
    const caller = { organizationId, actor };
    const { seen, now } = await deps.unitOfWork.read(organizationId, async ({ shipments, now }) => ({
      seen: await shipments.find(id),
      now,
    }));
    if (!seen) return err({ code: 'shipment.not_found' });
    if (seen.status === 'purchasing' && now.getTime() - (seen.purchaseStartedAt ?? now).getTime() < ABANDONED_AFTER_MS)
      return err({ code: 'shipment.purchase_under_way' });
    if (isUnderWay(seen)) return findOut(deps, caller, seen);
    if (seen.status === 'cancelled') return err({ code: 'shipment.invalid_transition', status: seen.status });
    if (seen.status !== 'draft') return ok(seen);
    const chosen = await deps.carriers.choose(organizationId, seen);
    if (!chosen.ok) return chosen;
    const begun = await deps.unitOfWork.run<Begun, ShipRefused>(organizationId, async (stores) => {
      const locked = await lockOrder(stores, seen.orderId);
      if (!locked.ok) return locked;
      const draft = await stores.shipments.lock(id);
      if (!draft) return err({ code: 'shipment.not_found' });
      if (draft.status === 'cancelled') return err({ code: 'shipment.invalid_transition', status: draft.status });
      if (draft.status !== 'draft') return err({ code: 'shipment.purchase_under_way' });
      const occasion = { actor, at: stores.now, ids: deps.ids };
      return beginPurchase(stores, occasion, { locked: locked.value, shipment: draft, chosen: chosen.value });
    });
    return begun.ok ? finishPurchase(deps, caller, begun.value) : begun;
  };

type ToBegin = { readonly locked: LockedOrder; readonly shipment: Shipment; readonly chosen: ChosenCarrier };

/**
 * Writes down that a draft is being bought: at its location what leaves from there begins, and what comes back ends. Nobody else may ask
 * the carrier for it from then on.
 */
export const beginPurchase = async (
  stores: ShipmentStores & { readonly now: Date },
  occasion: Occasion,
  { locked, shipment: draft, chosen }: ToBegin,
): Promise<Result<Begun, BeginRefused | LocationNotFound | AddressMissing | CustomsIncomplete | OrderLineNotFound>> => {
  const location = await stores.locations.find(draft.locationId);
  if (!location) return err({ code: 'location.not_found' });
  const here = location.address ?? chosen.terms.shipper;
  if (!here) return err({ code: 'shipment.address_missing', path: 'location.address' });
  const there = locked.order.shippingAddress;
  if (!there) return err({ code: 'shipment.address_missing', path: 'shippingAddress' });
  const [from, to] = draft.returnId === null ? [here, there] : [there, here];
  const pinned = await pin(stores, occasion, { locked, shipment: draft });
  if (!pinned.ok) return pinned;
  const shipment = evolveShipment(pinned.value, {
    status: 'purchasing',
    accountId: chosen.accountId,
    attempt: pinned.value.attempt + 1,
    lookUpAt: null,
    purchaseStartedAt: stores.now,
  });
  const items = await stores.items.findMany(shipment.lines.map(({ sku }) => sku));
  const { lines, options } = shipment;
  const told = { ...locked, lines, options: options.customs, items };
  const customs = declareCustoms({ ...told, from, to, now: stores.now });
  if (!customs.ok) return customs;
  await stores.shipments.save(shipment);
  const { carrier, terms } = chosen;
  const labelFormat = options.labelFormat ?? terms.labelFormat;
  const goods = customs.value ?? goodsOf(told);
  const label = labelOrderOf(shipment, { from, to, goods, customs: customs.value, labelFormat, number: locked.order.number });
  return ok({ shipment, label, carrier, sender: location.address ? 'location' : 'account' });
};

const labelOrderOf = (
  { reference, parcels, service, options, returnId }: Shipment,
  { number, ...given }: Pick<LabelOrder, 'from' | 'to' | 'goods' | 'customs' | 'labelFormat'> & { readonly number: string },
): LabelOrder => ({
  ...given,
  reference,
  parcels,
  service,
  extras: options.extras,
  shipOn: options.shipOn,
  printed: [number],
  isReturn: returnId !== null,
});

const once: Insist = (attempt) => attempt();

/** The answer is in nobody's hands but ours, and its papers are given once: it is written down again until the store has it. */
export const finishPurchase = async (
  deps: PurchaseDeps,
  caller: Caller,
  { shipment, label, carrier, sender }: Begun,
): Promise<Result<Shipment, ShipRefused>> => {
  const bought = await carrier.buyLabel(label);
  const pathOf = shipment.returnId === null ? pathOfShipping : pathOfReturning;
  const answer = bought.ok ? bought : err(renamed(bought.error, (path) => pathOf(path, sender)));
  const insist = deps.insist ?? once;
  return tellOutcome(await insist(() => settle(deps)(caller, { shipment, carrier, purchased: answer })));
};

const findOut = async (deps: PurchaseDeps, caller: Caller, shipment: Shipment): Promise<Result<Shipment, ShipRefused>> => {
  const carrier = await deps.carriers.find(caller.organizationId, shipment);
  if (!carrier) return err({ code: 'carrier.unknown' });
  const found = await lookUp(deps)(caller, carrier, shipment);
  if (found.ok) return tellOutcome(found);
  if ('settled' in found.error) return err(found.error.settled);
  const { code, message } = found.error.open;
  return err({ code, message, path: null, shipmentId: shipment.id });
};

const tellOutcome = (settled: Result<Shipment, SettleRefused>): Result<Shipment, ShipRefused> => {
  if (!settled.ok || !settled.value.refusal) return settled;
  const { refusal, id } = settled.value;
  return err({ ...refusal, code: refusal.code as NotBought['code'], shipmentId: id });
};
