import type { FastifyInstance, FastifyRequest } from 'fastify';
import { wrong } from './bodies.js';

const LONGEST_KEY = 255;

type Answered = { readonly status: number; readonly body: string };
type Claim = {
  readonly asked: string;
  readonly answer: Promise<Answered>;
  readonly settle: (answer: Answered) => void;
};

const claimFor = (asked: string): Claim => {
  let settle: Claim['settle'] = () => undefined;
  const answer = new Promise<Answered>((resolve) => {
    settle = resolve;
  });
  return { asked, answer, settle };
};

/**
 * What was asked under a key is answered again, and anything else under it refused. Who asks meanwhile waits for the first answer.
 * A fault is kept as any other answer is, unless it came before the request was looked at.
 */
export const rememberAnswers = (app: FastifyInstance): (() => void) => {
  const claims = new Map<string, Claim>();
  const first = new WeakSet<FastifyRequest>();
  const keyOf = ({ headers }: FastifyRequest): string | null => String(headers['idempotency-key'] ?? '') || null;
  app.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request);
    if (key === null) return;
    if (key.length > LONGEST_KEY) return reply.code(400).send(wrong('idempotency_key_too_long'));
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
    claims.get(key)?.settle({ status: reply.statusCode, body: String(payload) });
  });
  return () => claims.clear();
};
