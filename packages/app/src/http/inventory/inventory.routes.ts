import { pageOrCsv, sendCsv, wantsCsv } from '../csv/send-csv.js';
import { stockSheet, within } from '../csv/sheets.js';
import type { HttpDeps } from '../deps.js';
import { locationIdOf, orderIdOf, skuOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import {
  LevelPage,
  levelQuery,
  levelView,
  MovementPage,
  movementQuery,
  movementView,
  ReservationPage,
  reservationQuery,
  reservationView,
} from './inventory.schemas.js';
import { Reconciliation, reconciliationView } from './reconciliation.schemas.js';

/** Looking at stock levels, at what changed them, and at what is promised. */
export const inventoryRoutes = routesOf((server, deps) => {
  levels(server, deps);
  lists(server, deps);
});

type Where = { readonly sku?: string; readonly locationId?: string };

const whereOf = ({ sku, locationId }: Where) => ({
  ...(sku !== undefined && { sku: skuOf(sku) }),
  ...(locationId !== undefined && { locationId: locationIdOf(locationId) }),
});

const view = (operationId: string, summary: string) => ({ operationId, tags: ['inventory'], summary });

const levels = (server: Typed, { useCases, read }: HttpDeps): void => {
  server.get(
    '/inventory/levels',
    {
      config: { permission: 'inventory.view' },
      schema: {
        ...view('listLevels', 'Stock levels, by SKU'),
        querystring: levelQuery,
        response: { 200: pageOrCsv(LevelPage.ref), ...refusals('read', 'sku.invalid') },
      },
    },
    async (request, reply) => {
      const { organizationId } = callerOf(request);
      const filter = { ...whereOf(request.query), low: request.query.low };
      if (wantsCsv(request, request.query)) return sendCsv({ request, reply }, stockSheet(within(read, organizationId), filter));
      const asked = pageRequest('level', request.query);
      const page = await read(organizationId, ({ stock }) => stock.levels(asked, filter));
      return reply.send(pageAnswer('level', page, levelView));
    },
  );

  server.get(
    '/inventory/reconciliation',
    {
      config: { permission: 'inventory.view' },
      schema: {
        ...view('reconcile', 'Whether the books hold'),
        description:
          'Adds up the ledger, the open reservations and the lines of orders, and reports every difference. Repairs nothing.',
        response: { 200: Reconciliation.ref, ...refusals('read') },
      },
    },
    async (request, reply) => reply.send(reconciliationView(await useCases.reconcile(callerOf(request).organizationId))),
  );
};

const lists = (server: Typed, { read }: HttpDeps): void => {
  server.get(
    '/inventory/movements',
    {
      config: { permission: 'inventory.view' },
      schema: {
        ...view('listMovements', 'The ledger, newest first'),
        querystring: movementQuery,
        response: { 200: MovementPage.ref, ...refusals('read', 'sku.invalid') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('id', request.query);
      const where = whereOf(request.query);
      const page = await read(callerOf(request).organizationId, ({ stock }) => stock.movements(asked, where));
      return reply.send(pageAnswer('id', page, movementView));
    },
  );

  server.get(
    '/inventory/reservations',
    {
      config: { permission: 'inventory.view' },
      schema: {
        ...view('listReservations', 'What is and was promised, newest first'),
        querystring: reservationQuery,
        response: { 200: ReservationPage.ref, ...refusals('read', 'sku.invalid') },
      },
    },
    async (request, reply) => {
      const { status, orderId } = request.query;
      const asked = pageRequest('id', request.query);
      const filter = { ...whereOf(request.query), status, orderId: orderId && orderIdOf(orderId) };
      const page = await read(callerOf(request).organizationId, ({ stock }) => stock.reservations(asked, filter));
      return reply.send(pageAnswer('id', page, reservationView));
    },
  );
};
