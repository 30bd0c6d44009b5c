import { hash } from 'node:crypto';
import type { Caller, Order as DomainOrder, DomainRefusal, OrderId, Result } from '@rappit/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { type Rendered, renderingOnce, sendRendered } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { orderIdOf } from '../ids.js';
import { scopeOf, storedProblem, storing } from '../once.js';
import { refusals } from '../problems/problem.schemas.js';
import { routesOf } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { keyed } from '../vocabulary.schemas.js';
import { BulkChange, BulkOutcomes } from './bulk.schemas.js';
import { Order, orderView } from './orders.schemas.js';

const description = `Up to 100 orders, each changed or refused by itself: the answer is 200 with a status for each, and with the order or a problem.

With an Idempotency-Key each order has a key of its own, made of the request's key and the order's id.`;

type Asked = Static<typeof BulkChange.ref>;
type Outcome = Rendered & { readonly replayed: boolean };
type Change = (caller: Caller, id: OrderId) => Promise<Result<DomainOrder, DomainRefusal>>;

/** The same done to many orders. */
export const bulkRoutes = routesOf((server, deps) => {
  server.post(
    '/orders/bulk',
    {
      config: { permission: 'order.write', cost: 'order.change' },
      schema: {
        operationId: 'changeOrders',
        tags: ['orders'],
        summary: 'Make ready, cancel, hold or tag up to 100 orders',
        description,
        headers: keyed,
        body: BulkChange.ref,
        response: { 200: BulkOutcomes.ref, ...refusals('post') },
      },
    },
    async (request, reply) => {
      const change = changeOf(deps, request.body);
      const render = orderRenderer(reply);
      const outcomes: Outcome[] = [];
      for (const orderId of request.body.orderIds.map(orderIdOf)) {
        const caller = { ...callerOf(request), once: onceFor(request, orderId, render) };
        outcomes.push(outcomeOf(await change(caller, orderId), render));
      }
      const items = outcomes.map(({ status, body }) => `{"status":${status},"${status < 400 ? 'order' : 'problem'}":${body}}`);
      const done = outcomes.filter(({ status }) => status < 400).length;
      if (outcomes.every(({ replayed }) => replayed)) reply.header('idempotent-replayed', 'true');
      return sendRendered(reply, { status: 200, body: `{"data":[${items.join(',')}],"done":${done}}` });
    },
  );
});

const changeOf = ({ useCases }: HttpDeps, asked: Asked): Change => {
  switch (asked.action) {
    case 'ready':
      return useCases.markReady;
    case 'cancel':
      return (caller, id) => useCases.cancelOrder(caller, id, asked.cancelReason ?? 'other');
    case 'hold':
      return (caller, id) => useCases.holdOrder(caller, id, { reason: asked.holdReason ?? 'manual', note: asked.note ?? null });
    case 'tag':
      return (caller, id) => useCases.tagOrder(caller, id, { add: asked.addTags ?? [], remove: asked.removeTags ?? [] });
  }
};

const outcomeOf = (changed: Result<DomainOrder, DomainRefusal>, render: (order: DomainOrder) => Rendered): Outcome => {
  if (changed.ok) return { ...render(changed.value), replayed: false };
  return changed.error.code === 'idempotency.replayed'
    ? { ...changed.error.answer, replayed: true }
    : { ...storedProblem(changed.error), replayed: false };
};

const orderRenderer = (reply: FastifyReply): ((order: DomainOrder) => Rendered) =>
  renderingOnce((order) => ({ status: 200, body: String(reply.serializeInput(orderView(order), orderSchema)) }));

/** One object, since the serializer is kept by it. */
const orderSchema: { readonly [keyword: string]: unknown } = { ...Order.ref };

const onceFor = (request: FastifyRequest, orderId: OrderId, render: (order: DomainOrder) => Rendered): Caller['once'] => {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string') return undefined;
  const { orderIds: _all, ...asked } = request.body as Asked;
  const answer = storing((value) => ({ ...render(value as DomainOrder), resource: null }));
  return { scope: scopeOf(request), key: `${key}#${orderId}`, fingerprint: hash('sha256', JSON.stringify(asked)), answer };
};
