import type { Shelf, Sku } from '../inventory/index.js';
import type { OrderStores } from './stores.port.js';

/**
 * Locks the levels of the SKUs, and of what kits need together with them: a waiting kit can be served only when all of its parts are
 * locked, and when one part of a promised kit breaks the others are released.
 */
export const lockToServe = async ({ stock }: Pick<OrderStores, 'stock'>, skus: readonly Sku[]): Promise<readonly Shelf[]> =>
  stock.lock([...new Set([...skus, ...(await stock.kitPartners(skus))])].sort());
