import {
  ok,
  type Result,
  type ShopAskRefused,
  type ShopDoRefused,
  type ShopPlace,
  type StockShown,
  type StockToShow,
} from '@rappit/domain';
import { LosslessNumber } from 'lossless-json';
import { remarkOf, unknownOutcome } from '../wire/answers.js';
import { hasNoRoute, isMissing, noOf, type WooAnswer, type WooSession } from './client.js';
import { itemOf } from './items.js';
import { inBatches, rowsOf } from './paging.js';
import { wooProduct } from './product.js';

/** The places that one request can name: products, or the variations of one product. */
type Group<Place extends ShopPlace> = {
  readonly path: string;
  readonly members: readonly { readonly id: string; readonly place: Place }[];
};

const groupsOf = <Place extends ShopPlace>(places: readonly Place[]): readonly Group<Place>[] => {
  const groups = new Map<string, { readonly id: string; readonly place: Place }[]>();
  for (const place of places) {
    const item = itemOf(place.externalItemId);
    if (!item) continue;
    const path = item.variationId === null ? 'wc/v3/products' : `wc/v3/products/${item.productId}/variations`;
    const group = groups.get(path) ?? [];
    group.push({ id: item.variationId ?? item.productId, place });
    groups.set(path, group);
  }
  return [...groups].flatMap(([path, members]) => inBatches(members).map((batch) => ({ path, members: batch })));
};

/** What each place shows; null for one that isn't there or isn't counted. */
export const stockShown = async (
  session: WooSession,
  places: readonly ShopPlace[],
): Promise<Result<readonly (number | null)[], ShopAskRefused>> => {
  const shown = new Map<ShopPlace, number | null>();
  for (const { path, members } of groupsOf(places)) {
    const answer = await session.ask(path, { include: members.map(({ id }) => id).join(','), per_page: 100 });
    if (!answer.ok) return answer;
    if (isMissing(answer.value) || hasNoRoute(answer.value)) continue;
    const rows = rowsOf(answer.value);
    if (!rows.ok) return rows;
    const available = new Map(
      rows.value.flatMap((row) => {
        const read = wooProduct(row, '');
        return read.ok ? [[read.value.id, read.value.available] as const] : [];
      }),
    );
    for (const { id, place } of members) shown.set(place, available.get(id) ?? null);
  }
  return ok(places.map((place) => shown.get(place) ?? null));
};

/**
 * Sets what each place shows, by batches. WooCommerce knows neither keys nor a comparison with what was there before: the number is set
 * whatever it was, and setting the same number twice is setting it once.
 */
export const showStock = async (
  session: WooSession,
  places: readonly StockToShow[],
): Promise<Result<readonly StockShown[], ShopDoRefused>> => {
  const shown = new Map<ShopPlace, StockShown>();
  for (const { path, members } of groupsOf(places)) {
    const update = members.map(({ id, place }) => ({
      id: new LosslessNumber(id),
      manage_stock: true,
      stock_quantity: place.available,
    }));
    const answer = await session.tell('POST', `${path}/batch`, { update });
    // What was set before is set: whoever asks again sets it again.
    if (!answer.ok) return shown.size > 0 ? unknownOutcome(answer.error.message) : answer;
    members.forEach(({ place }, index) => {
      shown.set(place, outcomeOf(answer.value, index));
    });
  }
  return ok(places.map((place) => shown.get(place) ?? refusedPlace('The shop has no such product.')));
};

const refusedPlace = (message: string): StockShown => ({ outcome: 'refused', message });

/** A batch is answered 200, with an error in the place of each object that was refused. */
const outcomeOf = (answer: WooAnswer, index: number): StockShown => {
  if (!answer.isOk) return refusedPlace(noOf(answer).error.message);
  const { update }: { readonly update?: unknown } = answer.json ?? {};
  const { id, error } = partsOf(Array.isArray(update) ? update[index] : undefined);
  if (error === undefined && id !== undefined) return { outcome: 'accepted' };
  return refusedPlace(remarkOf(partsOf(error).message) ?? 'The shop set nothing.');
};

type Parts = { readonly id?: unknown; readonly error?: unknown; readonly message?: unknown };
const partsOf = (value: unknown): Parts => (typeof value === 'object' && value !== null ? value : {});
