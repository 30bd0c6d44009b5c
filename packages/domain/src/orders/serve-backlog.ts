import type { AllocationPolicy } from '../inventory/index.js';
import { type IdSource, type OrganizationId, ok, system, type UnitOfWork } from '../kernel/index.js';
import { serveWaiting } from './serve-waiting.js';
import type { OrderStores } from './stores.port.js';

type Deps = { readonly unitOfWork: UnitOfWork<OrderStores>; readonly ids: IdSource; readonly policy: AllocationPolicy };

/** How many SKUs are looked after in one transaction. */
const SKUS_AT_ONCE = 50;

/**
 * Serves waiting orders that the transaction which brought the stock left over: beyond the first hundred, or when a location was
 * opened. Answers how many orders got something; none means that there is nothing left to do.
 */
export const serveBacklog =
  ({ unitOfWork, ids, policy }: Deps) =>
  async (organizationId: OrganizationId): Promise<number> => {
    const served = await unitOfWork.run(organizationId, async (stores) => {
      const skus = await stores.orders.servable(SKUS_AT_ONCE);
      const shelves = await stores.stock.lock(skus);
      return ok(await serveWaiting(stores, { actor: system('backlog'), at: stores.now, ids }, shelves, policy));
    });
    return served.ok ? served.value : 0;
  };
