import { isLimited, type LevelKey, levelKey, type OrganizationId, ok, type Sku } from '@rappit/domain';
import { LRUCache } from 'lru-cache';
import { type LevelRow, toLevel } from '../stores/stock-rows.js';
import { numbersUpTo } from './claim.js';
import type { Found } from './claim-and-lock.js';
import type { Batch, Outcome } from './decide-batch.js';
import { type ItemRow, skusOf, toSituation } from './situation.js';

/** So many SKUs of all organizations are remembered; the one that was asked for longest ago goes first. */
const MOST_SKUS = 20_000;
/** So many organizations. */
const MOST_ORGANIZATIONS = 1_000;
/** After a surprise so many batches of the organization aren't foreseen: somebody else is at its stock, and would surprise the next ones too. */
const RESTING = 16;
/** An order isn't said to be placed longer before its transaction began, in milliseconds. */
const LONGEST_AGO = 1_000;

/** How the last batch left an organization. */
type Left = {
  readonly now: Date;
  readonly lastNumber: number;
  readonly thisMonth: number | undefined;
};

/**
 * Remembers how batches left what they found, so that the next one can be decided before the database has answered it. It may be wrong at any
 * time: others change the same stock, and a batch may fail after it was learned of. So nothing is done on it that wasn't compared with
 * what the next batch found indeed.
 */
export type Foresight = {
  readonly learn: (batch: Batch, found: Found, outcome: Outcome) => void;
  /** What a batch right behind the last one will find, unless too little is known. */
  readonly expect: (batch: Batch) => Found | undefined;
  /** Expects nothing of the organization for a while, since it was wrong. */
  readonly rest: (organizationId: OrganizationId) => void;
};

export const makeForesight = (): Foresight => {
  const goods = new LRUCache<string, readonly ItemRow[]>({ max: MOST_SKUS });
  const left = new LRUCache<OrganizationId, Left>({ max: MOST_ORGANIZATIONS });
  const resting = new LRUCache<OrganizationId, number>({ max: MOST_ORGANIZATIONS });
  const nameOf = (organizationId: OrganizationId, sku: Sku): string => `${organizationId}\n${sku}`;

  /** Whether it isn't to be expected anything of the organization yet. */
  const rests = (organizationId: OrganizationId): boolean => {
    const batches = resting.get(organizationId) ?? 0;
    if (batches > 0) resting.set(organizationId, batches - 1);
    return batches > 0;
  };
  return {
    learn: ({ organizationId }, found, outcome) => {
      left.set(organizationId, leftBy(found, outcome));
      for (const [sku, rows] of goodsLeftBy(found, outcome)) goods.set(nameOf(organizationId, sku), rows);
    },
    expect: ({ organizationId, requests }) => {
      const last = left.get(organizationId);
      if (!last || rests(organizationId)) return undefined;
      const rows: ItemRow[] = [];
      for (const sku of skusOf(requests)) {
        const known = goods.get(nameOf(organizationId, sku));
        if (!known?.every(({ components }) => components === null)) return undefined;
        rows.push(...known);
      }
      const { now, lastNumber } = last;
      const limited = isLimited(requests);
      if (limited && last.thisMonth === undefined) return undefined;
      const thisMonth = limited ? last.thisMonth : undefined;
      const verdicts = requests.map(() => ok(undefined));
      const numbers = numbersUpTo(lastNumber + requests.length, requests.length);
      return { now, numbers, verdicts, thisMonth, rows, ...toSituation(rows, new Map()) };
    },
    rest: (organizationId) => void resting.set(organizationId, RESTING),
  };
};

const leftBy = ({ now, numbers, thisMonth }: Found, { placements }: Outcome): Left => ({
  now,
  lastNumber: Number(numbers.at(-1)),
  thisMonth: thisMonth === undefined ? undefined : thisMonth + placements.length,
});

/** The rows of each SKU as the batch leaves them. */
const goodsLeftBy = ({ rows }: Found, { placements, chains }: Outcome): ReadonlyMap<Sku, readonly ItemRow[]> => {
  const reserved = new Map<LevelKey, number>();
  for (const { stock } of placements)
    for (const movement of stock.movements) reserved.set(levelKey(movement), movement.reservedAfter);
  const goods = new Map<Sku, ItemRow[]>();
  for (const row of rows) {
    const known = goods.get(row.sku) ?? [];
    goods.set(row.sku, known);
    known.push(row.location_id === null ? row : movedOn(row, reserved, chains));
  }
  return goods;
};

const movedOn = (row: ItemRow & LevelRow, reserved: ReadonlyMap<LevelKey, number>, chains: Outcome['chains']): ItemRow => {
  const key = levelKey(toLevel(row));
  const end = chains.get(key);
  return { ...row, reserved: reserved.get(key) ?? row.reserved, ...(end && { last_number: end.number, last_hash: end.hash }) };
};

/** Whether a batch found what was expected, but for its time, which may be a little later, in the same month. */
export const isAsExpected = (expected: Found, found: Found): boolean =>
  found.numbers.at(-1) === expected.numbers.at(-1) &&
  found.thisMonth === expected.thisMonth &&
  found.lapsed.length === 0 &&
  found.verdicts.every(({ ok }) => ok) &&
  found.items.every(({ waiting }) => waiting === 0) &&
  isLittleLater(expected.now, found.now) &&
  areSame(expected.rows, found.rows);

const isLittleLater = (expected: Date, found: Date): boolean => {
  const later = found.getTime() - expected.getTime();
  return later >= 0 && later < LONGEST_AGO && found.getUTCMonth() === expected.getUTCMonth();
};

/** What a decision sees of a row. Of its hints that what they lead to is compared: what lapsed, and what earlier orders wait for. */
const FACTS = [
  ...(['sku', 'name', 'low_stock_threshold', 'location_id', 'on_hand', 'reserved', 'safety_stock'] as const),
  ...(['components', 'last_number', 'last_hash', 'priority', 'active'] as const),
] satisfies readonly (keyof ItemRow)[];
const areSame = (expected: readonly ItemRow[], found: readonly ItemRow[]): boolean => {
  if (expected.length !== found.length) return false;
  const known = new Map(expected.map((row) => [rowKey(row), row]));
  return found.every((row) => {
    const same = known.get(rowKey(row));
    return same !== undefined && FACTS.every((fact) => row[fact] === same[fact]);
  });
};

const rowKey = ({ sku, location_id }: ItemRow): string => `${sku}\n${location_id}`;
