import type { FastifyReply } from 'fastify';
import { headersOf, PROBLEM_TYPE, problemOf, statusOf } from './problem.js';
import type { AnyRefusal } from './refusals.js';

/** Sends a refusal as a problem. */
export const refuse = (reply: FastifyReply, refusal: AnyRefusal): FastifyReply =>
  reply
    .code(statusOf[refusal.code])
    .headers(headersOf(refusal))
    .header('content-type', PROBLEM_TYPE)
    .send(JSON.stringify(problemOf(refusal)));
