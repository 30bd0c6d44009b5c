import { COUNTED_UP_TO } from '@rappit/domain';
import { answer } from '../answer.js';
import { pageOrCsv, sendCsv, wantsCsv } from '../csv/send-csv.js';
import { orderSheet, within } from '../csv/sheets.js';
import type { HttpDeps } from '../deps.js';
import { orderIdOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import { filterAsked } from './filter-asked.js';
import { draftOf, NewOrder } from './new-order.schemas.js';
import { ORDER_LIMIT, Order, OrderCounts, OrderPage, orderQuery, orderView, summaryView } from './orders.schemas.js';
import { placeOne } from './placing.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['orders'], summary });
/** Placing orders and looking at them. */
export const orderRoutes = routesOf((server, deps) => {
  place(server, deps);
  lookAt(server, deps);
});

const place = (server: Typed, deps: HttpDeps): void => {
  server.post(
    '/orders',
    {
      config: { permission: 'order.write', cost: 'order.place' },
      bodyLimit: ORDER_LIMIT,
      schema: {
        ...told('placeOrder', 'Place an order'),
        description: 'The order is stored with its stock reserved, or refused and nothing is stored.',
        headers: keyed,
        body: NewOrder.ref,
        response: { 201: Order.ref, ...refusals('post', 'order.invalid', 'order.unknown_sku', 'order.insufficient_stock') },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 201, view: orderView }, (caller) => placeOne(deps, caller, draftOf(request.body))),
  );
};

const lookAt = (server: Typed, { read }: HttpDeps): void => {
  server.get(
    '/orders',
    {
      config: { permission: 'order.view' },
      schema: {
        ...told('listOrders', 'Orders, newest first'),
        description: 'By when they arrived here; where `from` or `to` is given, by when they were placed.',
        querystring: orderQuery,
        response: { 200: pageOrCsv(OrderPage.ref), ...refusals('read', 'order_filter.not_found') },
      },
    },
    async (request, reply) => {
      const { organizationId } = callerOf(request);
      const filter = await filterAsked(request, read);
      if (!filter) return refuse(reply, { code: 'order_filter.not_found' });
      if (wantsCsv(request, request.query)) return sendCsv({ request, reply }, orderSheet(within(read, organizationId), filter));
      const asked = pageRequest('id', request.query);
      const page = await read(organizationId, ({ orders }) => orders.list(asked, filter));
      return reply.send(pageAnswer('id', page, summaryView));
    },
  );

  server.get(
    '/orders/counts',
    {
      config: { permission: 'order.view' },
      schema: {
        ...told('countOrders', 'How many orders there are in each status'),
        description: `No further than to ${COUNTED_UP_TO} in each: that many means that many or more.`,
        response: { 200: OrderCounts.ref, ...refusals('read') },
      },
    },
    async (request, reply) =>
      reply.send({ counts: await read(callerOf(request).organizationId, ({ orders }) => orders.counts()), upTo: COUNTED_UP_TO }),
  );

  server.get(
    '/orders/:id',
    {
      config: { permission: 'order.view' },
      schema: {
        ...told('getOrder', 'One order'),
        params: idParams,
        response: { 200: Order.ref, ...refusals('read', 'order.not_found') },
      },
    },
    async (request, reply) => {
      const order = await read(callerOf(request).organizationId, ({ orders }) => orders.find(orderIdOf(request.params.id)));
      return order ? reply.send(orderView(order)) : refuse(reply, { code: 'order.not_found' });
    },
  );
};
