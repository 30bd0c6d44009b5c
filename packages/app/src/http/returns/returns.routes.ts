import { answer, answerGoingOn } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { carrierAccountIdOf, locationIdOf, orderIdOf, orderLineIdOf, returnIdOf, skuOf } from '../ids.js';
import { ORDER_LIMIT } from '../orders/orders.schemas.js';
import { pageAnswer, pageRequest } from '../pages.js';
import { refusals } from '../problems/problem.schemas.js';
import { refuse } from '../problems/refuse.js';
import { routesOf, type Typed } from '../routes.js';
import { notBought, Shipment, shipmentView } from '../shipments/shipments.schemas.js';
import { callerOf } from '../signed-in.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import {
  NewReturn,
  NewReturnLabel,
  Return,
  ReturnPage,
  ReturnReceipt,
  ReturnRefund,
  ReturnRejection,
  returnQuery,
  returnView,
} from './returns.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['returns'], summary });
const shown = { status: 200, view: returnView } as const;

/** Taking back what was shipped. */
export const returnRoutes = routesOf((server, deps) => {
  request(server, deps);
  decide(server, deps);
  buyLabel(server, deps);
  receive(server, deps);
  refund(server, deps);
  lookAt(server, deps);
});

const request = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/orders/:id/returns',
    {
      config: { permission: 'order.write', cost: 'return.change' },
      bodyLimit: ORDER_LIMIT,
      schema: {
        ...told('requestReturn', 'Ask for shipped goods of an order to be taken back'),
        description:
          'Over all returns of an order never more than was shipped. Returns that were rejected or cancelled do not count.',
        params: idParams,
        headers: keyed,
        body: NewReturn.ref,
        response: {
          201: Return.ref,
          ...refusals(
            'post',
            'order.not_found',
            'order.invalid',
            'order.invalid_transition',
            'order.line_not_found',
            'order.lines_unmapped',
            'return.quantity_exceeded',
          ),
        },
      },
    },
    async (request, reply) => {
      const { lines, note } = request.body;
      const wanted = { lines: lines.map((line) => ({ ...line, lineId: orderLineIdOf(line.lineId) })), note: note ?? null };
      return answer({ request, reply }, { status: 201, view: returnView }, (caller) =>
        useCases.requestReturn(caller, orderIdOf(request.params.id), wanted),
      );
    },
  );
};

const decided = { 200: Return.ref, ...refusals('post', 'return.not_found', 'return.invalid_transition') };

const decide = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/returns/:id/authorise',
    {
      config: { permission: 'return.decide', cost: 'return.change' },
      schema: {
        ...told('authoriseReturn', 'Say that the goods of a return may come'),
        params: idParams,
        headers: keyed,
        response: decided,
      },
    },
    async (request, reply) =>
      answer({ request, reply }, shown, (caller) => useCases.authoriseReturn(caller, returnIdOf(request.params.id), null)),
  );

  server.post(
    '/returns/:id/reject',
    {
      config: { permission: 'return.decide', cost: 'return.change' },
      schema: {
        ...told('rejectReturn', 'Say that the goods of a return may not come'),
        params: idParams,
        headers: keyed,
        body: ReturnRejection.ref,
        response: decided,
      },
    },
    async (request, reply) =>
      answer({ request, reply }, shown, (caller) =>
        useCases.rejectReturn(caller, returnIdOf(request.params.id), request.body.note),
      ),
  );

  server.post(
    '/returns/:id/cancel',
    {
      config: { permission: 'return.handle', cost: 'return.change' },
      schema: {
        ...told('cancelReturn', 'Await no more of a return'),
        description: 'What has not come back may be asked for once more. A return of which something came back is received then.',
        params: idParams,
        headers: keyed,
        response: decided,
      },
    },
    async (request, reply) =>
      answer({ request, reply }, shown, (caller) => useCases.cancelReturn(caller, returnIdOf(request.params.id), null)),
  );
};

const labelling = `The shipment that brings the goods back to a location, with its label. A return has one at a time, which is answered as it is until its parcel has arrived; another one is then for what has still not come.
Where the carrier's answer got lost the answer is 504 with the \`shipmentId\`: ask again, which looks the purchase up. Not every carrier sells such labels.`;

const buyLabel = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/returns/:id/label',
    {
      config: { permission: 'return.handle', cost: 'return.change' },
      schema: {
        ...told('labelReturn', 'Buy the label with which a return comes back'),
        description: labelling,
        params: idParams,
        headers: keyed,
        body: NewReturnLabel.ref,
        response: {
          200: Shipment.ref,
          ...refusals('post', ...notBought, 'return.not_found', 'return.invalid_transition', 'carrier.unsupported'),
        },
      },
    },
    async (request, reply) => {
      const { carrier, accountId, service, parcels, locationId } = request.body;
      const wanted = {
        carrier,
        accountId: accountId === undefined ? null : carrierAccountIdOf(accountId),
        service: service ?? null,
        parcels,
        locationId: locationIdOf(locationId),
      };
      return answerGoingOn({ request, reply }, { status: 200, view: shipmentView, about: 'shipment' }, (caller) =>
        useCases.labelReturn(caller, returnIdOf(request.params.id), wanted),
      );
    },
  );
};

const receive = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/returns/:id/receive',
    {
      config: { permission: 'return.handle', cost: 'return.change' },
      bodyLimit: ORDER_LIMIT,
      schema: {
        ...told('receiveReturn', 'Take goods of a return in'),
        description:
          'All that it awaits or a part, line by line, at one location. The order is returned when all that was shipped of it came back.',
        params: idParams,
        headers: keyed,
        body: ReturnReceipt.ref,
        response: {
          200: Return.ref,
          ...refusals(
            'post',
            'return.not_found',
            'return.invalid_transition',
            'return.line_not_found',
            'return.quantity_exceeded',
            'item.not_found',
            'item.is_kit',
            'location.not_found',
            'sku.invalid',
          ),
        },
      },
    },
    async (request, reply) => {
      const { locationId, lines } = request.body;
      const goods = lines.map(({ lineId, sku, ...line }) => ({
        ...line,
        lineId: orderLineIdOf(lineId),
        sku: sku === undefined ? null : skuOf(sku),
      }));
      return answer({ request, reply }, shown, (caller) =>
        useCases.receiveReturn(caller, returnIdOf(request.params.id), { locationId: locationIdOf(locationId), lines: goods }),
      );
    },
  );
};

const refund = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/returns/:id/refund',
    {
      config: { permission: 'return.decide', cost: 'return.change' },
      schema: {
        ...told('refundReturn', 'Write down what was given back for a return'),
        description: 'Moves no money. It counts as a refund of the payment of the order, whose payment status follows.',
        params: idParams,
        headers: keyed,
        body: ReturnRefund.ref,
        response: {
          200: Return.ref,
          ...refusals(
            'post',
            'return.not_found',
            'return.invalid_transition',
            'payment.amount_invalid',
            'payment.invalid_transition',
          ),
        },
      },
    },
    async (request, reply) => {
      const { amountMinor, reference } = request.body;
      return answer({ request, reply }, shown, (caller) =>
        useCases.refundReturn(caller, returnIdOf(request.params.id), { amountMinor, reference: reference ?? null }),
      );
    },
  );
};

const lookAt = (server: Typed, { read }: HttpDeps): void => {
  server.get(
    '/returns',
    {
      config: { permission: 'return.view' },
      schema: {
        ...told('listReturns', 'Returns, newest first'),
        querystring: returnQuery,
        response: { 200: ReturnPage.ref, ...refusals('read') },
      },
    },
    async (request, reply) => {
      const { orderId, status } = request.query;
      const asked = pageRequest('id', request.query);
      const page = await read(callerOf(request).organizationId, ({ returns }) =>
        returns.list(asked, { orderId: orderId === undefined ? undefined : orderIdOf(orderId), status }),
      );
      return reply.send(pageAnswer('id', page, returnView));
    },
  );

  server.get(
    '/returns/:id',
    {
      config: { permission: 'return.view' },
      schema: {
        ...told('getReturn', 'One return'),
        params: idParams,
        response: { 200: Return.ref, ...refusals('read', 'return.not_found') },
      },
    },
    async (request, reply) => {
      const one = await read(callerOf(request).organizationId, ({ returns }) => returns.find(returnIdOf(request.params.id)));
      return one ? reply.send(returnView(one)) : refuse(reply, { code: 'return.not_found' });
    },
  );
};
