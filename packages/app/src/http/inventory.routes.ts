import { answer } from './answer.js';
import type { HttpDeps } from './deps.js';
import { locationIdOf, orderIdOf, skuOf } from './ids.js';
import {
  Adjustment,
  adjustmentView,
  Level,
  LevelPage,
  levelQuery,
  levelView,
  MovementPage,
  movementView,
  NewAdjustment,
  NewReceipt,
  ReservationPage,
  reservationQuery,
  reservationView,
} from './inventory.schemas.js';
import { pageAnswer, pageRequest } from './pages.js';
import { refusals } from './problem.schemas.js';
import { Reconciliation, reconciliationView } from './reconciliation.schemas.js';
import { routesOf, type Typed } from './routes.js';
import { callerOf } from './signed-in.js';
import { keyed } from './vocabulary.schemas.js';

/** Stock levels, what changed them, and what is promised. */
export const inventoryRoutes = routesOf((server, deps) => {
  levels(server, deps);
  lists(server, deps);
  receipts(server, deps);
  adjustments(server, deps);
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
        response: { 200: LevelPage.ref, ...refusals('read', 'sku.invalid') },
      },
    },
    async (request, reply) => {
      const asked = pageRequest('level', request.query);
      const where = whereOf(request.query);
      const page = await read(callerOf(request).organizationId, ({ stock }) => stock.levels(asked, where));
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
        querystring: levelQuery,
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

const receipts = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/inventory/receipts',
    {
      config: { permission: 'inventory.adjust' },
      schema: {
        ...view('receiveStock', 'Take goods in'),
        description: 'Orders that wait for them are served first.',
        headers: keyed,
        body: NewReceipt.ref,
        response: { 201: Level.ref, ...refusals('post', 'item.not_found', 'location.not_found', 'sku.invalid') },
      },
    },
    async (request, reply) => {
      const { sku, locationId, quantity, document } = request.body;
      const reference = document === undefined ? null : { kind: 'document' as const, id: document };
      const receipt = { sku: skuOf(sku), locationId: locationIdOf(locationId), quantity, reference };
      return answer({ request, reply }, { status: 201, view: levelView }, (caller) => useCases.receiveStock(caller, receipt));
    },
  );
};

const adjustments = (server: Typed, { useCases, meter }: HttpDeps): void => {
  server.post(
    '/inventory/adjustments',
    {
      config: { permission: 'inventory.adjust' },
      schema: {
        ...view('adjustStock', 'Book what was counted, found or lost'),
        description: 'A fact, whatever was promised: promises that can not be kept any more break, unpaid and newest first.',
        headers: keyed,
        body: NewAdjustment.ref,
        response: {
          201: Adjustment.ref,
          ...refusals('post', 'item.not_found', 'location.not_found', 'adjustment.below_zero', 'sku.invalid'),
        },
      },
    },
    async (request, reply) => {
      const { sku, locationId, delta, reason } = request.body;
      const adjustment = { sku: skuOf(sku), locationId: locationIdOf(locationId), delta, reason };
      return answer({ request, reply }, { status: 201, view: adjustmentView }, async (caller) => {
        const adjusted = await useCases.adjustStock(caller, adjustment);
        if (adjusted.ok) meter.count('inventory_adjustments_total', { kind: reason });
        return adjusted;
      });
    },
  );
};
