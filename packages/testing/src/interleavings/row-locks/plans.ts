import { levelKey, type Sku } from '@rappit/domain';
import { byCodePoint } from '../../fakes/code-points.js';
import { waitingFor as ordersWaitingFor } from '../../fakes/memory/memory-orders.js';
import type { AllStores } from '../../fakes/memory/memory-stores.js';
import type { OrganizationState } from '../../fakes/memory/organization-state.js';
import { EVERYTHING } from '../explorer/footprint.js';
import {
  consumedBy,
  kitsOf,
  LAPSING,
  levelsOf,
  openAt,
  openOf,
  readsList,
  returnsOf,
  shipmentsOf,
  thereIs,
  UNTRIED,
  waitingFor,
} from './lists.js';
import { rowName } from './rows.js';

/**
 * What a statement looks at, and for which rows it then waits, one after another in this order. Rows that it waits for may stand among
 * those it looks at: it does so when it has them.
 */
export type Plan = {
  readonly looks: readonly string[];
  readonly locks?: readonly string[];
  /** A further statement of the same call, planned on what it sees when it begins. */
  readonly next?: (state: OrganizationState) => Plan;
};

type StoreName = Exclude<keyof AllStores, 'now'>;
type Arguments<Method> = Method extends (...args: infer Args extends readonly unknown[]) => unknown ? Args : never;
export type Plans = {
  readonly [Name in StoreName]?: {
    readonly [Method in keyof AllStores[Name]]?: (state: OrganizationState, ...args: Arguments<AllStores[Name][Method]>) => Plan;
  };
} & { readonly intake: { readonly lock: (state: OrganizationState, skus: readonly Sku[]) => Plan } };

const looksAt = (...looks: readonly string[]): Plan => ({ looks });

/** The rows of a table that are there: whoever asks for one that isn't waits for nobody. */
const locking = (
  table: 'items' | 'locations' | 'orders' | 'shipments' | 'returns',
  state: OrganizationState,
  keys: readonly string[],
): Plan => {
  const rows: ReadonlyMap<string, unknown> = state[table];
  const there = keys.filter((key) => rows.has(key)).map((key) => rowName(table, key));
  return { looks: [...keys.map((key) => thereIs(rowName(table, key))), ...there], locks: there };
};

const sorted = <Key extends string>(keys: readonly Key[]): readonly Key[] => [...new Set(keys)].sort(byCodePoint);

/** Of the rows that are there when the statement begins: a level that is opened while it waits is neither locked nor seen. */
export const lockLevels = (state: OrganizationState, skus: readonly Sku[]): Plan => {
  const there = [...state.stock.levels.values()].filter(({ sku }) => skus.includes(sku));
  return {
    looks: [
      ...skus.flatMap((sku) => readsList(state, levelsOf(sku))),
      ...there.map(({ locationId }) => rowName('locations', locationId)),
    ],
    locks: sorted(there.map(levelKey)).map((key) => rowName('levels', key)),
  };
};

/** Items first, as anchors: whoever opens a level has locked its item, so that the statement after this sees every level. */
const lockStock = (state: OrganizationState, skus: readonly Sku[]): Plan => ({
  ...locking('items', state, sorted(skus)),
  next: (then) => lockLevels(then, skus),
});

const lockWaiting = (state: OrganizationState, skus: readonly Sku[], limit: number): Plan => {
  const waiting = ordersWaitingFor(state, skus).slice(0, limit);
  return { ...readWaiting(state, skus), locks: waiting.map(({ id }) => rowName('orders', id)) };
};

const readWaiting = (state: OrganizationState, skus: readonly Sku[]): Plan =>
  looksAt(...skus.flatMap((sku) => [...readsList(state, waitingFor(sku)), ...readsList(state, levelsOf(sku))]));

const readKits = (state: OrganizationState, skus: readonly Sku[]): Plan => {
  const kits = skus.flatMap((sku) => readsList(state, kitsOf(sku)));
  const orders = [...state.orders.keys()].filter((id) => kits.includes(rowName('orders', id)));
  return looksAt(...kits, ...orders.flatMap((id) => readsList(state, openOf(id))));
};

/** What a statement writes needs no plan, since it shows: its rows are looked at as well. */
const writes = (): Plan => looksAt();

/**
 * What the statements of each store look at and wait for on PostgreSQL. One that isn't named waits for nobody and looks at
 * everything, which is always right, and only costs schedules: many, when use cases call it often.
 */
export const plans: Plans = {
  /** The hot path opens no levels and locks no anchors: a level that is opened meanwhile isn't seen, and not needed. */
  intake: { lock: lockLevels },
  items: {
    find: (_, sku) => looksAt(rowName('items', sku)),
    findMany: (_, skus) => looksAt(...skus.map((sku) => rowName('items', sku))),
    lock: (state, sku) => locking('items', state, [sku]),
    lockMany: (state, skus) => locking('items', state, sorted(skus)),
  },
  locations: {
    find: (_, id) => looksAt(rowName('locations', id)),
    lock: (state, id) => locking('locations', state, [id]),
  },
  stock: {
    open: (_, sku, locationId) => looksAt(thereIs(rowName('levels', levelKey({ sku, locationId })))),
    openMany: (_, places) => looksAt(...places.map((place) => thereIs(rowName('levels', levelKey(place))))),
    lock: lockStock,
    apply: writes,
    keepBack: writes,
    kitPartners: readKits,
    openOf: (state, ...orderIds) => looksAt(...orderIds.flatMap((id) => readsList(state, openOf(id)))),
    consumedBy: (state, _, shipmentId) => looksAt(...readsList(state, consumedBy(shipmentId))),
    breakableAt: (state, sku, locationId) => {
      const names = readsList(state, openAt(levelKey({ sku, locationId })));
      const orders = [...state.stock.reservations.values()].filter(({ id }) => names.includes(rowName('reservations', id)));
      return looksAt(...names, ...orders.map(({ orderId }) => rowName('orders', orderId)));
    },
    reservation: (_, id) => looksAt(rowName('reservations', id)),
    levels: (state, _, { sku }) =>
      looksAt(...(sku ? [...readsList(state, levelsOf(sku)), ...readsList(state, LAPSING)] : [EVERYTHING])),
  },
  orders: {
    find: (_, id) => looksAt(rowName('orders', id)),
    findMany: (_, ids) => looksAt(...ids.map((id) => rowName('orders', id))),
    lock: (state, ids) => locking('orders', state, sorted(ids)),
    waitingFor: lockWaiting,
    waitingIds: readWaiting,
    servable: () => looksAt(EVERYTHING),
    untried: (state) => looksAt(...readsList(state, UNTRIED)),
    lapsed: (state) => looksAt(...readsList(state, LAPSING)),
    save: writes,
  },
  shipments: {
    find: (_, id) => looksAt(rowName('shipments', id)),
    findMany: (_, ids) => looksAt(...ids.map((id) => rowName('shipments', id))),
    lock: (state, id) => locking('shipments', state, [id]),
    ofOrders: (state, ids) => looksAt(...ids.flatMap((id) => readsList(state, shipmentsOf(id)))),
    save: writes,
    addDocuments: writes,
  },
  returns: {
    find: (_, id) => looksAt(rowName('returns', id)),
    lock: (state, id) => locking('returns', state, [id]),
    isAwaited: (_, id) => looksAt(rowName('returns', id)),
    countOfOrder: (state, id) => looksAt(...readsList(state, returnsOf(id))),
    save: writes,
  },
  outbox: { announce: writes },
};

/** The plan of a call, by names. */
export const planOf = (all: Plans, store: string, method: string, args: readonly unknown[]) => {
  type AnyPlan = (state: OrganizationState, ...args: readonly unknown[]) => Plan;
  const plan = (all as Readonly<Record<string, Readonly<Record<string, AnyPlan>> | undefined>>)[store]?.[method];
  return (state: OrganizationState): Plan => plan?.(state, ...args) ?? looksAt(EVERYTHING);
};
