import { answer } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { locationIdOf, reservationIdOf, skuOf } from '../ids.js';
import { refusals } from '../problems/problem.schemas.js';
import { refusing } from '../problems/refusals.js';
import { routesOf, type Typed } from '../routes.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import { Level, levelView, Reservation, reservationView } from './inventory.schemas.js';
import {
  Adjustment,
  adjustmentView,
  LevelPlan,
  NewAdjustment,
  NewReceipt,
  NewTransfer,
  Transfer,
  transferView,
} from './stock-changes.schemas.js';

const view = (operationId: string, summary: string) => ({ operationId, tags: ['inventory'], summary });

/** Goods that come in or move, what somebody counted, found or lost, what is kept back, and promises that somebody takes back. */
export const stockChangeRoutes = routesOf((server, deps) => {
  receipts(server, deps);
  adjustments(server, deps);
  transfers(server, deps);
  plans(server, deps);
  releases(server, deps);
});

const eitherOr = {
  code: 'request.invalid',
  faults: [{ path: 'returnReference', message: 'must not stand beside document' }],
} as const;

const receipts = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/inventory/receipts',
    {
      config: { permission: 'inventory.adjust', cost: 'stock.change' },
      schema: {
        ...view('receiveStock', 'Take goods in'),
        description:
          'Orders that wait for them are served first. With `returnReference` they are goods that came back and may be sold again.',
        headers: keyed,
        body: NewReceipt.ref,
        response: { 201: Level.ref, ...refusals('post', 'item.not_found', 'location.not_found', 'sku.invalid') },
      },
    },
    async (request, reply) => {
      const { sku, locationId, quantity, document, returnReference } = request.body;
      if (document !== undefined && returnReference !== undefined) throw refusing(eitherOr);
      const arrival = { sku: skuOf(sku), locationId: locationIdOf(locationId), quantity };
      const reference = document === undefined ? null : { kind: 'document' as const, id: document };
      return answer({ request, reply }, { status: 201, view: levelView }, (caller) =>
        returnReference === undefined
          ? useCases.receiveStock(caller, { ...arrival, reference })
          : useCases.restockReturned(caller, { ...arrival, returnId: returnReference }),
      );
    },
  );
};

const adjustments = (server: Typed, { useCases, meter }: HttpDeps): void => {
  server.post(
    '/inventory/adjustments',
    {
      config: { permission: 'inventory.adjust', cost: 'stock.change' },
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

const transfers = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/inventory/transfers',
    {
      config: { permission: 'inventory.transfer', cost: 'stock.change' },
      schema: {
        ...view('transferStock', 'Move goods between locations'),
        description: 'Only what is available may go. Orders that wait for it at the new location are served first.',
        headers: keyed,
        body: NewTransfer.ref,
        response: {
          201: Transfer.ref,
          ...refusals(
            'post',
            'item.not_found',
            'location.not_found',
            'transfer.same_location',
            'transfer.insufficient_stock',
            'sku.invalid',
          ),
        },
      },
    },
    async (request, reply) => {
      const { sku, fromLocationId, toLocationId, quantity } = request.body;
      const transfer = { sku: skuOf(sku), from: locationIdOf(fromLocationId), to: locationIdOf(toLocationId), quantity };
      return answer({ request, reply }, { status: 201, view: transferView }, (caller) =>
        useCases.transferStock(caller, transfer),
      );
    },
  );
};

const plans = (server: Typed, { useCases }: HttpDeps): void => {
  server.patch(
    '/inventory/levels',
    {
      config: { permission: 'inventory.plan', cost: 'stock.change' },
      schema: {
        ...view('planLevel', 'Say how many units are never promised by themselves'),
        description: 'What a lower safety stock frees goes to orders that wait.',
        body: LevelPlan.ref,
        response: { 200: Level.ref, ...refusals('change', 'item.not_found', 'location.not_found', 'sku.invalid') },
      },
    },
    async (request, reply) => {
      const { sku, locationId, safetyStock } = request.body;
      const place = { sku: skuOf(sku), locationId: locationIdOf(locationId) };
      return answer({ request, reply }, { status: 200, view: levelView }, (caller) =>
        useCases.setSafetyStock(caller, place, safetyStock),
      );
    },
  );
};

const releases = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/inventory/reservations/:id/release',
    {
      config: { permission: 'reservation.release', cost: 'stock.change' },
      schema: {
        ...view('releaseReservation', 'Take back what an order was promised'),
        description:
          'Orders that wait get it at once. The units of this one are pending: within a minute they wait for stock like any other, unless the order is held. Of a kit all parts are released.',
        params: idParams,
        headers: keyed,
        response: {
          200: Reservation.ref,
          ...refusals('post', 'reservation.not_found', 'reservation.not_open', 'order.purchase_in_progress'),
        },
      },
    },
    async (request, reply) => {
      const id = reservationIdOf(request.params.id);
      return answer({ request, reply }, { status: 200, view: reservationView }, (caller) =>
        useCases.releaseReservation(caller, id),
      );
    },
  );
};
