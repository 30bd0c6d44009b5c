import { availabilityOf, stockedAs } from '@rappit/domain';
import { answer, sendRefused } from '../answer.js';
import { pageOrCsv, sendCsv, wantsCsv } from '../csv/send-csv.js';
import { itemSheet, within } from '../csv/sheets.js';
import type { HttpDeps } from '../deps.js';
import { skuOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { keyed } from '../vocabulary.schemas.js';
import {
  Availability,
  availabilityView,
  componentsOf,
  Item,
  ItemChange,
  ItemPage,
  itemFactsOf,
  itemQuery,
  itemView,
  NewItem,
  skuParams,
} from './items.schemas.js';

/** What is sold and stocked. */
export const itemRoutes = routesOf((server, deps) => {
  lookAt(server, deps);
  availability(server, deps);
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

const availability = (server: Typed, { read }: HttpDeps): void => {
  server.get(
    '/items/:sku/availability',
    {
      config: { permission: 'inventory.view' },
      schema: {
        operationId: 'getAvailability',
        tags: ['items'],
        summary: 'What a new order of an item could get',
        description: 'Of a kit: at each location as many as all of its parts are there for, added up.',
        params: skuParams,
        response: { 200: Availability.ref, ...refusals('read', 'item.not_found', 'sku.invalid') },
      },
    },
    async (request, reply) => {
      const sku = skuOf(request.params.sku);
      const found = await read(callerOf(request).organizationId, async ({ items, stock }) => {
        const item = await items.find(sku);
        return item && availabilityOf(item, await stock.standing(stockedAs(item)));
      });
      return found ? reply.send(availabilityView(sku, found)) : refuse(reply, { code: 'item.not_found' });
    },
  );
};

const add = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/items',
    {
      config: { permission: 'item.write', cost: 'item.write' },
      schema: {
        operationId: 'addItem',
        tags: ['items'],
        summary: 'Add an item',
        description: 'Adding the SKU of a deleted item revives it, with the new facts.',
        headers: keyed,
        body: NewItem.ref,
        response: { 201: Item.ref, ...refusals('post', 'item.exists', 'item.is_kit', 'sku.invalid', 'kit.invalid') },
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
      config: { permission: 'item.write', cost: 'item.write' },
      schema: {
        operationId: 'changeItem',
        tags: ['items'],
        summary: 'Change an item',
        description:
          'What is named is changed; what is left out stays; null takes a fact away. Orders that were placed keep the components that their kits had then.',
        params: skuParams,
        body: ItemChange.ref,
        response: {
          200: Item.ref,
          ...refusals('change', 'item.not_found', 'sku.invalid', 'kit.invalid', 'item.is_kit', 'item.kit_fixed'),
        },
      },
    },
    async (request, reply) => {
      const sku = skuOf(request.params.sku);
      const { components, ...facts } = request.body;
      return answer({ request, reply }, { status: 200, view: itemView }, (caller) =>
        useCases.changeItem(caller, sku, {
          ...facts,
          ...(components !== undefined && { components: componentsOf(components) ?? null }),
        }),
      );
    },
  );

  server.delete(
    '/items/:sku',
    {
      config: { permission: 'item.write', cost: 'item.write' },
      schema: {
        operationId: 'removeItem',
        tags: ['items'],
        summary: 'Delete an item',
        description:
          'Refused while stock of it is on hand, promised or waited for, a shop lists it, or a kit is made of it. What refers to it stays readable.',
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
