import type { AllocationPolicy } from '../inventory/index.js';
import { type IdSource, type OrganizationId, ok, system, type UnitOfWork } from '../kernel/index.js';
import { lockToServe } from './lock-to-serve.js';
import { queueUntried } from './queue-untried.js';
import { settleStock } from './settle-stock.js';
import type { OrderStores } from './stores.port.js';

type Deps = { readonly unitOfWork: UnitOfWork<OrderStores>; readonly ids: IdSource; readonly policy: AllocationPolicy };

/** How many SKUs are looked after in one transaction. */
const SKUS_AT_ONCE = 50;

/** How many orders with untried units are queued each time. */
const QUEUED_AT_ONCE = 100;

/**
 * Serves waiting orders that the transaction which brought the stock left over: beyond the first hundred, or when a location was
 * opened. Units that weren't tried yet wait among them from now on. Answers how many orders got something; none means that there is nothing left to do.
 */
export const serveBacklog =
  ({ unitOfWork, ids, policy }: Deps) =>
  async (organizationId: OrganizationId): Promise<number> => {
    for (const id of await unitOfWork.read(organizationId, ({ orders }) => orders.untried(QUEUED_AT_ONCE)))
      await unitOfWork.run(organizationId, async (stores) =>
        ok(await queueUntried(stores, { actor: system('backlog'), at: stores.now, ids }, id)),
      );
    let total = 0;
    for (let after: string | undefined = ''; after !== undefined; ) {
      const place: string = after;
      const served = await unitOfWork.run(organizationId, async (stores) => {
        const skus = await stores.orders.servable(SKUS_AT_ONCE, place);
        const shelves = await lockToServe(stores, skus);
        const occasion = { actor: system('backlog'), at: stores.now, ids };
        const orders = await settleStock(stores, occasion, { before: shelves, now: shelves }, policy);
        return ok({ orders, last: skus.length === SKUS_AT_ONCE ? skus.at(-1) : undefined });
      });
      total += served.ok ? served.value.orders : 0;
      after = served.ok ? served.value.last : undefined;
    }
    return total;
  };
