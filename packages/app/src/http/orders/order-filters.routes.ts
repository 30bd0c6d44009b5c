import { answer, sendRefused } from '../answer.js';
import { orderFilterIdOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf } from '../routes.js';
import { callerOf, memberOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import {
  NewOrderFilter,
  OrderFilterChange,
  OrderFilterPage,
  OrderFilterView,
  orderFilterQuery,
  savedFilterView,
} from './order-filters.schemas.js';
import { orderFilter } from './orders.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['orders'], summary });

/** What a member looks for again and again. Nobody else sees it, and a program has none. */
export const orderFilterRoutes = routesOf((server, { useCases, read }) => {
  server.get(
    '/order-filters',
    {
      config: { permission: 'account.view' },
      schema: {
        ...told('listOrderFilters', 'Your saved filters of orders, newest first'),
        querystring: orderFilterQuery,
        response: { 200: OrderFilterPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const memberId = memberOf(request).user.id;
      const page = await read(callerOf(request).organizationId, ({ orderFilters }) => orderFilters.list(memberId, asked));
      return reply.send(pageAnswer('id', page, savedFilterView));
    },
  );

  server.post(
    '/order-filters',
    {
      config: { permission: 'account.manage', cost: 'free' },
      schema: {
        ...told('saveOrderFilter', 'Save a filter of orders'),
        description: 'Used by `GET /orders?filter=` with its id. A member has up to 50.',
        headers: keyed,
        body: NewOrderFilter.ref,
        response: { 201: OrderFilterView.ref, ...refusals('post', 'order_filter.exists', 'order_filter.too_many') },
      },
    },
    async (request, reply) => {
      const asked = { name: request.body.name, filter: orderFilter(request.body.filter) };
      return answer({ request, reply }, { status: 201, view: savedFilterView }, (caller) =>
        useCases.saveOrderFilter(caller, memberOf(request).user.id, asked),
      );
    },
  );

  server.patch(
    '/order-filters/:id',
    {
      config: { permission: 'account.manage', cost: 'free' },
      schema: {
        ...told('changeOrderFilter', 'Rename a saved filter, or replace what it looks for'),
        params: idParams,
        body: OrderFilterChange.ref,
        response: { 200: OrderFilterView.ref, ...refusals('change', 'order_filter.not_found', 'order_filter.exists') },
      },
    },
    async (request, reply) => {
      const { name, filter } = request.body;
      const change = { ...(name !== undefined && { name }), ...(filter && { filter: orderFilter(filter) }) };
      const changed = await useCases.changeOrderFilter(callerOf(request), memberOf(request).user.id, {
        id: orderFilterIdOf(request.params.id),
        ...change,
      });
      return changed.ok ? reply.send(savedFilterView(changed.value)) : sendRefused(reply, changed.error);
    },
  );

  server.delete(
    '/order-filters/:id',
    {
      config: { permission: 'account.manage', cost: 'free' },
      schema: {
        ...told('removeOrderFilter', 'Remove a saved filter'),
        params: idParams,
        response: { 204: { type: 'null', description: 'Removed.' }, ...refusals('change', 'order_filter.not_found') },
      },
    },
    async (request, reply) => {
      const id = orderFilterIdOf(request.params.id);
      const removed = await useCases.removeOrderFilter(callerOf(request), memberOf(request).user.id, id);
      return removed.ok ? reply.code(204).send(null) : sendRefused(reply, removed.error);
    },
  );
});
