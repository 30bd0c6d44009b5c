import {
  type AllocationPolicy,
  type Component,
  emptyStock,
  evolveStock,
  type IdSource,
  levelKey,
  type Occasion,
  type Order,
  type Return,
  type Shelf,
  type Shipment,
  type ShipmentId,
  type Sku,
  type Stock,
  type StockChange,
  type StockLevel,
  system,
} from '@rappit/domain';
import { locationId } from '../arbitraries/index.js';
import { exampleSku } from '../fakes/examples.js';
import type { Story } from './story.js';

/**
 * One organization as plain values: its stock by the domain's own model, its orders and shipments by the rules of the
 * design, written down a second time and without any port. What a store makes of the same steps has to look the same.
 */
export type Model = {
  readonly ids: IdSource;
  readonly policy: AllocationPolicy;
  readonly now: Date;
  readonly skus: readonly Sku[];
  /** What the kits among the SKUs are put together from. */
  readonly kits: ReadonlyMap<Sku, readonly Component[]>;
  readonly locations: readonly Shelf['location'][];
  readonly stock: Stock;
  /** Oldest first. */
  readonly orders: readonly Order[];
  readonly placedExternals: ReadonlySet<string>;
  /** Oldest first. */
  readonly shipments: readonly Shipment[];
  /** Oldest first. */
  readonly returns: readonly Return[];
  /** What the carrier has sold. */
  readonly sold: ReadonlySet<ShipmentId>;
};

export const skuAt = (index: number): Sku => exampleSku(['A', 'B', 'C'][index] ?? `SKU-${index}`);

/** With two SKUs or more there is a kit of two of the first and one of the second. */
export const goodsOf = ({ skus }: Pick<Story, 'skus'>): Pick<Model, 'skus' | 'kits'> => {
  const plain = Array.from({ length: skus }, (_, index) => skuAt(index));
  const [first, second] = plain;
  if (!first || !second) return { skus: plain, kits: new Map() };
  const kit = exampleSku('KIT');
  const components = [
    { sku: first, quantity: 2 },
    { sku: second, quantity: 1 },
  ];
  return { skus: [...plain, kit], kits: new Map([[kit, components]]) };
};

export const openModel = (
  { skus, priorities }: Pick<Story, 'skus' | 'priorities'>,
  ids: IdSource,
  policy: AllocationPolicy,
): Model => ({
  ids,
  policy,
  now: new Date('2026-01-05T09:00:00.000Z'),
  ...goodsOf({ skus }),
  locations: priorities.map((priority, index) => ({ id: locationId(index), priority, active: true })),
  stock: emptyStock,
  orders: [],
  placedExternals: new Set(),
  shipments: [],
  returns: [],
  sold: new Set(),
});

export const occasionOf = ({ ids, now }: Model): Occasion => ({ actor: system('model'), at: now, ids });

/** The level, as something may be there for the first time. */
export const levelAt = ({ stock }: Model, place: Pick<StockLevel, 'sku' | 'locationId'>): StockLevel =>
  stock.levels.get(levelKey(place)) ?? { sku: place.sku, locationId: place.locationId, onHand: 0, reserved: 0, safetyStock: 0 };

export const withLevel = (model: Model, level: StockLevel): Model => ({
  ...model,
  stock: { ...model.stock, levels: new Map(model.stock.levels).set(levelKey(level), level) },
});

/** All levels of the SKUs, by SKU and location. */
export const shelvesOf = ({ stock, locations }: Model, skus: Iterable<Sku>): readonly Shelf[] => {
  const wanted = new Set(skus);
  const levels = [...stock.levels.values()]
    .filter(({ sku }) => wanted.has(sku))
    .sort((a, b) => (levelKey(a) < levelKey(b) ? -1 : 1));
  return levels.flatMap((level) =>
    locations.flatMap((location) => (location.id === level.locationId ? [{ level, location }] : [])),
  );
};

export const moved = (model: Model, change: StockChange): Model => ({ ...model, stock: evolveStock(model.stock, change) });

export const withNewOrder = (model: Model, order: Order): Model => ({ ...model, orders: [...model.orders, order] });

export const withOrder = (model: Model, order: Order): Model => ({
  ...model,
  orders: model.orders.map((before) => (before.id === order.id ? { ...order, version: before.version + 1 } : before)),
});

export const withShipment = (model: Model, shipment: Shipment): Model => ({
  ...model,
  shipments: model.shipments.some(({ id }) => id === shipment.id)
    ? model.shipments.map((before) => (before.id === shipment.id ? { ...shipment, version: before.version + 1 } : before))
    : [...model.shipments, { ...shipment, version: 1 }],
});

/** What is named by its place, around again. Undefined when there is none. */
export const named = <Value>(values: readonly Value[], place: number): Value | undefined =>
  values[place % Math.max(1, values.length)];

/** How many labels of an order are being bought, or may have been. */
export const purchasesOf = ({ shipments }: Pick<Model, 'shipments'>, { id }: Pick<Order, 'id'>): number =>
  shipments.filter(({ orderId, status }) => orderId === id && (status === 'purchasing' || status === 'unknown')).length;
