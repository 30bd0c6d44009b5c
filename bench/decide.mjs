/**
 * How many orders a second the pure domain decides: no database, no server, one core. `npm run bench:decide`.
 * Measured in the time of the processor, best of many rounds, so that a busy machine changes little; beside it, as a measure of the
 * machine, how often the same drafts are copied by `structuredClone`. `--quick` only shows that it runs.
 */
import { decidePlacements, fewestLocations } from '@rappit/domain';

const quick = process.argv.includes('--quick');
const BATCH = 100;
const ROUNDS = quick ? 1 : 40;
/** Milliseconds of the processor that a round takes at least. */
const ROUND = quick ? 1 : 100;
/** One-line orders a second that the domain is meant to decide. */
const TARGET = 200_000;

const now = new Date('2026-11-23T12:00:00Z');
const skuAt = (number) => `SKU-${String(number).padStart(5, '0')}`;
const skus = Array.from({ length: 1_000 }, (_, number) => skuAt(number));

const shelves = skus.map((sku) => ({
  level: { sku, locationId: 'main', onHand: 1_000_000_000, reserved: 0, safetyStock: 0 },
  location: { id: 'main', priority: 1, active: true },
}));
const items = skus.map((sku) => ({ sku, name: `Goods ${sku}`, components: null, lowStockThreshold: 10, waiting: 0 }));

const lineOf = (sku) => ({
  ...{ sku, name: null, quantity: 1, unitPriceMinor: 1_900, taxMinor: 0, discountMinor: 0 },
  ...{ shipped: 0, cancelled: 0, external: null },
});

const person = { externalId: null, name: 'Amal Harbi', email: 'amal@example.com', phone: null };

const draftOf = (lines) => ({
  source: { kind: 'api' },
  currency: 'EUR',
  ...{ customer: person, shippingAddress: null, billingAddress: null, shippingMinor: 0, totals: null, tags: [] },
  ...{ paymentStatus: 'paid', paymentMethod: 'prepaid', paymentWindowMinutes: null, onShortage: 'reject' },
  lines,
});

/** A batch of orders, each with so many lines, over so many SKUs; only what it asks for is on the shelves, as in a transaction. */
const batchOf = (lines, spread) => {
  const requests = Array.from({ length: BATCH }, (_, order) => ({
    actor: { kind: 'user', id: 'user-1', name: 'Bench' },
    draft: draftOf(Array.from({ length: lines }, (_line, line) => lineOf(skuAt((order * lines + line) % spread)))),
  }));
  const asked = Math.min(spread, BATCH * lines);
  const numbers = requests.map((_, index) => String(1_001 + index));
  return { requests, situation: { now, numbers, shelves: shelves.slice(0, asked), items: items.slice(0, asked) } };
};

/** Orders a second in the best round, by the time of the processor. */
const best = (work) => {
  let most = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    let used = 0;
    let orders = 0;
    while (used < ROUND * 1_000) {
      work();
      orders += BATCH;
      const { user, system } = process.cpuUsage(before);
      used = user + system;
    }
    most = Math.max(most, (orders / used) * 1_000_000);
  }
  return most;
};

/** Ids are handed to the domain, like the time; making random ones isn't its work, and would be a third of this. */
const countingIds = () => {
  let count = 0;
  return {
    next: () => {
      count += 1;
      return `01a206f4-4f99-7000-8000-${String(count).padStart(12, '0')}`;
    },
  };
};

const decide = decidePlacements({ ids: countingIds(), policy: fewestLocations });

const loads = [
  ['one line, one hot SKU', batchOf(1, 1)],
  ['one line, spread', batchOf(1, 1_000)],
  ['five lines, spread', batchOf(5, 1_000)],
];

const say = (...columns) =>
  console.log(columns.map((text, index) => (index === 0 ? text.padEnd(24) : text.padStart(14))).join(''));
const rounded = (count) => `${Math.round(count / 1_000)},000`;

say('batches of 100', 'orders/s', 'copies/s', 'ratio');
let slowest = Number.POSITIVE_INFINITY;
for (const [title, { situation, requests }] of loads) {
  const refused = decide(situation, requests).find((one) => !one.ok);
  if (refused) throw new Error(`an order is refused: ${refused.error.code}`);
  const decided = best(() => decide(situation, requests));
  const copied = best(() => structuredClone(requests));
  say(title, rounded(decided), rounded(copied), (decided / copied).toFixed(2));
  if (requests[0].draft.lines.length === 1) slowest = Math.min(slowest, decided);
}
if (!quick && slowest < TARGET) {
  console.error(`fewer than ${rounded(TARGET)} one-line orders a second`);
  process.exitCode = 1;
}
