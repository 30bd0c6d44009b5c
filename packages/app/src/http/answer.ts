import type { Caller, DomainRefusal, Result } from '@rappit/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { onceOf } from './once.js';
import { PROBLEM_TYPE } from './problems/problem.js';
import { refuse } from './problems/refuse.js';
import { callerOf } from './signed-in.js';

export type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply };

/** How a success is answered: its status, and what is shown of the value. The route's response schema has the last word on what leaves. */
export type Success<Value> = {
  readonly status: 200 | 201 | 202;
  readonly view: (value: Value) => Readonly<Record<string, unknown>>;
  /** What is shown when the answer is repeated, where that isn't the same: an answer that shows a secret is stored without it. */
  readonly repeated?: (value: Value) => Readonly<Record<string, unknown>>;
};

/** An answer, ready to be sent or stored. */
export type Rendered = { readonly status: number; readonly body: string };

/** Sends what was rendered, to the byte. */
export const sendRendered = (reply: FastifyReply, { status, body }: Rendered): FastifyReply =>
  reply
    .code(status)
    .header('content-type', status >= 400 ? PROBLEM_TYPE : 'application/json; charset=utf-8')
    .send(body);

/** A refusal, or the answer that was given before. */
export const sendRefused = (reply: FastifyReply, refused: DomainRefusal): FastifyReply => {
  if (refused.code !== 'idempotency.replayed') return refuse(reply, refused);
  return sendRendered(reply.header('idempotent-replayed', 'true'), refused.answer);
};

export const renderValue = <Value>(
  reply: FastifyReply,
  { status, view }: Pick<Success<Value>, 'status' | 'view'>,
  value: Value,
): Rendered => ({
  status,
  body: String(reply.serializeInput(view(value), String(status))),
});

/** Renders each value once: what is stored beside an effect and then sent is the same text. */
export const renderingOnce = <Value>(render: (value: Value) => Rendered): ((value: Value) => Rendered) => {
  const known = new Map<Value, Rendered>();
  return (value) => {
    const rendered = known.get(value) ?? render(value);
    known.set(value, rendered);
    return rendered;
  };
};

/**
 * Runs a use case for whoever is signed in and answers its outcome.
 * With an Idempotency-Key, what is stored beside the effect is what is sent, to the byte, or what the success says is repeated instead.
 */
export const answer = async <Value>(
  { request, reply }: Exchange,
  success: Success<Value>,
  work: (caller: Caller) => Promise<Result<Value, DomainRefusal>>,
): Promise<FastifyReply> => {
  const { status, view, repeated } = success;
  const shown = renderingOnce((value: Value) => renderValue(reply, { status, view }, value));
  const kept = repeated ? (value: Value) => renderValue(reply, { status, view: repeated }, value) : shown;
  const outcome = await work({
    ...callerOf(request),
    once: onceOf(request, (value) => ({ ...kept(value as Value), resource: null })),
  });
  return outcome.ok ? sendRendered(reply, shown(outcome.value)) : sendRefused(reply, outcome.error);
};

/**
 * The same for a use case that asks somebody outside. The key is claimed when it begins, and remembers what it is about: when the request
 * comes again the use case goes on with that, and what became of it is answered as it is then.
 */
export const answerGoingOn = async <Value>(
  { request, reply }: Exchange,
  success: Pick<Success<Value>, 'status' | 'view'> & { readonly about: About },
  work: (caller: Caller) => Promise<Result<Value, DomainRefusal>>,
): Promise<FastifyReply> => {
  const resourceOf = (begun: unknown) => (begun as Begun)[success.about].id;
  const once = onceOf(request, (begun) => ({ status: 0, body: '', resource: resourceOf(begun) }));
  const outcome = await work({ ...callerOf(request), once });
  return outcome.ok ? sendRendered(reply, renderValue(reply, success, outcome.value)) : sendRefused(reply, outcome.error);
};

/** What such a use case has written down before it asks. */
type About = 'shipment' | 'pickup';
type Begun = Readonly<Record<About, { readonly id: string }>>;
