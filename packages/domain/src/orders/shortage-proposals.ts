import type { Reservation, ReservationId, Sku } from '../inventory/index.js';
import { err, type OrganizationId, ok, type Result, type UnitOfWork } from '../kernel/index.js';
import type { OrderNotFound } from './locked-order.js';
import { type Order, OrderId } from './order.js';
import { type OrderLine, type OrderLineId, stockSkusOf } from './order-line.js';
import { allows } from './status.js';
import type { OrderStores } from './stores.port.js';

export const shortageProposalKinds = ['reallocate', 'backorder', 'split', 'cancel'] as const;

/**
 * What can be done about an order of which more was sold than there was.
 * - `reallocate`: what another order was promised is taken back from it, and goes to whoever waits longest for these goods.
 * - `backorder`: it waits, and is served before new orders. It does so already unless it is on hold.
 * - `split`: what it was promised leaves now, and the rest when it is there.
 * - `cancel`: what it waits for is given up; what it was promised it keeps.
 */
export type ShortageProposal =
  | {
      readonly kind: 'reallocate';
      readonly sku: Sku;
      readonly units: number;
      readonly reservationId: ReservationId;
      readonly fromOrderId: OrderId;
    }
  | { readonly kind: 'backorder'; readonly units: number; readonly isHeld: boolean }
  | { readonly kind: 'split'; readonly units: number }
  | { readonly kind: 'cancel'; readonly lines: readonly { readonly lineId: OrderLineId; readonly units: number }[] };

const unitsShort = ({ backordered, pending }: OrderLine): number => backordered + pending;
const sumOf = (lines: readonly OrderLine[], units: (line: OrderLine) => number): number =>
  lines.reduce((sum, line) => sum + units(line), 0);

/** None for an order that has all it needs, or that nothing can be done to any more. `promised` are open reservations of other orders. */
export const proposalsFor = (order: Order, promised: readonly Reservation[]): readonly ShortageProposal[] => {
  const { id, lines, status } = order;
  const short = lines.filter((line) => line.sku !== null && unitsShort(line) > 0);
  if (short.length === 0) return [];
  const wanted = new Set<string>(stockSkusOf(short));
  const others = promised.filter((one) => one.orderId !== id && one.shipmentId === null && wanted.has(one.sku));
  const reserved = sumOf(lines, (line) => line.reserved);
  const given = short.map((line) => ({ lineId: line.id, units: unitsShort(line) }));
  return [
    ...others.map(({ sku, quantity, id: reservationId, orderId }): ShortageProposal => {
      return { kind: 'reallocate', sku, units: quantity, reservationId, fromOrderId: OrderId(orderId) };
    }),
    { kind: 'backorder', units: sumOf(short, unitsShort), isHeld: status === 'onHold' },
    ...(reserved > 0 && allows(status, 'ready') ? [{ kind: 'split', units: reserved } as const] : []),
    ...(allows(status, 'cancel') ? [{ kind: 'cancel', lines: given } as const] : []),
  ];
};

/** So many goods are looked at, and so many of each one's promises, the newest first: somebody is to choose, and not to read them all. */
const SKUS = 5;
const PROMISES_OF_EACH = 5;

/** What can be done about an order of which more was sold than there was. */
export const shortageProposals =
  ({ unitOfWork }: { readonly unitOfWork: Pick<UnitOfWork<OrderStores>, 'read'> }) =>
  (organizationId: OrganizationId, id: OrderId): Promise<Result<readonly ShortageProposal[], OrderNotFound>> =>
    unitOfWork.read<Result<readonly ShortageProposal[], OrderNotFound>>(organizationId, async ({ orders, stock }) => {
      const order = await orders.find(id);
      if (!order) return err({ code: 'order.not_found' });
      const skus = stockSkusOf(order.lines.filter((line) => unitsShort(line) > 0)).slice(0, SKUS);
      const promised: Reservation[] = [];
      for (const sku of skus)
        promised.push(...(await stock.reservations({ limit: PROMISES_OF_EACH }, { sku, status: 'open' })).data);
      return ok(proposalsFor(order, promised));
    });
