import type { Caller, Order, OrderDraft, PlacementRequest, PlaceRefused, Result } from '@rappit/domain';
import type { HttpDeps } from '../deps.js';

type Placed = Result<Order, PlaceRefused>;

type Deps = Pick<HttpDeps, 'useCases' | 'meter' | 'standingOf'>;

/** Places orders from the API, no more than the plan includes, and counts what became of each. */
export const placeAll = async (
  { useCases, meter, standingOf }: Deps,
  organizationId: Caller['organizationId'],
  requests: readonly PlacementRequest[],
): Promise<readonly Placed[]> => {
  const monthlyLimit = (await standingOf(organizationId)).limits.ordersPerMonth;
  const placed = await useCases.placeOrders(
    organizationId,
    monthlyLimit === null ? requests : requests.map((request) => ({ ...request, monthlyLimit })),
  );
  for (const one of placed) meter.count('orders_placed_total', { source: 'api', outcome: one.ok ? 'placed' : one.error.code });
  return placed;
};

export const placeOne = async (deps: Deps, { organizationId, actor, once }: Caller, draft: OrderDraft): Promise<Placed> => {
  const [placed] = await placeAll(deps, organizationId, [{ actor, draft, once }]);
  return placed ?? { ok: false, error: { code: 'store.conflict' } };
};
