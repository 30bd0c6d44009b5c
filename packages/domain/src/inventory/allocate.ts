import { bug } from '../kernel/index.js';
import type { AllocationPolicy, Candidate } from './allocation-policy.js';
import { available, type Shelf } from './level.js';
import type { LocationId } from './location.js';
import type { Sku } from './sku.js';

/** What one order line asks for. */
export type Demand = { readonly lineId: string; readonly sku: Sku; readonly quantity: number };

/** What one order asks for. With `reject` it gets everything or nothing; with `backorder` it gets what is there. */
export type AllocationRequest = { readonly demands: readonly Demand[]; readonly onShortage: 'reject' | 'backorder' };

/** Units of a line that come from a location. */
export type Take = Demand & { readonly locationId: LocationId };

/** `available` is what was there for this request, after those before it. */
export type Shortfall = { readonly sku: Sku; readonly wanted: number; readonly available: number };

/** Why a location was drawn from or not. */
export type CandidateOutcome = 'chosen' | 'notNeeded' | 'nothingAvailable' | 'inactive';

/** What was looked at, and why it came out so: stored with the order and shown to whoever asks. */
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

/**
 * Gives stock to a whole batch of requests, first come first served.
 * - Demand is summed per SKU before it is checked, so that two lines on one SKU can't both win.
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

const slotsBySku = (shelves: readonly Shelf[]): Map<Sku, Slot[]> => {
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

const allocateOne = (slots: Map<Sku, Slot[]>, request: AllocationRequest, policy: AllocationPolicy): Allocation => {
  const wanted = new Map<Sku, number>();
  for (const { sku, quantity } of request.demands) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);
  const before = new Map<Slot, number>();
  for (const sku of wanted.keys()) for (const slot of slots.get(sku) ?? []) before.set(slot, slot.free);
  const candidates = candidatesFor(slots, wanted);
  const drawn = draw(slots, wanted, candidates.length === 0 ? [] : policy.sequence(candidates, wanted));
  const shortfalls = [...wanted].flatMap(([sku, units]): Shortfall[] => {
    const there = (drawn.get(sku) ?? []).reduce((sum, { quantity }) => sum + quantity, 0);
    return there < units ? [{ sku, wanted: units, available: there }] : [];
  });
  const granted = shortfalls.length === 0 || request.onShortage === 'backorder';
  if (!granted) for (const [slot, free] of before) slot.free = free;
  const takes = granted ? dealOut(request.demands, drawn) : [];
  return { granted, takes, shortfalls, explanation: { policy: policy.name, skus: explain(slots, wanted, before) } };
};

type Drawn = Map<Sku, { readonly locationId: LocationId; readonly quantity: number }[]>;

/** Takes from the locations in the policy's order, as much as is wanted and there. */
const draw = (slots: Map<Sku, Slot[]>, wanted: ReadonlyMap<Sku, number>, order: readonly LocationId[]): Drawn => {
  const drawn: Drawn = new Map();
  for (const [sku, units] of wanted) {
    let missing = units;
    const parts: { locationId: LocationId; quantity: number }[] = [];
    for (const locationId of order) {
      const slot = slots.get(sku)?.find((one) => one.locationId === locationId);
      const quantity = Math.min(missing, slot?.free ?? 0);
      if (!slot || quantity === 0) continue;
      slot.free -= quantity;
      missing -= quantity;
      parts.push({ locationId, quantity });
    }
    drawn.set(sku, parts);
  }
  return drawn;
};

const candidatesFor = (slots: Map<Sku, Slot[]>, wanted: ReadonlyMap<Sku, number>): Candidate[] => {
  const candidates = new Map<LocationId, { locationId: LocationId; priority: number; available: Map<Sku, number> }>();
  for (const sku of wanted.keys())
    for (const slot of slots.get(sku) ?? []) {
      if (slot.free === 0) continue;
      const candidate = candidates.get(slot.locationId) ?? {
        locationId: slot.locationId,
        priority: slot.priority,
        available: new Map(),
      };
      candidate.available.set(sku, slot.free);
      candidates.set(slot.locationId, candidate);
    }
  return [...candidates.values()];
};

/** Hands what was drawn to the lines, in the lines' order. */
const dealOut = (demands: readonly Demand[], drawn: Drawn): Take[] => {
  const takes: Take[] = [];
  for (const demand of demands) {
    const parts = drawn.get(demand.sku) ?? bug(`nothing was drawn for ${demand.sku}`);
    let missing = demand.quantity;
    while (missing > 0 && parts[0]) {
      const quantity = Math.min(missing, parts[0].quantity);
      takes.push({ lineId: demand.lineId, sku: demand.sku, locationId: parts[0].locationId, quantity });
      missing -= quantity;
      parts[0] = { ...parts[0], quantity: parts[0].quantity - quantity };
      if (parts[0].quantity === 0) parts.shift();
    }
  }
  return takes;
};

const explain = (
  slots: Map<Sku, Slot[]>,
  wanted: ReadonlyMap<Sku, number>,
  before: ReadonlyMap<Slot, number>,
): AllocationExplanation['skus'] =>
  [...wanted].map(([sku, units]) => {
    const candidates = (slots.get(sku) ?? []).map((slot) => {
      const free = before.get(slot) ?? 0;
      const took = free - slot.free;
      return { locationId: slot.locationId, available: free, took, because: outcomeOf(slot, free, took) };
    });
    return { sku, wanted: units, allocated: candidates.reduce((sum, { took }) => sum + took, 0), candidates };
  });

const outcomeOf = (slot: Slot, free: number, took: number): CandidateOutcome => {
  if (!slot.active) return 'inactive';
  if (took > 0) return 'chosen';
  return free > 0 ? 'notNeeded' : 'nothingAvailable';
};
