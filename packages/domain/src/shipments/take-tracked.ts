import { type Caller, type IdSource, ok, type Result, type RunRefusal, type UnitOfWork } from '../kernel/index.js';
import type { OrderId } from '../orders/index.js';
import type { Carrier } from './carrier.port.js';
import { eventsOfMoves, orderAfterMoves, type ShipmentMove } from './deliveries.js';
import { follow, type Pace, type Told } from './follow.js';
import { evolveShipment, type Shipment } from './shipment.js';
import type { ShipmentStores } from './stores.port.js';
import { nextTrackAt } from './track-when.js';

export type TakeDeps = { readonly unitOfWork: UnitOfWork<ShipmentStores>; readonly ids: IdSource };

export type TakenFrom = {
  readonly carrier: Carrier;
  readonly told: readonly Told[];
  /** The carrier was asked, rather than having told by itself: it is put off until it may be asked again. */
  readonly asked: boolean;
};

/**
 * Keeps what a carrier said of any number of shipments, and moves them and their orders in the same transaction. Hearing the same again
 * changes nothing. Answers the shipments as they are now.
 */
export const takeTracked =
  ({ unitOfWork, ids }: TakeDeps) =>
  (
    { organizationId, once }: Pick<Caller, 'organizationId' | 'once'>,
    { carrier, told, asked }: TakenFrom,
  ): Promise<Result<readonly Shipment[], RunRefusal>> =>
    unitOfWork.run(
      organizationId,
      async (stores) => {
        const { shipments, orders, outbox, now } = stores;
        const wanted = [...new Set(told.map(({ shipment }) => shipment.id))];
        const locked = await orders.lock([...new Set(told.map(({ shipment }) => shipment.orderId))]);
        const before = await shipments.lockAll(wanted);
        const known = await shipments.scansOf(wanted);
        const { supports: pace } = carrier;
        const followed = before.map((shipment) => {
          const mine = told.filter((one) => one.shipment.id === shipment.id).map(({ tracked }) => tracked);
          const seen = known.filter(({ shipmentId }) => shipmentId === shipment.id);
          const { shipment: after, scans } = follow({ shipment, known: seen, pace, now }, mine);
          return { before: shipment, after: asked ? wasAsked(shipment, after, { pace, now }) : after, scans };
        });
        const occasion = { actor: { kind: 'carrier', id: carrier.code, name: carrier.code } as const, at: now, ids };
        await shipments.keepScans(followed.flatMap(({ scans }) => scans));
        await shipments.saveTracked(followed.filter(({ before: was, after }) => was !== after).map(({ after }) => after));
        const moves = followed.filter(({ before: was, after }) => was.status !== after.status);
        if (moves.length === 0) return ok(followed.map(({ after }) => after));
        await outbox.announce(eventsOfMoves(occasion, moves));
        const family = await shipments.ofOrders([...new Set(moves.map(({ after }) => after.orderId))]);
        await orders.save(...locked.flatMap((order) => orderAfterMoves(occasion, order, ofOrder(order.id, moves, family)) ?? []));
        return ok(followed.map(({ after }) => after));
      },
      once,
    );

const ofOrder = (id: OrderId, moves: readonly ShipmentMove[], family: readonly Shipment[]) => ({
  moves: moves.filter(({ after }) => after.orderId === id),
  shipments: family.filter(({ orderId }) => orderId === id),
});

/** One version on, whether or not anything new was heard. */
const wasAsked = (before: Shipment, after: Shipment, { pace, now }: { readonly pace: Pace; readonly now: Date }): Shipment => {
  const change = { trackedAt: now, trackAt: nextTrackAt(after, pace, now), trackFailures: 0 };
  return after === before ? evolveShipment(before, change) : { ...after, ...change };
};
