import type { FastifyInstance, FastifyRequest } from 'fastify';

type Answered = { readonly status: number; readonly body: string };
type Claim = {
  readonly asked: string;
  readonly answer: Promise<Answered | null>;
  readonly settle: (answer: Answered | null) => void;
};

const claimFor = (asked: string): Claim => {
  let settle: Claim['settle'] = () => undefined;
  const answer = new Promise<Answered | null>((resolve) => {
    settle = resolve;
  });
  return { asked, answer, settle };
};

/** What was asked under a key is answered again, and anything else under it refused. Who asks meanwhile waits for the first answer. */
export const rememberAnswers = (app: FastifyInstance): (() => void) => {
  const claims = new Map<string, Claim>();
  const first = new WeakSet<FastifyRequest>();
  const keyOf = ({ headers }: FastifyRequest): string | null => String(headers['idempotency-key'] ?? '') || null;
  app.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request);
    if (key === null) return;
    const asked = `${request.url} ${JSON.stringify(request.body ?? {})}`;
    const known = claims.get(key);
    if (known && known.asked !== asked)
      return reply.code(400).send({ error: { type: 'idempotency_error', message: 'Keys are for one request each.' } });
    const before = await known?.answer;
    if (before) return reply.code(before.status).type('application/json').send(before.body);
    first.add(request);
    claims.set(key, claimFor(asked));
    return undefined;
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const key = keyOf(request);
    if (key === null || !first.has(request)) return;
    const failed = reply.statusCode >= 500;
    claims.get(key)?.settle(failed ? null : { status: reply.statusCode, body: String(payload) });
    if (failed) claims.delete(key);
  });
  return () => claims.clear();
};
