import { answer, answerGoingOn } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { carrierAccountIdOf, locationIdOf, orderIdOf, shipmentIdOf } from '../ids.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf, type Typed } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import {
  NewShipment,
  notBought,
  notCancelled,
  Shipment,
  ShipmentPage,
  shipmentQuery,
  shipmentView,
} from './shipments.schemas.js';
import { optionsOf } from './shipping-options.schemas.js';
import { faultsOfLines, wantedLinesOf } from './wanted-lines.schemas.js';

const shipping = `Buys the label. Where the carrier's answer got lost, the answer is 504 with the \`shipmentId\`: ask for that shipment's label again, which looks the purchase up;
never create another shipment for it. A refused label leaves the shipment as a draft, whose label may be bought again.

With an Idempotency-Key a repeated request goes on with the shipment that the first one made, and answers it as it is now.`;

const told = (operationId: string, summary: string) => ({ operationId, tags: ['shipments'], summary });

const cancelling = `A draft is cancelled at once. A label goes back to its carrier first, where it takes labels back; elsewhere \`warnings\` say that it may still be billed.
The units are reserved for the same lines again. Safe to repeat: a cancelled shipment is answered as it is. Where the carrier's answer got lost, the answer is 504 and
the shipment stays \`labelled\` with \`voidAskedAt\`; the carrier is asked again by itself, or when this is asked again.`;

/** Shipping what is reserved of an order, taking that back, and looking at its parcels. */
export const shipmentRoutes = routesOf((server, deps) => {
  ship(server, deps);
  buyLabel(server, deps);
  cancel(server, deps);
  lookAt(server, deps);
});

const ship = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/orders/:id/shipments',
    {
      config: { permission: 'shipment.create', cost: 'label.buy' },
      schema: {
        ...told('shipOrder', 'Ship what is reserved of an order'),
        description: shipping,
        params: idParams,
        headers: keyed,
        body: NewShipment.ref,
        response: {
          201: Shipment.ref,
          ...refusals('post', ...notBought, ...notBegun),
        },
      },
    },
    async (request, reply) => {
      const { carrier, accountId, service, parcels, locationId, specialGoods = [] } = request.body;
      const faults = faultsOfLines(request.body);
      if (faults.length > 0) return refuse(reply, { code: 'request.invalid', faults });
      const wanted = {
        carrier,
        accountId: accountId === undefined ? null : carrierAccountIdOf(accountId),
        service: service ?? null,
        parcels,
        locationId: locationId === undefined ? null : locationIdOf(locationId),
        ...wantedLinesOf(request.body),
        options: optionsOf(request.body),
        specialGoods,
      };
      return answerGoingOn({ request, reply }, { status: 201, view: shipmentView, about: 'shipment' }, (caller) =>
        useCases.shipOrder(caller, orderIdOf(request.params.id), wanted),
      );
    },
  );
};

/** Why no shipment is made, besides what buying its label may come to. */
const notBegun = [
  'request.invalid',
  'quantity.invalid',
  'shipment.quantity_exceeded',
  'shipment.special_goods_refused',
  'shipment.location_needed',
] as const;

const buyLabel = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/shipments/:id/label',
    {
      config: { permission: 'shipment.create', cost: 'label.buy' },
      schema: {
        ...told('buyLabel', 'Buy the label of a draft, or look up a purchase that may have happened'),
        description: 'Safe to repeat, with or without an Idempotency-Key: a shipment that has its label is answered as it is.',
        params: idParams,
        headers: keyed,
        response: { 200: Shipment.ref, ...refusals('post', ...notBought) },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, { status: 200, view: shipmentView }, (caller) =>
        useCases.buyLabel(caller, shipmentIdOf(request.params.id)),
      ),
  );
};

const cancel = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/shipments/:id/cancel',
    {
      config: { permission: 'shipment.cancel', cost: 'label.change' },
      schema: {
        ...told('cancelShipment', 'Cancel a shipment that nobody has picked up'),
        description: cancelling,
        params: idParams,
        headers: keyed,
        response: { 200: Shipment.ref, ...refusals('post', ...notCancelled) },
      },
    },
    async (request, reply) =>
      answerGoingOn({ request, reply }, { status: 200, view: shipmentView, about: 'shipment' }, (caller) =>
        useCases.cancelShipment(caller, shipmentIdOf(request.params.id)),
      ),
  );
};

const lookAt = (server: Typed, { read }: HttpDeps): void => {
  server.get(
    '/shipments',
    {
      config: { permission: 'shipment.view' },
      schema: {
        ...told('listShipments', 'Shipments, newest first'),
        querystring: shipmentQuery,
        response: { 200: ShipmentPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const { orderId, status } = request.query;
      const asked = pageRequest('id', request.query);
      const page = await read(callerOf(request).organizationId, ({ shipments }) =>
        shipments.list(asked, { orderId: orderId === undefined ? undefined : orderIdOf(orderId), status }),
      );
      return reply.send(pageAnswer('id', page, shipmentView));
    },
  );

  server.get(
    '/shipments/:id',
    {
      config: { permission: 'shipment.view' },
      schema: {
        ...told('getShipment', 'One shipment'),
        params: idParams,
        response: { 200: Shipment.ref, ...refusals('read', 'shipment.not_found') },
      },
    },
    async (request, reply) => {
      const shipment = await read(callerOf(request).organizationId, ({ shipments }) =>
        shipments.find(shipmentIdOf(request.params.id)),
      );
      return shipment ? reply.send(shipmentView(shipment)) : refuse(reply, { code: 'shipment.not_found' });
    },
  );
};
