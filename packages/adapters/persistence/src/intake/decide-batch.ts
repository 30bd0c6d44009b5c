import {
  bug,
  type DecidePlacements,
  type Digest,
  type IntakeRefused,
  type Order,
  type OrganizationId,
  ok,
  type Placement,
  type PlacementRequest,
  type Result,
  type Situation,
  type Sku,
} from '@rappit/domain';
import type { QueryConfig } from 'pg';
import type { ChainEnd } from '../scope.js';
import type { Found } from './claim-and-lock.js';
import { Lapsed } from './reclaim.js';
import { skusOf } from './situation.js';
import { type Decided, writeOf } from './write.js';

export type Answer = Result<Order, IntakeRefused>;

export type Deciding = { readonly decide: DecidePlacements; readonly digest: Digest };

export type Batch = {
  readonly organizationId: OrganizationId;
  readonly requests: readonly PlacementRequest[];
  /** Whether what lapsed is to be expired first. */
  readonly heedLapsed: boolean;
};

/** What only a request asks for that was answered before stays as it is: asking again has no effect. */
const heed = (lapsed: readonly Sku[], asked: ReadonlySet<Sku>): void => {
  const mine = lapsed.filter((sku) => asked.has(sku));
  if (mine.length > 0) throw new Lapsed(mine);
};

const stockOf = (asked: readonly PlacementRequest[], items: Situation['items']): ReadonlySet<Sku> => {
  const skus = new Set(skusOf(asked));
  for (const { sku, components } of items) if (skus.has(sku)) for (const part of components ?? []) skus.add(part.sku);
  return skus;
};

/** What a batch is told, what is to be written for it, and whether it has events. */
export type Outcome = {
  readonly answers: readonly Answer[];
  readonly write: QueryConfig | undefined;
  readonly tells: boolean;
  readonly placements: readonly Placement[];
  /** The ends of the levels' chains behind what is written. */
  readonly chains: ReadonlyMap<string, ChainEnd>;
};

/** Decides a batch on what was found. */
export const decideOn = (
  { decide, digest }: Deciding,
  { organizationId, requests, heedLapsed }: Batch,
  found: Found,
): Outcome => {
  const { now, numbers, verdicts, shelves, items, chains, lapsed, thisMonth } = found;
  const open = requests
    .map((request, index) => ({ request, number: numbers[index] ?? bug('each request has a number') }))
    .filter((_, index) => verdicts[index]?.ok);
  if (open.length === 0)
    return {
      answers: verdicts.map((verdict) => (verdict.ok ? bug('no request is open') : verdict)),
      write: undefined,
      tells: false,
      placements: [],
      chains,
    };
  const asked = open.map(({ request }) => request);
  if (heedLapsed) heed(lapsed, stockOf(asked, items));
  const decisions = decide({ now, shelves, items, numbers: open.map(({ number }) => number), thisMonth }, asked);
  const outcomes = decisions.map((one): Answer => (one.ok ? ok(one.value.order) : one));
  const decided = asked.map(({ once }, index): Decided => {
    const [decision, outcome] = [decisions[index], outcomes[index]];
    if (!decision || !outcome) return bug('each request was decided');
    return { placement: decision.ok ? decision.value : undefined, answered: once && { once, answer: once.answer(outcome) } };
  });
  let next = 0;
  return {
    answers: verdicts.map((verdict) => (verdict.ok ? (outcomes[next++] ?? bug('each request was decided')) : verdict)),
    write: writeOf({ organizationId, now, decided, chains, digest }),
    tells: decisions.some((one) => one.ok && one.value.events.length > 0),
    placements: decisions.flatMap((one) => (one.ok ? one.value : [])),
    chains,
  };
};
