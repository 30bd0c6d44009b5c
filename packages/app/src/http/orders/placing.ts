import type { Caller, Order, OrderDraft, PlacementRequest, PlaceRefused, Result } from '@rappit/domain';
import type { HttpDeps } from '../deps.js';

type Placed = Result<Order, PlaceRefused>;

/** Places orders from the API, and counts what became of each. */
export const placeAll = async (
  { useCases, meter }: Pick<HttpDeps, 'useCases' | 'meter'>,
  organizationId: Caller['organizationId'],
  requests: readonly PlacementRequest[],
): Promise<readonly Placed[]> => {
  const placed = await useCases.placeOrders(organizationId, requests);
  for (const one of placed) meter.count('orders_placed_total', { source: 'api', outcome: one.ok ? 'placed' : one.error.code });
  return placed;
};

export const placeOne = async (
  deps: Pick<HttpDeps, 'useCases' | 'meter'>,
  { organizationId, actor, once }: Caller,
  draft: OrderDraft,
): Promise<Placed> => {
  const [placed] = await placeAll(deps, organizationId, [{ actor, draft, once }]);
  return placed ?? { ok: false, error: { code: 'store.conflict' } };
};
