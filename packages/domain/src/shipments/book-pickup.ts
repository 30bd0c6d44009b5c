import type { LocationId, LocationNotFound } from '../inventory/index.js';
import {
  type Address,
  bug,
  type Caller,
  err,
  type IdSource,
  ok,
  type Result,
  type RunRefusal,
  type UnitOfWork,
} from '../kernel/index.js';
import type { Carrier, DoRefused } from './carrier.port.js';
import type { CarrierAccountNotFound } from './carrier-account.js';
import type { AccountOfCarrier, Carriers, CarrierUnknown, ChosenCarrier } from './carriers.port.js';
import { crossesCustoms } from './declare-customs.js';
import type { Parcel } from './parcel.js';
import type { PickupOrder } from './pickup.js';
import { evolvePickup, type PickupBooking, PickupBookingId, standingPickup, UNANSWERED } from './pickup-booking.js';
import type { PickupStores } from './pickups.port.js';
import { pathOfPickup, renamed, type SenderOf } from './request-paths.js';
import type { AddressMissing } from './ship-order.js';
import type { ShipmentId, ShipmentInvalidTransition, ShipmentNotFound } from './shipment.js';
import type { ShipmentStores } from './stores.port.js';
import { type NotDone, notDone } from './void-label.js';

type Stores = ShipmentStores & PickupStores;
type Deps = { readonly unitOfWork: UnitOfWork<Stores>; readonly ids: IdSource; readonly carriers: Carriers };

/** Shipments of several accounts or locations: one pickup comes for one account to one place. */
export type ShipmentsDiffer = { readonly code: 'pickup.shipments_differ' };
/** Somebody comes for a shipment already, or may come. `path` names the shipment in the request. */
export type PickupAlreadyBooked = {
  readonly code: 'pickup.already_booked';
  readonly path: string;
  readonly status: PickupBooking['status'];
};
/** A label that brings a return back: its parcel is at the customer's. `path` names the shipment in the request. */
export type PickupOfReturn = { readonly code: 'pickup.return_label'; readonly path: string };
export type PickupNotFound = { readonly code: 'pickup.not_found' };

export type PickupWindow = Pick<PickupOrder, 'on' | 'readyAt' | 'closesAt' | 'place'>;
/** For shipments that have their labels, or for parcels that nobody has named yet. */
export type PickupRequest = PickupWindow &
  (
    | { readonly shipmentIds: readonly ShipmentId[] }
    | (AccountOfCarrier &
        Pick<PickupOrder, 'service' | 'abroad'> & { readonly locationId: LocationId; readonly parcels: readonly Parcel[] })
  );

export type BookRefused =
  | ShipmentNotFound
  | ShipmentInvalidTransition
  | ShipmentsDiffer
  | PickupOfReturn
  | PickupAlreadyBooked
  | LocationNotFound
  | AddressMissing
  | CarrierUnknown
  | CarrierAccountNotFound
  | PickupNotFound
  | NotDone
  | RunRefusal;
export type BookPickup = (caller: Caller, request: PickupRequest) => Promise<Result<PickupBooking, BookRefused>>;

/** What is to be picked up, before it is known on which account the carrier is asked. */
type Load = AccountOfCarrier &
  Pick<PickupOrder, 'parcels' | 'service' | 'abroad'> & {
    readonly locationId: LocationId;
    readonly shipmentIds: readonly ShipmentId[];
    readonly destinations: readonly Address[];
    /** For each parcel, the place of its shipment in the request; none where the request has the parcels themselves. */
    readonly owners: readonly number[];
  };

/**
 * Books a pickup, on the account on which the shipments were bought.
 * - It is written down before the carrier is asked. Where the answer is lost it is `unknown`, and isn't asked for again: under its key
 *   the same request is answered as it stands.
 * - A shipment is in one pickup at a time, whoever asks and under whichever key; parcels that nobody has named can't be told apart.
 */
export const bookPickup =
  (deps: Deps): BookPickup =>
  async (caller, request) => {
    const { organizationId } = caller;
    const load = await deps.unitOfWork.read(organizationId, (stores) => loadOf(stores, request));
    if (!load.ok) return load;
    const chosen = await carrierFor(deps.carriers, organizationId, { load: load.value, begun: 'shipmentIds' in request });
    if (!chosen.ok) return chosen;
    const begun = await deps.unitOfWork.run<{ readonly pickup: PickupBooking; readonly sender: SenderOf }, BookRefused>(
      organizationId,
      async (stores) => {
        const { locationId, shipmentIds, carrier, parcels, service, destinations } = load.value;
        const location = await stores.locations.find(locationId);
        if (!location) return err({ code: 'location.not_found' });
        const from = location.address ?? chosen.value.terms?.shipper;
        if (!from) return err({ code: 'shipment.address_missing', path: 'location.address' });
        const free = await stillFree(stores, 'shipmentIds' in request ? request.shipmentIds : []);
        if (!free.ok) return free;
        const { on, readyAt, closesAt, place } = request;
        const abroad = load.value.abroad || destinations.some((to) => crossesCustoms(from, to));
        const pickup: PickupBooking = {
          id: PickupBookingId(deps.ids.next()),
          carrier,
          accountId: chosen.value.accountId,
          locationId,
          shipmentIds,
          wanted: { from, parcels, on, readyAt, closesAt, place, service, abroad },
          status: 'booking',
          confirmation: null,
          station: null,
          refusal: null,
          askedAt: stores.now,
          createdAt: stores.now,
          version: 1,
        };
        await stores.pickups.save(pickup);
        return ok({ pickup, sender: location.address ? 'location' : 'account' });
      },
      caller.once,
    );
    if (begun.ok) {
      const named = (path: string) => pathOfPickup(path, { sender: begun.value.sender, owners: load.value.owners });
      return settleBooking(deps, caller, { carrier: chosen.value.carrier, pickup: begun.value.pickup, named });
    }
    const { error } = begun;
    if (error.code !== 'idempotency.replayed' || error.answer.resource === null) return begun;
    const id = PickupBookingId(error.answer.resource);
    const seen = await deps.unitOfWork.read(organizationId, ({ pickups }) => pickups.find(id));
    return seen ? told(seen) : err({ code: 'pickup.not_found' });
  };

type Chosen = Pick<ChosenCarrier, 'carrier' | 'accountId'> & { readonly terms: ChosenCarrier['terms'] | null };

/** What was bought on an account is picked up on it, also when nothing new is bought there. */
const carrierFor = async (
  carriers: Carriers,
  organizationId: Caller['organizationId'],
  { load, begun }: { readonly load: Load; readonly begun: boolean },
): Promise<Result<Chosen, CarrierUnknown | CarrierAccountNotFound>> => {
  if (!begun) return carriers.choose(organizationId, load);
  const carrier = await carriers.find(organizationId, load);
  return carrier ? ok({ carrier, accountId: load.accountId, terms: null }) : err({ code: 'carrier.unknown' });
};

/** Locks the shipments until the pickup is written down, so that of two who ask for the same one the second sees the first one's. */
const stillFree = async (
  { shipments, pickups, now }: Stores & { readonly now: Date },
  ids: Load['shipmentIds'],
): Promise<Result<null, ShipmentNotFound | ShipmentInvalidTransition | PickupAlreadyBooked>> => {
  if (ids.length === 0) return ok(null);
  const wanted = [...new Set(ids)];
  const locked = await shipments.lockAll(wanted);
  if (locked.length < wanted.length) return err({ code: 'shipment.not_found' });
  const gone = locked.find(({ status }) => status !== 'labelled');
  if (gone) return err({ code: 'shipment.invalid_transition', status: gone.status });
  const open = await pickups.openFor(wanted);
  for (const [index, id] of ids.entries()) {
    const taken = open.find((pickup) => pickup.shipmentIds.includes(id));
    if (taken)
      return err({ code: 'pickup.already_booked', path: `shipmentIds[${index}]`, status: standingPickup(taken, now).status });
  }
  return ok(null);
};

type LoadRefused = ShipmentNotFound | ShipmentInvalidTransition | ShipmentsDiffer | PickupOfReturn;

const loadOf = async ({ shipments, orders }: Stores, request: PickupRequest): Promise<Result<Load, LoadRefused>> => {
  if (!('shipmentIds' in request)) return ok({ ...request, shipmentIds: [], destinations: [], owners: [] });
  const ids = [...new Set(request.shipmentIds)];
  const known = new Map((await shipments.findMany(ids)).map((shipment) => [shipment.id, shipment]));
  const found = ids.flatMap((id) => known.get(id) ?? []);
  const [first] = found;
  if (!first || found.length < ids.length) return err({ code: 'shipment.not_found' });
  const back = found.find(({ returnId }) => returnId !== null);
  if (back) return err({ code: 'pickup.return_label', path: `shipmentIds[${request.shipmentIds.indexOf(back.id)}]` });
  const gone = found.find(({ status }) => status !== 'labelled');
  if (gone) return err({ code: 'shipment.invalid_transition', status: gone.status });
  const { carrier, accountId, locationId, service } = first;
  if (found.some((one) => one.carrier !== carrier || one.accountId !== accountId || one.locationId !== locationId))
    return err({ code: 'pickup.shipments_differ' });
  const theirOrders = await orders.findMany([...new Set(found.map(({ orderId }) => orderId))]);
  const destinations = theirOrders.flatMap(({ shippingAddress }) => shippingAddress ?? []);
  return ok({
    carrier,
    accountId,
    locationId,
    service,
    abroad: false,
    destinations,
    parcels: found.flatMap(({ parcels }) => parcels),
    shipmentIds: found.map(({ id }) => id),
    owners: found.flatMap(({ id, parcels }) => parcels.map(() => request.shipmentIds.indexOf(id))),
  });
};

type ToSettle = {
  readonly carrier: Carrier;
  readonly pickup: PickupBooking;
  /** What a carrier's path is called in the request. */
  readonly named: (path: string) => string | null;
};

const settleBooking = async (
  { unitOfWork }: Deps,
  { organizationId }: Caller,
  { carrier, pickup: asked, named }: ToSettle,
): Promise<Result<PickupBooking, BookRefused>> => {
  const answer = await carrier.bookPickup(asked.wanted);
  const settled = await unitOfWork.run<PickupBooking, PickupNotFound>(organizationId, async ({ pickups }) => {
    const pickup = await pickups.lock(asked.id);
    if (!pickup) return err({ code: 'pickup.not_found' });
    // Somebody has settled it by hand meanwhile: only that the carrier comes is news.
    if (pickup.status !== 'booking' && (pickup.status !== 'refused' || !answer.ok)) return ok(pickup);
    const after = evolvePickup(
      pickup,
      answer.ok
        ? { status: 'booked', confirmation: answer.value.confirmation, station: answer.value.station, refusal: null }
        : {
            status: answer.error.code === 'carrier.unknown_outcome' ? 'unknown' : 'refused',
            refusal: refusalOf(renamed(answer.error, named)),
          },
    );
    await pickups.save(after);
    return ok(after);
  });
  return settled.ok ? told(settled.value) : settled;
};

/** What the carrier answered instead. */
export const refusalOf = (refused: DoRefused): NonNullable<PickupBooking['refusal']> => {
  const { code, message, path } = notDone(refused);
  return { code, message, path };
};

/** A pickup as it stands: one that isn't booked is told by why. One that is being booked by somebody who may have died may be booked. */
const told = (pickup: PickupBooking): Result<PickupBooking, NotDone> => {
  const { status, refusal } = pickup;
  if (status === 'booking') return err(UNANSWERED);
  if (status !== 'refused' && status !== 'unknown') return ok(pickup);
  const { code, message, path } = refusal ?? bug('what was not booked says why');
  return err({ code: code as NotDone['code'], message, path });
};
