import { ok, type Result, type ShopAskRefused, type ShopPlace } from '@rappit/domain';
import { listOf, object, optional, type Reader, required, unreadable } from '../wire/reading.js';
import { text, written } from '../wire/scalars.js';
import { STOCK_AT } from './documents.js';
import type { ShopifyClient } from './graphql-client.js';
import { globalId, globalIdOf } from './ids.js';
import { readIn } from './page.js';

/** So many items are asked for at once, far from the thousand points of one question. */
const ITEMS_AT_ONCE = 50;

/** Fewer than none, where the shop has sold what it doesn't have. */
const signedUnits: Reader<number> = (value, path) => {
  const read = written(value, path);
  return read.ok && /^-?\d{1,15}$/.test(read.value) ? ok(Number(read.value)) : unreadable(path);
};

const quantity = object({ name: required('name', text), quantity: required('quantity', signedUnits) });
const level = object({ quantities: required('quantities', listOf(quantity)) });
const item = object({ id: optional('id', globalId('InventoryItem')), level: optional('inventoryLevel', level) });
const nothing: Reader<null> = (value, path) => (value === null ? ok(null) : unreadable(path));
const itemOrNothing: Reader<{ readonly id: string | null; readonly shows: number | null } | null> = (value, path) => {
  if (value === null) return nothing(value, path);
  const read = item(value, path);
  if (!read.ok) return read;
  return ok({
    id: read.value.id,
    shows: read.value.level?.quantities.find(({ name }) => name === 'available')?.quantity ?? null,
  });
};
const stockAt = object({ nodes: required('nodes', listOf(itemOrNothing)) });

const chunks = <Value>(all: readonly Value[], size: number): readonly (readonly Value[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));

/** What each place shows, in their order; null where nothing is counted. */
export const stockShown = async (
  client: ShopifyClient,
  places: readonly ShopPlace[],
): Promise<Result<readonly (number | null)[], ShopAskRefused>> => {
  const shown = new Map<string, number | null>();
  const locations = new Set(places.flatMap(({ externalLocationId }) => externalLocationId ?? []));
  for (const externalLocationId of locations) {
    const there = places.filter((place) => place.externalLocationId === externalLocationId);
    const ids = [...new Set(there.map(({ externalItemId }) => globalIdOf('InventoryItem', externalItemId)))];
    for (const items of chunks(ids, ITEMS_AT_ONCE)) {
      const location = globalIdOf('Location', externalLocationId);
      const told = readIn(await client.ask(STOCK_AT, { items, location }), stockAt);
      if (!told.ok) return told;
      for (const one of told.value.nodes) if (one?.id) shown.set(`${location} ${one.id}`, one.shows);
    }
  }
  return ok(places.map((place) => shown.get(keyOf(place)) ?? null));
};

const keyOf = ({ externalItemId, externalLocationId }: ShopPlace): string =>
  `${globalIdOf('Location', externalLocationId ?? '')} ${globalIdOf('InventoryItem', externalItemId)}`;
