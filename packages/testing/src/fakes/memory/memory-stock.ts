import {
  bug,
  type Digest,
  evolveStock,
  type LevelPlace,
  type LocationId,
  levelKey,
  type Shelf,
  type Sku,
  type StockChange,
  type StockLevel,
  type StockStore,
} from '@rappit/domain';
import { breakableFirst } from '../breakable.js';
import { byCodePoint } from '../code-points.js';
import { kitPartners } from './memory-kits.js';
import { chained } from './memory-ledger.js';
import { memoryStockLists } from './memory-stock-lists.js';
import { having } from './organization-state.js';
import { Conflict, type Workbench } from './workbench.js';

/** Stock as the domain's own model of it: `evolveStock` decides whether a change is possible, so that I1 and I5 can't break here. */
export const memoryStock = (bench: Workbench, digest: Digest): StockStore => {
  const { state, change } = bench;
  const open = (sku: Sku, locationId: LocationId): void => {
    const { stock, items, locations } = state();
    if (!items.has(sku) || !locations.has(locationId)) bug('a level belongs to an item and a location');
    const level: StockLevel = { sku, locationId, onHand: 0, reserved: 0, safetyStock: 0 };
    const key = levelKey(level);
    if (!stock.levels.has(key)) change({ stock: { ...stock, levels: having(stock.levels, key, level) } });
  };
  const keepBack = (at: LevelPlace, safetyStock: number): void => {
    const { stock } = state();
    const level = stock.levels.get(levelKey(at)) ?? bug('the level was locked');
    change({ stock: { ...stock, levels: having(stock.levels, levelKey(at), { ...level, safetyStock }) } });
  };
  const lock = (skus: readonly Sku[]): readonly Shelf[] => {
    const wanted = new Set(skus);
    const levels = [...state().stock.levels.values()].filter(({ sku }) => wanted.has(sku));
    for (const level of levels) bench.locked.add(levelKey(level));
    return levels.sort((a, b) => byCodePoint(levelKey(a), levelKey(b))).map((level) => shelfOf(bench, level));
  };
  const apply = (done: StockChange): void => {
    checkLocked(bench, done);
    const { stock, ledger, chainEnds } = state();
    const entries = chained(done.movements, chainEnds, digest);
    const ends = new Map(chainEnds);
    for (const entry of entries) ends.set(levelKey(entry), entry);
    change({ stock: evolved(stock, done), ledger: [...ledger, ...entries], chainEnds: ends });
  };
  const openOnes = () => [...state().stock.reservations.values()].filter(({ status }) => status === 'open');
  return {
    ...memoryStockLists(bench),
    open: async (sku, locationId) => open(sku, locationId),
    openMany: async (places) => {
      const fresh = places.filter((place) => !state().stock.levels.has(levelKey(place)));
      for (const { sku, locationId } of fresh) open(sku, locationId);
      return fresh.map(({ sku, locationId }) => ({ sku, locationId }));
    },
    lock: async (skus) => lock(skus),
    apply: async (done) => apply(done),
    keepBack: async (at, safetyStock) => keepBack(at, safetyStock),
    keepBackMany: async (levels) => {
      for (const { safetyStock, ...at } of levels) keepBack(at, safetyStock);
    },
    openOf: async (...orderIds) =>
      openOnes()
        .filter((one) => orderIds.includes(one.orderId))
        .sort((a, b) => byCodePoint(a.id, b.id)),
    consumedBy: async (orderId, shipmentId) =>
      [...state().stock.reservations.values()]
        .filter((one) => one.orderId === orderId && one.shipmentId === shipmentId && one.status === 'consumed')
        .sort((a, b) => byCodePoint(a.id, b.id)),
    kitPartners: async (skus) => kitPartners(state(), skus),
    breakableAt: async (sku, locationId) =>
      breakableFirst(
        openOnes().filter((one) => one.sku === sku && one.locationId === locationId),
        state().orders,
      ),
    reservation: async (id) => [...state().stock.reservations.values()].find((one) => one.id === id),
  };
};

const shelfOf = ({ state }: Workbench, level: StockLevel): Shelf => {
  const { id, priority, active } = state().locations.get(level.locationId) ?? bug('a level belongs to a location');
  return { level, location: { id, priority, active } };
};

/** The model stops on whatever was decided on other balances, or on reservations that have left `open`: to the store that is a conflict. */
const evolved: typeof evolveStock = (stock, done) => {
  try {
    return evolveStock(stock, done);
  } catch (error) {
    throw new Conflict(error instanceof Error ? error.message : 'the change is not possible');
  }
};

const checkLocked = ({ state, locked }: Workbench, done: StockChange): void => {
  const { levels, reservations } = state().stock;
  const touched = [...done.splits, ...done.pins, ...done.keeps, ...done.exits].flatMap(({ id }) => reservations.get(id) ?? []);
  for (const place of [...done.movements, ...done.opened, ...touched]) {
    if (!levels.has(levelKey(place))) bug(`there is no level of ${place.sku} there`);
    if (!locked.has(levelKey(place))) bug(`the level of ${place.sku} wasn't locked`);
  }
  const known = [...done.opened, ...done.splits.map(({ off }) => off)].find(({ id }) => reservations.has(id));
  if (known) bug(`there is a reservation ${known.id} already`);
  if (done.splits.some(({ of, off }) => off.quantity < 1 || off.quantity >= of)) bug('a split leaves something on both sides');
};
