import { hash } from 'node:crypto';
import type { Order as DomainOrder, Once, PlacementRequest, PlaceRefused, Result } from '@rappit/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { type Rendered, renderingOnce, sendRendered } from '../answer.js';
import type { HttpDeps } from '../deps.js';
import { scopeOf, storedProblem, storing } from '../once.js';
import { refusals } from '../problems/problem.schemas.js';
import type { Fault } from '../problems/refusals.js';
import { faultsOf } from '../problems/validation-faults.js';
import { routesOf } from '../routes.js';
import { callerOf } from '../signed-in.js';
import { keyed } from '../vocabulary.schemas.js';
import { Batch, batchOfAnything, NewBatch } from './batch.schemas.js';
import { draftOf, NewOrder } from './new-order.schemas.js';
import { Order, orderView } from './orders.schemas.js';
import { placeAll } from './placing.js';

/** A hundred orders of the largest kind that is usual. */
const BATCH_LIMIT = 10 * 1_048_576;

const description = `Up to 100 orders, first come first served, each placed or refused by itself: the answer is 200 with a status for each, and with the order or a problem.
An order that isn't well formed is refused by itself too.

With an Idempotency-Key each order has a key of its own, made of the batch's key and the order's place: a batch that is sent again gets each order's first answer,
and what was not placed then for a fault of ours is tried again.`;

type Asked = Static<typeof NewOrder.ref>;
type Outcome = Rendered & { readonly replayed: boolean };

/** Many orders in one request. */
export const batchRoutes = routesOf((server, deps) => {
  server.post(
    '/orders/batch',
    {
      config: { permission: 'order.write', cost: 'order.place' },
      bodyLimit: BATCH_LIMIT,
      attachValidation: true,
      schema: {
        operationId: 'placeOrders',
        tags: ['orders'],
        summary: 'Place up to 100 orders',
        description,
        headers: keyed,
        body: NewBatch.ref,
        response: { 200: Batch.ref, ...refusals('post') },
      },
    },
    async (request, reply) => {
      const faults = await faultsByPlace(request);
      const outcomes = await placeSound({ deps, request, renderOrder: orderRenderer(reply) }, request.body.orders, faults);
      const items = outcomes.map(({ status, body }) => `{"status":${status},"${status < 400 ? 'order' : 'problem'}":${body}}`);
      const placed = outcomes.filter(({ status }) => status < 400).length;
      if (outcomes.every(({ replayed }) => replayed)) reply.header('idempotent-replayed', 'true');
      return sendRendered(reply, { status: 200, body: `{"data":[${items.join(',')}],"placed":${placed}}` });
    },
  );
});

/** What is wrong with each order that isn't well formed, by its place. A request that isn't a batch at all is refused whole. */
const faultsByPlace = async (request: FastifyRequest): Promise<ReadonlyMap<number, readonly Fault[]>> => {
  const error = request.validationError;
  if (!error) return new Map();
  const isBatch = request.compileValidationSchema(batchOfAnything, 'body');
  if (error.validationContext !== 'body' || !isBatch(request.body)) throw error;
  const isOrder = request.compileValidationSchema(NewOrder.ref, 'body');
  const { orders } = request.body as { readonly orders: readonly unknown[] };
  return new Map(orders.flatMap((order, place) => (isOrder(order) ? [] : [[place, faultsOf(isOrder.errors ?? [])] as const])));
};

type Exchange = {
  readonly deps: HttpDeps;
  readonly request: FastifyRequest;
  readonly renderOrder: (order: DomainOrder) => Rendered;
};

/** Places the orders that are well formed, and answers for all of them in their order. */
const placeSound = async (
  exchange: Exchange,
  orders: readonly Asked[],
  faults: ReadonlyMap<number, readonly Fault[]>,
): Promise<readonly Outcome[]> => {
  const { organizationId, actor } = callerOf(exchange.request);
  const requests = new Map<number, PlacementRequest>();
  for (const [place, order] of orders.entries())
    if (!faults.has(place)) requests.set(place, { actor, draft: draftOf(order), once: onceFor(exchange, order, place) });
  const placed = await placeAll(exchange.deps, organizationId, [...requests.values()]);
  const answers = new Map([...requests.keys()].map((place, index) => [place, placed[index]]));
  return orders.map((_, place) => outcomeOf(exchange, answers.get(place), faults.get(place)));
};

const outcomeOf = (
  { renderOrder }: Pick<Exchange, 'renderOrder'>,
  placed: Result<DomainOrder, PlaceRefused> | undefined,
  faults: readonly Fault[] | undefined,
): Outcome => {
  if (faults) return { ...storedProblem({ code: 'request.invalid', faults } as { code: 'request.invalid' }), replayed: false };
  if (!placed) return { ...storedProblem({ code: 'store.conflict' }), replayed: false };
  if (placed.ok) return { ...renderOrder(placed.value), replayed: false };
  if (placed.error.code === 'idempotency.replayed') return { ...placed.error.answer, replayed: true };
  return { ...storedProblem(placed.error), replayed: false };
};

const orderRenderer = (reply: FastifyReply): Exchange['renderOrder'] =>
  renderingOnce((order) => ({ status: 201, body: String(reply.serializeInput(orderView(order), orderSchema)) }));

/** One object, since the serializer is kept by it. */
const orderSchema: { readonly [keyword: string]: unknown } = { ...Order.ref };

const onceFor = ({ request, renderOrder }: Exchange, order: Asked, place: number): Once | undefined => {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string') return undefined;
  const fingerprint = hash('sha256', JSON.stringify(order));
  const answer = storing((value) => ({ ...renderOrder(value as DomainOrder), resource: null }));
  return { scope: scopeOf(request), key: `${key}#${place}`, fingerprint, answer };
};
