import type { Announcements, Page, PageRequest } from '../kernel/index.js';
import type { Item } from './item.js';
import type { LevelStanding, Shelf } from './level.js';
import type { Location, LocationId } from './location.js';
import type { ChainEnd, ChainLink, Movement } from './movement.js';
import type { LevelBooks } from './reconcile.js';
import type { Reservation } from './reservation.js';
import type { Sku } from './sku.js';
import type { StockChange } from './stock-change.js';

/** `kits` counts the kits that it is a part of. */
export type ItemUses = { readonly listings: number; readonly waiting: number; readonly kits: number };

/**
 * Items of one organization.
 * - A deleted item isn't found; adding its SKU again revives it.
 */
export type ItemStore = {
  readonly find: (sku: Sku) => Promise<Item | undefined>;
  /** Found, and neither changed nor removed by anybody else until the unit of work ends. Locked before levels. */
  readonly lock: (sku: Sku) => Promise<Item | undefined>;
  /** The same, once no order that names it is being placed; after its levels were locked. */
  readonly lockToRemove: (sku: Sku) => Promise<Item | undefined>;
  /** What would be lost if the item were removed, besides stock: shops' variants mapped to it, units that orders wait for, kits of it. */
  readonly uses: (sku: Sku) => Promise<ItemUses>;
  /** Those of the SKUs that exist, in any order. */
  readonly findMany: (skus: readonly Sku[]) => Promise<readonly Item[]>;
  /** By SKU, ascending by code point. `text` finds what starts with it, in SKU or name. */
  readonly list: (page: PageRequest, text?: string) => Promise<Page<Item>>;
  /** Answers false, and writes nothing, when the SKU is taken by an item that isn't deleted. */
  readonly add: (item: Item) => Promise<boolean>;
  /** Answers false when there is no such item. */
  readonly change: (item: Item) => Promise<boolean>;
  readonly remove: (sku: Sku, at: Date) => Promise<boolean>;
  /** Those that exist, in any order, locked as by `lock` and in one order. */
  readonly lockMany: (skus: readonly Sku[]) => Promise<readonly Item[]>;
  /** Adds or revives all of them; a conflict when one is there that isn't deleted. Their SKUs differ. */
  readonly addMany: (items: readonly Item[]) => Promise<void>;
  /** Changes all of them, which are locked. */
  readonly changeMany: (items: readonly Item[]) => Promise<void>;
};

/** Locations of one organization. */
export type LocationStore = {
  readonly find: (id: LocationId) => Promise<Location | undefined>;
  /** Found, and not changed by anybody else until the unit of work ends. Locked before levels. */
  readonly lock: (id: LocationId) => Promise<Location | undefined>;
  /** By code. */
  readonly list: (page: PageRequest) => Promise<Page<Location>>;
  /** Answers false, and writes nothing, when another location has the code. */
  readonly save: (location: Location) => Promise<boolean>;
};

export type LevelPlace = { readonly sku: Sku; readonly locationId: LocationId };
export type PlaceFilter = { readonly sku?: Sku | undefined; readonly locationId?: LocationId | undefined };
/** `low`: only levels of SKUs of which no more is available than their threshold, or only the others. */
export type LevelFilter = PlaceFilter & { readonly low?: boolean | undefined };
export type MovementFilter = PlaceFilter;
export type ReservationFilter = PlaceFilter & {
  readonly status?: Reservation['status'] | undefined;
  readonly orderId?: string | undefined;
};

/** A movement with its place in the chain. */
export type LedgerEntry = Movement & ChainLink;

/** A level as it is shown, with its location. */
export type Standing = Shelf & { readonly level: LevelStanding };

/**
 * Stock of one organization.
 * - Whoever changes stock locks the levels first: `lock` before `apply`, and before locking any order.
 * - `apply` writes the whole change or throws; it never lets a level leave I1 or a reservation leave `open` twice, whatever it is handed.
 */
export type StockStore = {
  /** Makes the level if there is none, with nothing on hand. The item and the location exist. */
  readonly open: (sku: Sku, locationId: LocationId) => Promise<void>;
  /** The same for many at once; answers those that there were none of. Their items are locked. */
  readonly openMany: (places: readonly LevelPlace[]) => Promise<readonly LevelPlace[]>;
  /** All levels of the SKUs at all locations, locked in one order until the unit of work ends. */
  readonly lock: (skus: readonly Sku[]) => Promise<readonly Shelf[]>;
  /** SKUs that waiting kits, or kits with open reservations, need together with any of these; without these. */
  readonly kitPartners: (skus: readonly Sku[]) => Promise<readonly Sku[]>;
  readonly apply: (change: StockChange) => Promise<void>;
  /** How many units of a locked level are never promised by themselves. */
  readonly keepBack: (at: LevelPlace, safetyStock: number) => Promise<void>;
  /** The same for many levels at once. */
  readonly keepBackMany: (levels: readonly (LevelPlace & { readonly safetyStock: number })[]) => Promise<void>;
  /** Open ones of the orders, oldest first. */
  readonly openOf: (...orderIds: readonly string[]) => Promise<readonly Reservation[]>;
  /** Those that were consumed for a shipment of the order, oldest first. */
  readonly consumedBy: (orderId: string, shipmentId: string) => Promise<readonly Reservation[]>;
  /** Open ones of a level, in the order in which they may break: unpaid before paid, newest first, those of shipments last. */
  readonly breakableAt: (sku: Sku, locationId: LocationId) => Promise<readonly Reservation[]>;
  readonly reservation: (id: string) => Promise<Reservation | undefined>;
  /** By SKU, then location. */
  readonly levels: (page: PageRequest, filter: LevelFilter) => Promise<Page<LevelStanding>>;
  /** All levels of the SKUs as they stand, locked by nobody. */
  readonly standing: (skus: readonly Sku[]) => Promise<readonly Standing[]>;
  /** Newest first. */
  readonly movements: (page: PageRequest, filter: MovementFilter) => Promise<Page<LedgerEntry>>;
  /** Newest first. */
  readonly reservations: (page: PageRequest, filter: ReservationFilter) => Promise<Page<Reservation>>;
  /** Levels and where each says that its chain ends: by SKU and location, those behind `after`. */
  readonly chains: (limit: number, after?: LevelPlace) => Promise<readonly (LevelPlace & ChainEnd)[]>;
  /** The ledger by SKU, location and number: behind an entry, up to the last entry of a level. */
  readonly ledger: (
    limit: number,
    after: LevelPlace & { readonly number: number },
    until: LevelPlace,
  ) => Promise<readonly LedgerEntry[]>;
  /** Books of up to `limit` levels, those that differ at all first. */
  readonly books: (limit: number) => Promise<readonly LevelBooks[]>;
};

export type InventoryStores = {
  readonly items: ItemStore;
  readonly locations: LocationStore;
  readonly stock: StockStore;
  readonly outbox: Announcements;
};
