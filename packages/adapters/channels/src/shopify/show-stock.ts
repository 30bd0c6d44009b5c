import { createHash } from 'node:crypto';
import { ok, type Result, type ShopDoRefused, type StockShown, type StockToShow } from '@rappit/domain';
import { listed, listOf, object, required } from '../wire/reading.js';
import { filled, written } from '../wire/scalars.js';
import { SET_STOCK } from './documents.js';
import { sayingOf } from './graphql-answer.js';
import type { ShopifyClient } from './graphql-client.js';
import { globalIdOf } from './ids.js';
import { madeIn } from './page.js';
import { unavailable } from './refusals.js';
import { stockShown } from './stock.js';

/** As many as Shopify takes in one input. */
const PLACES_AT_ONCE = 250;
/** A key whose first attempt failed is good for nothing any more; another one is made from it, and not more often than this. */
const ATTEMPTS = 3;

type Fault = { readonly code: string | null; readonly field: readonly string[]; readonly message: string | null };
type Indexed = { readonly place: StockToShow; readonly index: number };

const fault = object<Fault>({ code: filled('code'), field: listed('field', written), message: filled('message') });
const payload = object({ faults: required('userErrors', listOf(fault)) });
const setIn = object({ set: required('inventorySetQuantities', payload) });

/** Text of which one key is made, always the same from the same. Shopify wants a UUID. */
const keyOf = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** The merchant's history of the place names us by it. */
const referenceOf = (key: string): string => `gid://rappit/StockPush/${keyOf(key)}`;

const inputOf = (key: string, asked: readonly Indexed[]) => ({
  name: 'available',
  reason: 'correction',
  referenceDocumentUri: referenceOf(key),
  quantities: asked.map(({ place }) => ({
    inventoryItemId: globalIdOf('InventoryItem', place.externalItemId),
    locationId: globalIdOf('Location', place.externalLocationId ?? ''),
    quantity: place.available,
    changeFromQuantity: place.expected,
  })),
});

/** Which of the quantities a fault is of: `["input", "quantities", "1", "changeFromQuantity"]`. */
const indexIn = ({ field }: Fault): number | null => {
  const at = field.indexOf('quantities');
  const index = at < 0 ? undefined : field[at + 1];
  return index !== undefined && /^\d{1,4}$/.test(index) ? Number(index) : null;
};

const sameKeyAgain: ReadonlySet<string | null> = new Set([
  'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED',
  'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
]);
const stale: ReadonlySet<string | null> = new Set(['CHANGE_FROM_QUANTITY_STALE', 'COMPARE_QUANTITY_STALE']);

/**
 * Sets what places show. Shopify sets all of one input or none, so whatever it objects to is taken out, and the rest asked for again.
 * Each input has a key of its own, made from the caller's: asked for the same again, Shopify answers what it answered before.
 */
export const showStock = async (
  client: ShopifyClient,
  key: string,
  places: readonly StockToShow[],
): Promise<Result<readonly StockShown[], ShopDoRefused>> => {
  const outcomes = new Map<number, StockShown>();
  const staleOnes: Indexed[] = [];
  const all = places.map((place, index) => ({ place, index }));
  const queue: (readonly Indexed[])[] = [];
  for (let from = 0; from < all.length; from += PLACES_AT_ONCE) queue.push(all.slice(from, from + PLACES_AT_ONCE));
  for (let asked = queue.shift(); asked; asked = queue.shift()) {
    const faults = await setOnce(client, key, asked);
    if (!faults.ok) return faults;
    const objected = new Map(faults.value.map((one) => [asked.length === 1 ? 0 : indexIn(one), one]));
    if (objected.size === 0) for (const { index } of asked) outcomes.set(index, { outcome: 'accepted' });
    else if (!asked.some((_, at) => objected.has(at))) queue.push(...asked.map((one) => [one]));
    else {
      for (const [at, one] of asked.entries()) {
        const objection = objected.get(at);
        if (objection && stale.has(objection.code)) staleOnes.push(one);
        else if (objection) outcomes.set(one.index, { outcome: 'refused', message: sayingOf([objection.message]) });
      }
      const rest = asked.filter((_, at) => !objected.has(at));
      if (rest.length > 0) queue.push(rest);
    }
  }
  const shown = await stockShown(
    client,
    staleOnes.map(({ place }) => place),
  );
  if (!shown.ok) return shown;
  for (const [at, { index, place }] of staleOnes.entries()) outcomes.set(index, staleAt(shown.value[at] ?? null, place));
  return ok(places.map((_, index) => outcomes.get(index) ?? { outcome: 'refused', message: 'Shopify did not answer for it.' }));
};

/** A place that shows what it is to show is as it should be: an attempt before this one may have set it. */
const staleAt = (shows: number | null, { available }: StockToShow): StockShown => {
  if (shows === null) return { outcome: 'refused', message: 'Shopify counts no stock there.' };
  return shows === available ? { outcome: 'accepted' } : { outcome: 'stale', shows };
};

/** What Shopify objects to in one input; nothing when it did what it was asked to. */
const setOnce = async (
  client: ShopifyClient,
  key: string,
  asked: readonly Indexed[],
): Promise<Result<readonly Fault[], ShopDoRefused>> => {
  const input = inputOf(key, asked);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const told = madeIn(await client.make(SET_STOCK, { input, key: keyOf(JSON.stringify([key, attempt, input])) }), setIn);
    if (!told.ok) return told;
    const { faults } = told.value.set;
    if (faults.some(({ code }) => code === 'IDEMPOTENCY_CONCURRENT_REQUEST'))
      return unavailable('Shopify is still busy with the same request.');
    if (!faults.some(({ code }) => sameKeyAgain.has(code))) return ok(faults);
  }
  return unavailable('Shopify does not take the key of this request any more.');
};
