import {
  availabilityOf,
  isLapsed,
  isLow,
  type LevelBooks,
  type LevelStanding,
  type LocationId,
  levelKey,
  type PlaceFilter,
  type Sku,
  type Standing,
  type StockLevel,
  type StockStore,
} from '@rappit/domain';
import { byCodePoint } from '../code-points.js';
import { pageOf } from '../page-of.js';
import type { OrganizationState } from './organization-state.js';
import type { Workbench } from './workbench.js';

type Place = { readonly sku: Sku; readonly locationId: LocationId };

const isAt = ({ sku, locationId }: PlaceFilter, place: Place): boolean =>
  (sku === undefined || place.sku === sku) && (locationId === undefined || place.locationId === locationId);

const byPlace = (a: Place, b: Place): number => byCodePoint(a.sku, b.sku) || byCodePoint(a.locationId, b.locationId);

/** What can be read of stock without locking it. */
export const memoryStockLists = ({
  state,
  now,
}: Workbench): Pick<StockStore, 'levels' | 'standing' | 'movements' | 'reservations' | 'chains' | 'ledger' | 'books'> => ({
  levels: async (page, { low, ...place }) => {
    const lowOnes = lowSkus(state(), now);
    const wanted = (level: StockLevel): boolean => isAt(place, level) && (low === undefined || lowOnes.has(level.sku) === low);
    const standing = [...state().stock.levels.values()].filter(wanted).map((level) => standingOf(state(), level, now));
    return pageOf(standing, page, { placeOf: levelKey });
  },
  standing: async (skus) => allStanding(state(), now).filter(({ level }) => skus.includes(level.sku)),
  movements: async (page, filter) =>
    pageOf(
      state().ledger.filter((entry) => isAt(filter, entry)),
      page,
      { placeOf: ({ id }) => id, newestFirst: true },
    ),
  reservations: async (page, { status, orderId, ...place }) => {
    const wanted = [...state().stock.reservations.values()].filter(
      (one) =>
        isAt(place, one) && (status === undefined || one.status === status) && (orderId === undefined || one.orderId === orderId),
    );
    return pageOf(wanted, page, { placeOf: ({ id }) => id, newestFirst: true });
  },
  chains: async (limit, after) =>
    [...state().stock.levels.values()]
      .filter((level) => after === undefined || byPlace(level, after) > 0)
      .sort(byPlace)
      .slice(0, limit)
      .map(({ sku, locationId }) => {
        const end = state().chainEnds.get(levelKey({ sku, locationId }));
        return { sku, locationId, number: end?.number ?? 0, hash: end?.hash ?? '' };
      }),
  ledger: async (limit, after, until) =>
    state()
      .ledger.filter((entry) => (byPlace(entry, after) || entry.number - after.number) > 0 && byPlace(entry, until) <= 0)
      .sort((a, b) => byPlace(a, b) || a.number - b.number)
      .slice(0, limit),
  books: async (limit) => {
    const all = allBooks(state());
    return [...all.filter(differ), ...all.filter((books) => !differ(books))].slice(0, limit);
  },
});

const lowSkus = (state: OrganizationState, now: Date): ReadonlySet<Sku> => {
  const standing = allStanding(state, now);
  const living = [...state.items.values()].flatMap(({ item, removedAt }) => (removedAt ? [] : [item]));
  const low = living.filter((item) => isLow(availabilityOf(item, standing).available, item.lowStockThreshold));
  return new Set(low.map(({ sku }) => sku));
};

const allStanding = (state: OrganizationState, now: Date): readonly Standing[] =>
  [...state.stock.levels.values()].flatMap((level) => {
    const location = state.locations.get(level.locationId);
    return location ? [{ level: standingOf(state, level, now), location }] : [];
  });

const standingOf = ({ stock }: OrganizationState, level: StockLevel, now: Date): LevelStanding => {
  const lapsed = [...stock.reservations.values()].filter((one) => isLapsed(one, now) && levelKey(one) === levelKey(level));
  return { ...level, lapsed: lapsed.reduce((sum, { quantity }) => sum + quantity, 0) };
};

const allBooks = ({ stock, ledger }: ReturnType<Workbench['state']>): readonly LevelBooks[] =>
  [...stock.levels.values()].map(({ sku, locationId, onHand, reserved }) => {
    const moved = ledger.filter((entry) => entry.sku === sku && entry.locationId === locationId);
    const open = [...stock.reservations.values()].filter(
      (one) => one.status === 'open' && one.sku === sku && one.locationId === locationId,
    );
    return {
      sku,
      locationId,
      onHand,
      reserved,
      ledgerOnHand: moved.reduce((sum, { onHandDelta }) => sum + onHandDelta, 0),
      ledgerReserved: moved.reduce((sum, { reservedDelta }) => sum + reservedDelta, 0),
      openReserved: open.reduce((sum, { quantity }) => sum + quantity, 0),
    };
  });

const differ = ({ onHand, reserved, ledgerOnHand, ledgerReserved, openReserved }: LevelBooks): boolean =>
  onHand !== ledgerOnHand || reserved !== ledgerReserved || reserved !== openReserved;
