import type { FastifyInstance } from 'fastify';
import { type FailureKind, type Failures, failureKinds, type Operation, operations } from './failures.js';
import type { Sales } from './sales.js';

type Wish = { readonly kind: FailureKind; readonly times?: number; readonly operation?: Operation };

const wishSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['kind'],
  properties: {
    kind: { enum: failureKinds },
    times: { type: 'integer', minimum: 1, maximum: 10_000 },
    operation: { enum: operations },
  },
};

/**
 * The simulator's own levers over HTTP, for those who run it in another process:
 * asking for failures, forgetting them, and reading what was sold.
 */
export const controlRoutes = (server: FastifyInstance, sales: Sales, failures: Failures): void => {
  server.post<{ Body: Wish }>('/v1/simulator/failures', { schema: { body: wishSchema } }, async ({ body }, reply) => {
    failures.add(body.kind, body.times ?? 1, body.operation ?? 'buyLabel');
    return reply.code(204).send();
  });
  server.delete('/v1/simulator/failures', async (_request, reply) => {
    failures.clear();
    return reply.code(204).send();
  });
  server.get('/v1/simulator/sold', async () => ({
    sold: sales.all().map(({ reference, trackingNumber }) => ({ reference, trackingNumber })),
  }));
};
