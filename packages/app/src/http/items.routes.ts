import { answer, sendRefused } from './answer.js';
import { pageOrCsv, sendCsv, wantsCsv } from './csv/send-csv.js';
import { itemSheet, within } from './csv/sheets.js';
import type { HttpDeps } from './deps.js';
import { skuOf } from './ids.js';
import { Item, ItemChange, ItemPage, itemFactsOf, itemQuery, itemView, NewItem, skuParams } from './items.schemas.js';
import { pageAnswer, pageRequest } from './pages.js';
import { refusals } from './problem.schemas.js';
import { refuse } from './refuse.js';
import { routesOf, type Typed } from './routes.js';
import { callerOf } from './signed-in.js';
import { keyed } from './vocabulary.schemas.js';

/** What is sold and stocked. */
export const itemRoutes = routesOf((server, deps) => {
  lookAt(server, deps);
  add(server, deps);
  change(server, deps);
});

const lookAt = (server: Typed, { read }: HttpDeps): void => {
  server.get(
    '/items',
    {
      config: { permission: 'item.view' },
      schema: {
        operationId: 'listItems',
        tags: ['items'],
        summary: 'Items, by SKU',
        querystring: itemQuery,
        response: { 200: pageOrCsv(ItemPage.ref), ...refusals('read') },
      },
    },
    async (request, reply) => {
      const { organizationId } = callerOf(request);
      if (wantsCsv(request, request.query))
        return sendCsv({ request, reply }, itemSheet(within(read, organizationId), request.query.text));
      const asked = pageRequest('text', request.query);
      const page = await read(organizationId, ({ items }) => items.list(asked, request.query.text));
      return reply.send(pageAnswer('text', page, itemView));
    },
  );

  server.get(
    '/items/:sku',
    {
      config: { permission: 'item.view' },
      schema: {
        operationId: 'getItem',
        tags: ['items'],
        summary: 'One item',
        params: skuParams,
        response: { 200: Item.ref, ...refusals('read', 'item.not_found', 'sku.invalid') },
      },
    },
    async (request, reply) => {
      const sku = skuOf(request.params.sku);
      const item = await read(callerOf(request).organizationId, ({ items }) => items.find(sku));
      return item ? reply.send(itemView(item)) : refuse(reply, { code: 'item.not_found' });
    },
  );
};

const add = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/items',
    {
      config: { permission: 'item.write' },
      schema: {
        operationId: 'addItem',
        tags: ['items'],
        summary: 'Add an item',
        description: 'Adding the SKU of a deleted item revives it, with the new facts.',
        headers: keyed,
        body: NewItem.ref,
        response: { 201: Item.ref, ...refusals('post', 'item.exists', 'sku.invalid') },
      },
    },
    async (request, reply) => {
      const sku = skuOf(request.body.sku);
      return answer({ request, reply }, { status: 201, view: itemView }, (caller) =>
        useCases.addItem(caller, sku, itemFactsOf(request.body)),
      );
    },
  );
};

const change = (server: Typed, { useCases }: HttpDeps): void => {
  server.patch(
    '/items/:sku',
    {
      config: { permission: 'item.write' },
      schema: {
        operationId: 'changeItem',
        tags: ['items'],
        summary: 'Change an item',
        description: 'What is named is changed; what is left out stays; null takes a fact away.',
        params: skuParams,
        body: ItemChange.ref,
        response: { 200: Item.ref, ...refusals('change', 'item.not_found', 'sku.invalid') },
      },
    },
    async (request, reply) => {
      const sku = skuOf(request.params.sku);
      return answer({ request, reply }, { status: 200, view: itemView }, (caller) =>
        useCases.changeItem(caller, sku, request.body),
      );
    },
  );

  server.delete(
    '/items/:sku',
    {
      config: { permission: 'item.write' },
      schema: {
        operationId: 'removeItem',
        tags: ['items'],
        summary: 'Delete an item',
        description:
          'Refused while stock of it is on hand, promised or waited for, or a shop lists it. What refers to it stays readable.',
        params: skuParams,
        response: {
          204: { type: 'null', description: 'Deleted.' },
          ...refusals('change', 'item.not_found', 'item.in_use', 'sku.invalid'),
        },
      },
    },
    async (request, reply) => {
      const removed = await useCases.removeItem(callerOf(request), skuOf(request.params.sku));
      return removed.ok ? reply.code(204).send(null) : sendRefused(reply, removed.error);
    },
  );
};
