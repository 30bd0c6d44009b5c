import { bug, type Once, type Refusal, type Result, type StoredAnswer } from '@rappit/domain';
import type { FastifyRequest } from 'fastify';
import { isRefusalCode, problemOf } from './problems/problem.js';
import type { AnyRefusal } from './problems/refusals.js';
import { fingerprintOf } from './wire/json-body.js';

/** What is stored of a refusal: the very problem that is sent. */
export const storedProblem = (refusal: Refusal): StoredAnswer => {
  if (!isRefusalCode(refusal.code)) return bug(`${refusal.code} has no status`);
  const problem = problemOf(refusal as AnyRefusal);
  return { status: problem.status, body: JSON.stringify(problem), resource: null };
};

/** What is stored of an outcome, given how a success is stored. */
export const storing =
  (success: (value: unknown) => StoredAnswer) =>
  (outcome: Result<unknown, Refusal>): StoredAnswer =>
    outcome.ok ? success(outcome.value) : storedProblem(outcome.error);

/**
 * The wish of a POST that has an Idempotency-Key; none otherwise.
 * The key counts for one method and route, and for one path and body of it.
 */
export const onceOf = (request: FastifyRequest, success: (value: unknown) => StoredAnswer): Once | undefined => {
  const key = request.headers['idempotency-key'];
  if (request.method !== 'POST' || typeof key !== 'string') return undefined;
  return { scope: scopeOf(request), key, fingerprint: fingerprintOf(request), answer: storing(success) };
};

/** The method and the route's pattern. */
export const scopeOf = (request: Pick<FastifyRequest, 'method' | 'routeOptions'>): string =>
  `${request.method} ${request.routeOptions.url ?? ''}`;
