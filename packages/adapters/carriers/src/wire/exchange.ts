import type { GuardedFetch, OutboundRequest } from '@rappit/domain';
import { retryAfterOf } from './retry-after.js';

/** How carriers are called. Every call has a deadline and a cap on what it reads. */
export type Send = GuardedFetch['send'];

/**
 * What came of one request.
 * - `answered`: the status is certain. `json` is undefined when the body is no JSON; `sent` is what was asked, where it had a body;
 *   `retryAfterSeconds` is how long it wants to be left alone, where it said so.
 * - `notSent`: no connection was made, so the carrier can't have seen the request.
 * - `lost`: it may have arrived.
 */
export type Exchange =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly json: unknown;
      readonly sent?: unknown;
      readonly retryAfterSeconds?: number;
    }
  | { readonly kind: 'notSent' }
  | { readonly kind: 'lost' };

/** Asks once, and never throws. Without any time left nobody is asked. */
export const exchange = async (send: Send, request: OutboundRequest, sent?: unknown): Promise<Exchange> => {
  if (request.deadlineMs <= 0) return { kind: 'notSent' };
  const answer = await send(request);
  if (answer.ok) {
    const { status, headers, body } = answer.value;
    const retryAfterSeconds = retryAfterOf(headers);
    return {
      ...{ kind: 'answered', status, json: jsonIn(body) },
      ...(sent !== undefined && { sent }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    };
  }
  return { kind: answer.error.code === 'outbound.unknown_outcome' ? 'lost' : 'notSent' };
};

const jsonIn = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
};
