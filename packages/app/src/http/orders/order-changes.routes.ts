import { answer } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { orderIdOf, orderLineIdOf } from '../ids.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf, type Typed } from '../routes.js';
import { idParams, keyed } from '../vocabulary.schemas.js';
import { Cancellation, editOf, NewHold, NewNote, NewPayment, OrderChange } from './order-changes.schemas.js';
import { ORDER_LIMIT, Order, orderView } from './orders.schemas.js';

const told = (operationId: string, summary: string) => ({ operationId, tags: ['orders'], summary });
const shown = { status: 200, view: orderView } as const;

/** What is done to an order after it was placed. */
export const orderChangeRoutes = routesOf((server, deps) => {
  change(server, deps);
  pay(server, deps);
  hold(server, deps);
  moveOn(server, deps);
});

const change = (server: Typed, { useCases }: HttpDeps): void => {
  server.patch(
    '/orders/:id',
    {
      config: { permission: 'order.write', cost: 'order.change' },
      bodyLimit: ORDER_LIMIT,
      schema: {
        ...told('changeOrder', 'Change the lines, addresses or tags of an order'),
        description:
          'All of it or nothing, until the last unit is shipped; tags at any time. Only what the lines differ is reserved or released: what is promised already stays where it is. An order that was ready has to be made ready again when its lines have changed.',
        params: idParams,
        body: OrderChange.ref,
        response: {
          200: Order.ref,
          ...refusals(
            'change',
            'order.not_found',
            'order.changed',
            'order.invalid_transition',
            'order.invalid',
            'order.unknown_sku',
            'order.line_not_found',
            'order.below_shipped',
            'order.nothing_left',
            'order.insufficient_stock',
            'order.purchase_in_progress',
          ),
        },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, shown, (caller) =>
        useCases.editOrder(caller, orderIdOf(request.params.id), editOf(request.body)),
      ),
  );

  server.post(
    '/orders/:id/notes',
    {
      config: { permission: 'order.note', cost: 'order.change' },
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

const pay = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/orders/:id/payments',
    {
      config: { permission: 'order.write', cost: 'order.change' },
      schema: {
        ...told('recordPayment', 'Say what became of the payment of an order'),
        description:
          'Once the money is there, or authorized, what is still reserved stays so; what had expired waits for stock again, in its old place, and is served at once where there is any. The same payment twice changes nothing, save a partial refund, which is one more.',
        params: idParams,
        headers: keyed,
        body: NewPayment.ref,
        response: {
          200: Order.ref,
          ...refusals('post', 'order.not_found', 'payment.invalid_transition', 'payment.amount_invalid'),
        },
      },
    },
    async (request, reply) => {
      const { status, amountMinor, reference } = request.body;
      return answer({ request, reply }, shown, (caller) =>
        useCases.recordPayment(caller, orderIdOf(request.params.id), { status, amountMinor, reference: reference ?? null }),
      );
    },
  );
};

const hold = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/orders/:id/hold',
    {
      config: { permission: 'order.write', cost: 'order.change' },
      schema: {
        ...told('holdOrder', 'Stop an order until it is resumed'),
        description: 'It keeps what is reserved for it, and is neither made ready nor shipped.',
        params: idParams,
        headers: keyed,
        body: NewHold.ref,
        response: {
          200: Order.ref,
          ...refusals('post', 'order.not_found', 'order.invalid_transition', 'order.purchase_in_progress'),
        },
      },
    },
    async (request, reply) => {
      const { reason, note } = request.body;
      return answer({ request, reply }, shown, (caller) =>
        useCases.holdOrder(caller, orderIdOf(request.params.id), { reason, note: note ?? null }),
      );
    },
  );

  server.post(
    '/orders/:id/resume',
    {
      config: { permission: 'order.write', cost: 'order.change' },
      schema: {
        ...told('resumeOrder', 'Let a held order go on'),
        description: 'As what its lines say, and with what it waits for, as far as it is there. It has to be made ready again.',
        params: idParams,
        headers: keyed,
        response: {
          200: Order.ref,
          ...refusals('post', 'order.not_found', 'order.invalid_transition', 'order.lines_unmapped'),
        },
      },
    },
    async (request, reply) =>
      answer({ request, reply }, shown, (caller) => useCases.resumeOrder(caller, orderIdOf(request.params.id))),
  );
};

const moveOn = (server: Typed, { useCases }: HttpDeps): void => {
  server.post(
    '/orders/:id/ready',
    {
      config: { permission: 'order.ready', cost: 'order.change' },
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
      config: { permission: 'order.write', cost: 'order.change' },
      bodyLimit: ORDER_LIMIT,
      schema: {
        ...told('cancelOrder', 'Cancel an order, or lines of it'),
        description:
          'What has left stays shipped, and an order of which something has is shipped then. The stock is free again, and orders that wait for it are served. Units for which a label is being bought stay.',
        params: idParams,
        headers: keyed,
        body: Cancellation.ref,
        response: {
          200: Order.ref,
          ...refusals(
            'post',
            'order.not_found',
            'order.line_not_found',
            'order.invalid',
            'order.invalid_transition',
            'order.quantity_exceeded',
            'order.purchase_in_progress',
          ),
        },
      },
    },
    async (request, reply) => {
      const { reason, lines } = request.body;
      const id = orderIdOf(request.params.id);
      const units = lines?.map(({ lineId, quantity = null }) => ({ lineId: orderLineIdOf(lineId), quantity }));
      return answer({ request, reply }, shown, (caller) =>
        units ? useCases.cancelLines(caller, id, { reason, lines: units }) : useCases.cancelOrder(caller, id, reason),
      );
    },
  );
};
