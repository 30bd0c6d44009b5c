import { available, type Order, type OrderLine, type Sku, type StockLevel, stockedAs, wholeKits } from '@rappit/domain';
import { byCodePoint } from '../code-points.js';
import type { OrganizationState } from './organization-state.js';

type KitLine = OrderLine & { readonly sku: Sku; readonly components: NonNullable<OrderLine['components']> };
const isKitLine = (line: OrderLine): line is KitLine => line.sku !== null && line.components !== null;

/** SKUs that waiting or promised kits need together with any of these. */
export const kitPartners = ({ orders, stock }: OrganizationState, skus: readonly Sku[]): readonly Sku[] => {
  const promised = new Set(
    [...stock.reservations.values()].filter(({ status }) => status === 'open').map(({ orderLineId }) => orderLineId),
  );
  const partners = [...orders.values()]
    .flatMap(({ lines }) => lines)
    .filter(isKitLine)
    .filter(({ id, backordered }) => backordered > 0 || promised.has(id))
    .map(stockedAs)
    .filter((parts) => parts.some((part) => skus.includes(part)))
    .flat();
  return [...new Set(partners)].filter((sku) => !skus.includes(sku)).sort(byCodePoint);
};

/** How many of a kit could be given now, over all active locations. */
export const kitsThere = ({ stock, locations }: OrganizationState, components: KitLine['components']): number => {
  const active = [...locations.values()].filter((location) => location.active);
  const levels = [...stock.levels.values()];
  const free = (sku: Sku, at: string): number => {
    const level = levels.find((one: StockLevel) => one.sku === sku && one.locationId === at);
    return level ? available(level) : 0;
  };
  return active.reduce((kits, { id }) => kits + wholeKits(components, (sku) => free(sku, id)), 0);
};

/** Whether a waiting line could get something of stock of these SKUs; a kit needs all of its parts at one location. */
export const couldBeServed = (state: OrganizationState, line: OrderLine, skus: ReadonlySet<Sku>): boolean =>
  line.sku !== null &&
  line.backordered > 0 &&
  stockedAs({ sku: line.sku, components: line.components }).every((sku) => skus.has(sku)) &&
  (line.components === null || kitsThere(state, line.components) > 0);

/** Units of a SKU that orders wait for: plain lines whatever is there, kits as many as could be put together now. */
export const waitingUnits = (state: OrganizationState, wanted: Sku, waiting: (order: Order) => boolean): number =>
  [...state.orders.values()]
    .filter(waiting)
    .flatMap(({ lines }) => lines)
    .reduce((units, line) => {
      if (line.components === null) return line.sku === wanted ? units + line.backordered : units;
      const part = line.components.find(({ sku }) => sku === wanted);
      return part ? units + part.quantity * Math.min(line.backordered, kitsThere(state, line.components)) : units;
    }, 0);
