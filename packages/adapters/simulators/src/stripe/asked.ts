import type { FastifyReply, FastifyRequest } from 'fastify';
import { missing } from './bodies.js';
import { type Form, textIn } from './form.js';

export const bodyOf = (request: FastifyRequest): Form => (request.body ?? {}) as Form;
export const queryOf = (request: FastifyRequest): Form => request.query as Form;
export const idOf = (request: FastifyRequest): string => (request.params as { readonly id: string }).id;
export const pageOf = (query: Form) => [Number(textIn(query, 'limit') ?? 10), textIn(query, 'starting_after')] as const;
export const not = (reply: FastifyReply, what: string) => reply.code(404).send(missing(what));
