import { orderStatuses } from '@rappit/domain';
import Type from 'typebox';
import { addressOf } from './address.schemas.js';
import { answer } from './answer.js';
import type { HttpDeps } from './deps.js';
import { channelIdOf, orderIdOf } from './ids.js';
import { draftOf, NewOrder } from './new-order.schemas.js';
import { Cancellation, NewNote, OrderChange } from './order-changes.schemas.js';
import { Allocations, allocationsView, entryView, TimelinePage } from './order-history.schemas.js';
import { Order, OrderPage, orderView, summaryView } from './orders.schemas.js';
import { pageAnswer, pageQuery, pageRequest } from './pages.js';
import { placeOne } from './placing.js';
import { refusals } from './problem.schemas.js';
import { refuse } from './refuse.js';
import { routesOf, type Typed } from './routes.js';
import { callerOf } from './signed-in.js';
import { closed, idParams, keyed, oneOf, uuid } from './vocabulary.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['orders'], summary });
const orderQuery = Type.Object(
  { ...pageQuery, status: Type.Optional(oneOf(orderStatuses)), channelId: Type.Optional(uuid) },
  closed,
);
const timelineQuery = Type.Object(pageQuery, closed);
const shown = { status: 200, view: orderView } as const;

/** Orders and what happens to them. */
export const orderRoutes = routesOf((server, deps) => {
  place(server, deps);
  lookAt(server, deps);
  history(server, deps);
  change(server, deps);
  moveOn(server, deps);
});

const place = (server: Typed, deps: HttpDeps): void => {
  server.post(
    '/orders',
    {
      config: { permission: 'order.write' },
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
        querystring: orderQuery,
        response: { 200: OrderPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const { status, channelId } = request.query;
      const asked = pageRequest('id', request.query);
      const filter = { status, channelId: channelId && channelIdOf(channelId) };
      const page = await read(callerOf(request).organizationId, ({ orders }) => orders.list(asked, filter));
      return reply.send(pageAnswer('id', page, summaryView));
    },
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

const history = (server: Typed, { read }: HttpDeps): void => {
  server.get(
    '/orders/:id/timeline',
    {
      config: { permission: 'order.view' },
      schema: {
        ...told('getOrderTimeline', 'What happened to an order, oldest first'),
        params: idParams,
        querystring: timelineQuery,
        response: { 200: TimelinePage.ref, ...refusals('read', 'order.not_found') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const id = orderIdOf(request.params.id);
      const page = await read(callerOf(request).organizationId, async ({ orders }) =>
        (await orders.find(id)) ? orders.timeline(id, asked) : undefined,
      );
      return page ? reply.send(pageAnswer('id', page, entryView)) : refuse(reply, { code: 'order.not_found' });
    },
  );

  server.get(
    '/orders/:id/allocation',
    {
      config: { permission: 'order.view' },
      schema: {
        ...told('getOrderAllocation', 'Why stock was taken from where'),
        params: idParams,
        response: { 200: Allocations.ref, ...refusals('read', 'order.not_found') },
      },
    },
    async (request, reply) => {
      const id = orderIdOf(request.params.id);
      const found = await read(callerOf(request).organizationId, async ({ orders }) =>
        (await orders.find(id)) ? orders.allocations(id) : undefined,
      );
      return found ? reply.send(allocationsView(found)) : refuse(reply, { code: 'order.not_found' });
    },
  );
};

const change = (server: Typed, { useCases }: HttpDeps): void => {
  server.patch(
    '/orders/:id',
    {
      config: { permission: 'order.write' },
      schema: {
        ...told('changeOrder', 'Change the addresses of an order'),
        description: 'Until the last unit is shipped. An address that is left out stays.',
        params: idParams,
        body: OrderChange.ref,
        response: { 200: Order.ref, ...refusals('change', 'order.not_found', 'order.invalid_transition') },
      },
    },
    async (request, reply) => {
      const { shippingAddress, billingAddress } = request.body;
      const addresses = {
        shippingAddress: shippingAddress && addressOf(shippingAddress),
        billingAddress: billingAddress && addressOf(billingAddress),
      };
      return answer({ request, reply }, shown, (caller) =>
        useCases.changeAddresses(caller, orderIdOf(request.params.id), addresses),
      );
    },
  );

  server.post(
    '/orders/:id/notes',
    {
      config: { permission: 'order.note' },
      schema: {
        ...told('addOrderNote', 'Write a note into the timeline of an order'),
        params: idParams,
        headers: keyed,
        body: NewNote.ref,
        response: { 200: Order.ref, ...refusals('post', 'order.not_found') },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, shown, (caller) => useCases.addNote(caller, orderIdOf(request.params.id), request.body.text)),
  );
};

const moveOn = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/orders/:id/ready',
    {
      config: { permission: 'order.ready' },
      schema: {
        ...told('markOrderReady', 'Say that what is reserved may be packed and shipped'),
        params: idParams,
        headers: keyed,
        response: {
          200: Order.ref,
          ...refusals('post', 'order.not_found', 'order.invalid_transition', 'order.nothing_reserved'),
        },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, shown, (caller) => useCases.markReady(caller, orderIdOf(request.params.id))),
  );

  server.post(
    '/orders/:id/cancel',
    {
      config: { permission: 'order.write' },
      schema: {
        ...told('cancelOrder', 'Cancel an order'),
        description:
          'Only an order of which nothing was shipped. Its stock is free again, and orders that wait for it are served.',
        params: idParams,
        headers: keyed,
        body: Cancellation.ref,
        response: {
          200: Order.ref,
          ...refusals('post', 'order.not_found', 'order.invalid_transition', 'order.purchase_in_progress'),
        },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, shown, (caller) =>
        useCases.cancelOrder(caller, orderIdOf(request.params.id), request.body.reason),
      ),
  );
};
