import type { AllocationPolicy, Candidate } from './allocation-policy.js';
import { type Component, wholeKits } from './kit.js';
import { available, type Shelf } from './level.js';
import type { LocationId } from './location.js';
import type { Sku } from './sku.js';

/** What one order line asks for: units of a SKU, or with `components` so many kits. */
export type Demand = {
  readonly lineId: string;
  readonly sku: Sku;
  readonly quantity: number;
  readonly components?: readonly Component[] | null;
};

/** What one order asks for. With `reject` it gets everything or nothing; with `backorder` it gets what is there. */
export type AllocationRequest = { readonly demands: readonly Demand[]; readonly onShortage: 'reject' | 'backorder' };

/** Units of stock that a line gets from a location; of a kit, units of one component. */
export type Take = {
  readonly lineId: string;
  readonly sku: Sku;
  readonly quantity: number;
  readonly locationId: LocationId;
  /** How many of them one kit takes; left out when the line isn't a kit. */
  readonly unitQuantity?: number;
};

/** `available` is what was there for this request, after those before it. Of a kit, both are kits. */
export type Shortfall = { readonly sku: Sku; readonly wanted: number; readonly available: number };

/** Why a location was drawn from or not: `passedOver` is the policy's choice, `usedUp` went to another line of the same order. */
export type CandidateOutcome = 'chosen' | 'notNeeded' | 'passedOver' | 'usedUp' | 'nothingAvailable' | 'inactive';

/** What was looked at, and why it came out so: stored with the order and shown to whoever asks. Kits are counted as kits. */
export type AllocationExplanation = {
  readonly policy: string;
  readonly skus: readonly {
    readonly sku: Sku;
    readonly wanted: number;
    readonly allocated: number;
    readonly candidates: readonly {
      readonly locationId: LocationId;
      readonly available: number;
      readonly took: number;
      readonly because: CandidateOutcome;
    }[];
  }[];
};

export type Allocation = {
  readonly granted: boolean;
  readonly takes: readonly Take[];
  readonly shortfalls: readonly Shortfall[];
  readonly explanation: AllocationExplanation;
};

type Slot = { readonly locationId: LocationId; readonly priority: number; readonly active: boolean; free: number };
type Slots = ReadonlyMap<Sku, readonly Slot[]>;

/** What a location has of something wanted, before this request, and how much of it was taken. */
type Offer = { readonly slot: Omit<Slot, 'free'>; readonly available: number; took: number };
type Wish = { readonly sku: Sku; units: number; allocated: number; readonly offers: readonly Offer[] };

/**
 * Gives stock to a whole batch of requests, first come first served.
 * - What one line takes the next one doesn't find, so that neither two lines on one SKU nor a kit and its component both win.
 * - A kit is given whole, and from one location. Kits are given before the single SKUs of their request, which fit in anywhere.
 * - A policy says in which order locations are drawn from; it can't make more be taken than is available.
 * - Shelves that aren't handed in hold nothing.
 */
export const allocate = (
  shelves: readonly Shelf[],
  requests: readonly AllocationRequest[],
  policy: AllocationPolicy,
): readonly Allocation[] => {
  const slots = slotsBySku(shelves);
  return requests.map((request) => allocateOne(slots, request, policy));
};

const slotsBySku = (shelves: readonly Shelf[]): Slots => {
  const slots = new Map<Sku, Slot[]>();
  for (const { level, location } of shelves) {
    const slot = {
      locationId: location.id,
      priority: location.priority,
      active: location.active,
      free: location.active ? available(level) : 0,
    };
    const known = slots.get(level.sku);
    if (known) known.push(slot);
    else slots.set(level.sku, [slot]);
  }
  return slots;
};

const allocateOne = (slots: Slots, request: AllocationRequest, policy: AllocationPolicy): Allocation => {
  const wishes = wishesOf(slots, request.demands);
  const candidates = candidatesFor(wishes);
  const sequence =
    candidates.length === 0
      ? []
      : policy.sequence(candidates, new Map([...wishes.values()].map(({ sku, units }) => [sku, units])));
  const takes: Take[] = [];
  for (const demand of request.demands) if (demand.components) draw(slots, wishes, sequence, demand, takes);
  for (const demand of request.demands) if (!demand.components) draw(slots, wishes, sequence, demand, takes);
  const shortfalls: Shortfall[] = [];
  for (const { sku, units, allocated } of wishes.values())
    if (allocated < units) shortfalls.push({ sku, wanted: units, available: allocated });
  const granted = shortfalls.length === 0 || request.onShortage === 'backorder';
  if (!granted) putBack(slots, wishes, takes);
  const explanation = { policy: policy.name, skus: [...wishes.values()].map((wish) => explain(wish, sequence)) };
  return { granted, takes: granted ? takes : [], shortfalls, explanation };
};

const putBack = (slots: Slots, wishes: ReadonlyMap<Sku, Wish>, takes: readonly Take[]): void => {
  for (const { sku, locationId, quantity } of takes) {
    const slot = slotAt(slots, sku, locationId);
    if (slot) slot.free += quantity;
  }
  for (const wish of wishes.values()) {
    wish.allocated = 0;
    for (const offer of wish.offers) offer.took = 0;
  }
};

const slotAt = (slots: Slots, sku: Sku, locationId: LocationId): Slot | undefined =>
  slots.get(sku)?.find((slot) => slot.locationId === locationId);

const wishesOf = (slots: Slots, demands: readonly Demand[]): ReadonlyMap<Sku, Wish> => {
  const wishes = new Map<Sku, Wish>();
  for (const { sku, quantity, components } of demands) {
    const wish = wishes.get(sku);
    if (wish) wish.units += quantity;
    else wishes.set(sku, { sku, units: quantity, allocated: 0, offers: offersOf(slots, sku, components ?? null) });
  }
  return wishes;
};

/** What each location has of a SKU; of a kit, how many whole kits each of those has that hold any part of it. */
const offersOf = (slots: Slots, sku: Sku, components: readonly Component[] | null): readonly Offer[] => {
  if (!components) return (slots.get(sku) ?? []).map((slot) => ({ slot, available: slot.free, took: 0 }));
  const places = new Map(components.flatMap((part) => (slots.get(part.sku) ?? []).map((slot) => [slot.locationId, slot])));
  return [...places.values()].map((slot) => ({ slot, available: kitsAt(slots, components, slot.locationId), took: 0 }));
};

const kitsAt = (slots: Slots, components: readonly Component[], locationId: LocationId): number =>
  wholeKits(components, (sku) => slotAt(slots, sku, locationId)?.free ?? 0);

const candidatesFor = (wishes: ReadonlyMap<Sku, Wish>): readonly Candidate[] => {
  const candidates = new Map<LocationId, { locationId: LocationId; priority: number; available: Map<Sku, number> }>();
  for (const { sku, offers } of wishes.values())
    for (const { slot, available: there } of offers) {
      if (there === 0) continue;
      const known = candidates.get(slot.locationId);
      if (known) known.available.set(sku, there);
      else
        candidates.set(slot.locationId, {
          locationId: slot.locationId,
          priority: slot.priority,
          available: new Map([[sku, there]]),
        });
    }
  return [...candidates.values()];
};

/** Takes from the locations in the policy's order, as much as one line wants and they have. */
const draw = (
  slots: Slots,
  wishes: ReadonlyMap<Sku, Wish>,
  sequence: readonly LocationId[],
  { lineId, sku, quantity, components }: Demand,
  takes: Take[],
): void => {
  const wish = wishes.get(sku);
  let missing = quantity;
  for (const locationId of sequence) {
    if (missing === 0 || !wish) return;
    const free = components ? kitsAt(slots, components, locationId) : (slotAt(slots, sku, locationId)?.free ?? 0);
    const units = Math.min(missing, free);
    if (units === 0) continue;
    if (components)
      for (const part of components)
        takes.push({ lineId, sku: part.sku, locationId, quantity: units * part.quantity, unitQuantity: part.quantity });
    else takes.push({ lineId, sku, locationId, quantity: units });
    for (const part of components ?? [{ sku, quantity: 1 }]) {
      const slot = slotAt(slots, part.sku, locationId);
      if (slot) slot.free -= units * part.quantity;
    }
    const offer = wish.offers.find((one) => one.slot.locationId === locationId);
    if (offer) offer.took += units;
    wish.allocated += units;
    missing -= units;
  }
};

const explain = (wish: Wish, sequence: readonly LocationId[]): AllocationExplanation['skus'][number] => ({
  sku: wish.sku,
  wanted: wish.units,
  allocated: wish.allocated,
  candidates: wish.offers.map((offer) => ({
    locationId: offer.slot.locationId,
    available: offer.available,
    took: offer.took,
    because: outcomeOf(wish, offer, sequence),
  })),
});

const outcomeOf = (wish: Wish, { slot, available: there, took }: Offer, sequence: readonly LocationId[]): CandidateOutcome => {
  if (!slot.active) return 'inactive';
  if (took > 0) return 'chosen';
  if (there === 0) return 'nothingAvailable';
  if (wish.allocated === wish.units) return 'notNeeded';
  return sequence.includes(slot.locationId) ? 'usedUp' : 'passedOver';
};
