import type { OrderFilter } from '@rappit/domain';
import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { HttpDeps } from '../deps.js';
import { orderFilterIdOf } from '../ids.js';
import { refusing } from '../problems/refusals.js';
import { callerOf, signedIn } from '../signed-in.js';
import { orderCriteria, orderFilter, type orderQuery } from './orders.schemas.js';

type Query = Static<typeof orderQuery>;
type Asking = Pick<FastifyRequest, 'id' | 'getDecorator'> & { readonly query: Query };

/** What a list of orders is narrowed by: what the query says, or the saved filter that it names. Undefined where the member has no such one. */
export const filterAsked = async (request: Asking, read: HttpDeps['read']): Promise<OrderFilter | undefined> => {
  const { filter, ...criteria } = request.query;
  if (filter === undefined) return orderFilter(criteria);
  refuseBeside(criteria);
  const member = signedIn(request)?.member;
  const id = orderFilterIdOf(filter);
  return read(callerOf(request).organizationId, async ({ orderFilters }) =>
    member ? (await orderFilters.find(member.user.id, id))?.filter : undefined,
  );
};

const refuseBeside = (criteria: Omit<Query, 'filter'>): void => {
  const faults = Object.keys(orderCriteria)
    .filter((path) => path in criteria)
    .map((path) => ({ path, message: 'is not taken beside filter' }));
  if (faults.length > 0) throw refusing({ code: 'request.invalid', faults });
};
