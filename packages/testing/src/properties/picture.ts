import type { Order, Reservation, Return, Shipment, StockLevel } from '@rappit/domain';

/** Everything that can be seen of an organization's stock and orders. Ids stand for themselves; places are told apart by `nameOf`. */
export type Seen = {
  readonly levels: readonly StockLevel[];
  readonly reservations: readonly Reservation[];
  /** Oldest first. */
  readonly orders: readonly Order[];
  /** Oldest first. */
  readonly shipments: readonly Shipment[];
  /** Oldest first. */
  readonly returns: readonly Return[];
};

/** The same in words without ids, line by line, so that two organizations that went through the same look the same. */
export type Picture = readonly string[];

const placeIn = <Row extends { readonly id: string }>(rows: readonly Row[], id: string | null): string =>
  id === null ? '' : String(rows.findIndex((row) => row.id === id));

/** `locationIds` in their order give the locations their numbers. */
export const pictureOf = (
  { levels, reservations, orders, shipments, returns }: Seen,
  locationIds: readonly string[],
): Picture => {
  const at = (id: string): string => `location ${locationIds.indexOf(id)}`;
  const lineOf = (one: Reservation): number =>
    orders.find(({ id }) => id === one.orderId)?.lines.findIndex(({ id }) => id === one.orderLineId) ?? -1;
  const reservationWords = (one: Reservation): string =>
    `order ${placeIn(orders, one.orderId)} line ${lineOf(one)}: ${one.quantity} × ${one.sku} at ${at(one.locationId)} ${one.status} ${one.shipmentId ? `for shipment ${placeIn(shipments, one.shipmentId)}` : ''}`;
  return [
    ...levels
      .map(({ sku, locationId, onHand, reserved }) => `${sku} at ${at(locationId)}: ${reserved} of ${onHand} reserved`)
      .sort(),
    ...reservations.map(reservationWords).sort(),
    ...orders.map(orderWords),
    ...shipments.map((shipment, index) => shipmentWords(shipment, index, placeIn(orders, shipment.orderId), at)),
    ...returns.map((one, index) => returnWords(one, index, placeIn(orders, one.orderId))),
  ];
};

const orderWords = (order: Order, index: number): string => {
  const lines = order.lines.map(
    ({ sku, pending, reserved, backordered, shipped, cancelled, returning, returned }) =>
      `${sku}: ${pending} pending, ${reserved} reserved, ${backordered} backordered, ${shipped} shipped, ${cancelled} cancelled, ${returning} returning, ${returned} returned`,
  );
  return `order ${index}: ${order.status} ${order.hold ?? ''} ${order.paymentStatus}${order.paymentExpired ? ' expired' : ''} ${order.paidMinor - order.refundedMinor} of ${order.totals.totalMinor} ${order.purchases} purchases [${lines.join(' | ')}]`;
};

const shipmentWords = (shipment: Shipment, index: number, order: string, at: (id: string) => string): string => {
  const { status, short, locationId, lines } = shipment;
  return `shipment ${index} of order ${order} from ${at(locationId)}: ${status}${short ? ' short' : ''} [${lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(' | ')}]`;
};

const returnWords = ({ status, lines, refundedMinor }: Return, index: number, order: string): string => {
  const words = lines.map(({ sku, quantity, cancelled, parts }) => {
    const came = parts.map((part) => `${part.sellable} and ${part.damaged} damaged of ${part.sku}`).join(', ');
    return `${quantity} × ${sku}, ${cancelled} cancelled: ${came}`;
  });
  return `return ${index} of order ${order}: ${status} ${refundedMinor} refunded [${words.join(' | ')}]`;
};

/** The lines that only one of two pictures has. */
export const differenceOf = (expected: Picture, actual: Picture): string =>
  [
    ...expected.filter((line) => !actual.includes(line)).map((line) => `  expected: ${line}`),
    ...actual.filter((line) => !expected.includes(line)).map((line) => `  found:    ${line}`),
  ].join('\n');
