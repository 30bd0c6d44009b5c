import { setTimeout as delay } from 'node:timers/promises';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { faultOf, orderSchema, shapeFault } from './check-order.js';
import { controlRoutes } from './control-routes.js';
import { type FailureKind, type Failures, failureQueue, type Operation } from './failures.js';
import { type Sales, salesBook, toWire } from './sales.js';
import { KEY_HEADER, SHIPMENTS_PATH, type WireFault, type WireOrder, type WireSale } from './wire.js';

export type CarrierSimulatorOptions = { readonly port?: number; readonly apiKey: string };

/** A purchase that the carrier has in its books. */
export type SoldLabel = { readonly reference: string; readonly trackingNumber: string };

export type CarrierSimulator = {
  readonly baseUrl: string;
  /** Makes the next requests of an operation fail; a purchase unless said otherwise. Failures asked for earlier come first. */
  readonly failNext: (kind: FailureKind, times?: number, operation?: Operation) => void;
  /** Forgets the failures that were asked for and haven't happened yet. */
  readonly recover: () => void;
  /** Everything it has sold, oldest first: a reference that is there twice was paid for twice. */
  readonly sold: () => readonly SoldLabel[];
  /** How many requests came that will never be answered (`hang`, `slow`): whoever waits for them may give up. */
  readonly unanswered: () => number;
  /** Cuts every connection and stops listening. */
  readonly close: () => Promise<void>;
};

/**
 * A carrier that answers over HTTP on 127.0.0.1, with its own wire format, real labels and a memory of what it sold.
 * - `POST /v1/shipments` sells, and sells again when it is asked twice, as real carriers do.
 * - `GET /v1/shipments?reference=` finds every sale under a reference, oldest first.
 * - It fails in the ways that were asked for, by `failNext` or by `POST /v1/simulator/failures`.
 */
export const startCarrierSimulator = async ({ port = 0, apiKey }: CarrierSimulatorOptions): Promise<CarrierSimulator> => {
  const failures = failureQueue();
  const sales = salesBook();
  const silence = keptSilences();
  const server = fastify({
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  server.addHook('onRequest', async (request, reply) => {
    if (request.headers[KEY_HEADER] !== apiKey)
      return reply.code(401).send(faulty({ code: 'key', message: 'The API key is not known here.' }));
    return undefined;
  });
  answerFaults(server);
  sellingRoute(server, { sales, failures, silence });
  findingRoute(server, { sales, failures, silence });
  controlRoutes(server, sales, failures);
  const listening: Promise<string> = server.listen({ host: '127.0.0.1', port });
  const baseUrl = await listening;
  return {
    baseUrl,
    failNext: (kind, times = 1, operation = 'buyLabel') => failures.add(kind, times, operation),
    recover: failures.clear,
    sold: () => sales.all().map(({ reference, trackingNumber }) => ({ reference, trackingNumber })),
    unanswered: silence.count,
    close: () => server.close(),
  };
};

const answerFaults = (server: FastifyInstance): void => {
  server.setErrorHandler<{ statusCode?: number; validation?: Parameters<typeof shapeFault>[0][] }>(
    async (error, _request, reply) => {
      const [shape] = error.validation ?? [];
      if (shape) return reply.code(422).send(faulty(shapeFault(shape)));
      return reply.code(error.statusCode ?? 500).send(faulty({ code: 'request', message: 'The request could not be read.' }));
    },
  );
};

/** Replies that never come, counted. */
type Silence = { readonly keep: (reply: FastifyReply) => FastifyReply; readonly count: () => number };

const keptSilences = (): Silence => {
  let kept = 0;
  return {
    keep: (reply) => {
      kept += 1;
      return reply.hijack();
    },
    count: () => kept,
  };
};

type Books = { readonly sales: Sales; readonly failures: Failures; readonly silence: Silence };

const sellingRoute = (server: FastifyInstance, { sales, failures, silence }: Books): void => {
  server.post<{ Body: WireOrder }>(SHIPMENTS_PATH, { schema: { body: orderSchema } }, async (request, reply) => {
    const failure = failures.next('buyLabel');
    const early = beforeActing(failure, reply, silence);
    if (early) return early;
    const fault = faultOf(request.body);
    if (fault) return reply.code(422).send(faulty(fault));
    const sale = sales.sell(request.body);
    return afterActing(failure, reply, silence) ?? reply.code(201).send(await late(failure, hide(failure, await toWire(sale))));
  });
};

const findingRoute = (server: FastifyInstance, { sales, failures, silence }: Books): void => {
  const querystring = { type: 'object', required: ['reference'], properties: { reference: { type: 'string', minLength: 1 } } };
  server.get<{ Querystring: { reference: string } }>(SHIPMENTS_PATH, { schema: { querystring } }, async (request, reply) => {
    const failure = failures.next('findByReference');
    const failed = beforeActing(failure, reply, silence) ?? afterActing(failure, reply, silence);
    if (failed) return failed;
    const found = await Promise.all(sales.under(request.query.reference).map(toWire));
    return reply.code(200).send({ shipments: found.map((sale) => hide(failure, sale)) });
  });
};

const faulty = (error: WireFault): { readonly error: WireFault } => ({ error });

const beforeActing = (failure: FailureKind | undefined, reply: FastifyReply, silence: Silence): FastifyReply | undefined => {
  switch (failure) {
    case 'refuse':
      return reply.code(422).send(faulty({ code: 'refused', message: 'We do not carry this shipment.' }));
    case 'unauthorized':
      return reply.code(401).send(faulty({ code: 'key', message: 'The API key is not known here.' }));
    case 'unavailable':
      return reply.code(503).send(faulty({ code: 'closed', message: 'Closed for maintenance.', sold: false }));
    case 'rateLimited':
      return reply
        .code(429)
        .header('retry-after', '1')
        .send(faulty({ code: 'rate', message: 'Too many requests.', sold: false }));
    case 'errorInside':
      return reply.code(200).send(faulty({ code: 'refused', message: 'We do not carry this shipment.', sold: false }));
    case 'hang':
      return silence.keep(reply);
    default:
      return undefined;
  }
};

const afterActing = (failure: FailureKind | undefined, reply: FastifyReply, silence: Silence): FastifyReply | undefined => {
  switch (failure) {
    case 'dropAfterSelling':
      reply.hijack().raw.destroy();
      return reply;
    case 'slow':
      return silence.keep(reply);
    case 'garbage':
      return reply.code(200).type('text/html').send('<!doctype html><title>Welcome</title><p>Everything is fine.');
    default:
      return undefined;
  }
};

const hide = (failure: FailureKind | undefined, sale: WireSale): Partial<WireSale> => {
  const { awb, label, ...rest } = sale;
  if (failure === 'noNumber') return { ...rest, label };
  return failure === 'noLabel' ? { ...rest, awb } : sale;
};

const LATE_MS = 150;

const late = async <Answer>(failure: FailureKind | undefined, answer: Answer): Promise<Answer> => {
  if (failure === 'late') await delay(LATE_MS);
  return answer;
};
