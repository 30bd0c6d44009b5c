import {
  levelKey,
  mayBeServed,
  type Order,
  type Reservation,
  type Return,
  type Shipment,
  type StockLevel,
  stockedAs,
} from '@rappit/domain';
import type { OrganizationState } from '../../fakes/memory/organization-state.js';
import { nameOf, rowAt, type Write } from './rows.js';

/** What statements look for that don't know the keys of their rows. */
export const levelsOf = (sku: string): string => `levels of ${sku}`;
export const openOf = (orderId: string): string => `open reservations of ${orderId}`;
export const consumedBy = (shipmentId: string): string => `reservations consumed by ${shipmentId}`;
export const shipmentsOf = (orderId: string): string => `shipments of ${orderId}`;
export const returnsOf = (orderId: string): string => `returns of ${orderId}`;
export const openAt = (level: string): string => `open reservations at ${level}`;
export const waitingFor = (sku: string): string => `orders that wait for ${sku}`;
export const kitsOf = (sku: string): string => `orders for kits of ${sku}`;
/** Whether one lapsed is a matter of the time, which stands still. */
export const LAPSING = 'open reservations that lapse';
export const UNTRIED = 'orders with units that nobody tried';
/** What a statement looks at that locks a row: it reads the row only when it has it. */
export const thereIs = (name: string): string => `there is ${name}`;

/** The lists on which a row stands. */
const listsOf = (write: Write): readonly string[] => {
  if (write.table === 'levels') return [levelsOf((write.row as StockLevel).sku)];
  if (write.table === 'reservations') return reservationLists(write.row as Reservation);
  if (write.table === 'shipments') return [shipmentsOf((write.row as Shipment).orderId)];
  if (write.table === 'returns') return [returnsOf((write.row as Return).orderId)];
  return write.table === 'orders' ? orderLists(write.row as Order) : [];
};

const reservationLists = (one: Reservation): readonly string[] => {
  if (one.status === 'consumed') return one.shipmentId === null ? [] : [consumedBy(one.shipmentId)];
  return one.status === 'open' ? [openOf(one.orderId), openAt(levelKey(one)), ...(one.expiresAt ? [LAPSING] : [])] : [];
};

const orderLists = (order: Order): readonly string[] =>
  order.lines.flatMap(({ sku, components, pending, backordered }) => {
    const parts = sku ? stockedAs({ sku, components }) : [];
    const waits = mayBeServed(order) && backordered > 0;
    const untried = mayBeServed(order) && sku !== null && pending > 0;
    return [...(components ? parts.map(kitsOf) : []), ...(waits ? parts.map(waitingFor) : []), ...(untried ? [UNTRIED] : [])];
  });

const standsOn = (write: Write | undefined): readonly string[] => (write ? [thereIs(nameOf(write)), ...listsOf(write)] : []);

/** What others may see otherwise once these writes are committed: the rows, and the lists that they join or leave. */
export const changedBy = (before: OrganizationState, writes: readonly Write[]): readonly string[] =>
  writes.flatMap((write) => {
    const [was, is] = [standsOn(rowAt(before, nameOf(write))), standsOn(write)];
    const differ = [...was.filter((list) => !is.includes(list)), ...is.filter((list) => !was.includes(list))];
    return [nameOf(write), ...differ];
  });

/** What a statement looks at that reads all rows of a list. */
export const readsList = ({ stock, orders, shipments, returns }: OrganizationState, list: string): readonly string[] => {
  const rows = Object.entries({ ...stock, orders, shipments, returns }).flatMap(([table, keyed]) =>
    [...keyed].map(([key, row]): Write => ({ table, key, row })),
  );
  return [list, ...rows.flatMap((row) => (listsOf(row).includes(list) ? [nameOf(row)] : []))];
};
