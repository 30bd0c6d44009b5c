import { bug, type EventSubscriber, hearing, type IdSource, ok, system, type UnitOfWork } from '../kernel/index.js';
import { OrderId, orderEventTypes } from '../orders/index.js';
import { orderAfterMoves } from './deliveries.js';
import type { ShipmentStores } from './stores.port.js';

type Deps = { readonly unitOfWork: UnitOfWork<ShipmentStores>; readonly ids: IdSource };

/**
 * Hears that the rest of an order won't be shipped: where everything that was shipped has arrived already, no scan will say so any more, and
 * the order is delivered (or returned) then.
 */
export const settleDeliveries = ({ unitOfWork, ids }: Deps): EventSubscriber =>
  hearing([orderEventTypes.linesCancelled, orderEventTypes.edited], async (organizationId, { aggregateId }) => {
    const settled = await unitOfWork.run(organizationId, async ({ orders, shipments, now }) => {
      const [order] = await orders.lock([OrderId(aggregateId)]);
      if (!order) return ok(null);
      const occasion = { actor: system('tracking'), at: now, ids };
      const change = orderAfterMoves(occasion, order, { moves: [], shipments: await shipments.ofOrders([order.id]) });
      return ok(change && (await orders.save(change)));
    });
    if (!settled.ok) bug(`an order could not be settled: ${settled.error.code}`);
  });
