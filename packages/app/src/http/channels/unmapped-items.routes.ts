import { answer } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { orderLineIdOf, skuOf } from '../ids.js';
import { Order, orderView } from '../orders/orders.schemas.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import { channelQuery, NewGoods, UnmappedPage, unmappedView } from './channels.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['channels'], summary });

/** Lines of shops' orders whose goods we do not know, and what becomes of them. */
export const unmappedItemRoutes = routesOf((server, deps) => {
  unmapped(server, deps);
  naming(server, deps);
});

const unmapped = (server: Typed, { read }: HttpDeps): void => {
  server.get(
    '/channels/unmapped-items',
    {
      config: { permission: 'channel.view' },
      schema: {
        ...told('listUnmappedItems', "Lines of shops' orders whose goods nobody has mapped yet, oldest order first"),
        querystring: channelQuery,
        response: { 200: UnmappedPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const page = await read(callerOf(request).organizationId, ({ channels }) => channels.unmapped(asked));
      return reply.send(pageAnswer('id', page, unmappedView));
    },
  );
};

const ofLine = refusals('post', 'unmapped_item.not_found', 'item.not_found', 'sku.invalid', 'order.invalid_transition');

const naming = (server: Typed, { useCases, wake }: HttpDeps): void => {
  server.post(
    '/channels/unmapped-items/:id/resolve',
    {
      config: { permission: 'channel.map', cost: 'channel.connect' },
      schema: {
        ...told('resolveUnmappedItem', "Say which item a line of a shop's order is of"),
        description:
          "The shop's variant is that item from now on, for other orders that wait for it, too. An order that waited for nothing else goes on.",
        params: idParams,
        headers: keyed,
        body: NewGoods.ref,
        response: { 200: Order.ref, ...ofLine },
      },
    },
    async (request, reply) => {
      const sku = skuOf(request.body.sku);
      const id = orderLineIdOf(request.params.id);
      return answer({ request, reply }, { status: 200, view: orderView }, async (caller) => {
        const named = await useCases.resolveUnmapped(caller, id, sku);
        if (named.ok) wake('backlog', [caller.organizationId]);
        return named;
      });
    },
  );

  server.post(
    '/channels/unmapped-items/:id/ignore',
    {
      config: { permission: 'channel.map', cost: 'channel.connect' },
      schema: {
        ...told('ignoreUnmappedItem', "Give up a line of a shop's order whose goods nobody is going to name"),
        description: 'Its units are cancelled. An order that waited for nothing else goes on.',
        params: idParams,
        headers: keyed,
        response: { 200: Order.ref, ...refusals('post', 'unmapped_item.not_found', 'order.invalid_transition') },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 200, view: orderView }, (caller) =>
        useCases.ignoreUnmapped(caller, orderLineIdOf(request.params.id)),
      ),
  );
};
