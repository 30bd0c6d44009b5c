import type { CarrierUnauthorized, CarrierUnavailable, OutboundRequest, Result } from '@rappit/domain';
import { ok } from '@rappit/domain';
import { unauthorized, unavailable } from '../wire/answers.js';
import { deadlineFrom } from '../wire/deadline.js';
import { type Exchange, exchange } from '../wire/exchange.js';
import type { FedexKey, FedexOptions } from './account.js';
import { fedexTokens } from './tokens.js';

/** Labels come in the body, tens of kilobytes each, one for each of many parcels. */
const MAX_ANSWER_BYTES = 32 * 1_024 * 1_024;

export type Question = Pick<OutboundRequest, 'method'> & {
  readonly path: string;
  readonly body: unknown;
  /** For all that it takes: tokens, and the question itself, also when it is asked once more. */
  readonly deadlineMs: number;
  /** Comes back with the answer, and means nothing else: asked twice under one name FedEx does it twice. */
  readonly name?: string;
};

/** What came of a question, or why there was no token to ask it with: then nothing was asked. */
export type Asked = Result<Exchange, CarrierUnauthorized | CarrierUnavailable>;

/**
 * Asks with a token; a token that isn't accepted is replaced once, and the question asked once more: a 401 has done nothing.
 * It isn't where less than half of the time is left: a purchase that is cut short is one that nobody knows the outcome of.
 */
export const askingFedex = (options: FedexOptions, key: FedexKey) => {
  const { send, account, monotonicMs = () => performance.now() } = options;
  const tokens = fedexTokens(options, key);
  const sent = ({ method, path, body, name }: Question, token: string, deadlineMs: number): Promise<Exchange> =>
    exchange(
      send,
      {
        method,
        url: new URL(path, account.baseUrl).href,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          accept: 'application/json',
          'x-locale': 'en_US',
          ...(name !== undefined && { 'x-customer-transaction-id': name }),
        },
        body: JSON.stringify(body),
        deadlineMs,
        maxBytes: MAX_ANSWER_BYTES,
      },
      body,
    );
  return async (question: Question): Promise<Asked> => {
    const { totalMs, leftMs } = deadlineFrom(question.deadlineMs, monotonicMs);
    const token = await tokens.current();
    if (!token.ok) return token;
    const first = await sent(question, token.value, leftMs());
    if (!isRejected(first)) return ok(first);
    if (leftMs() < totalMs / 2) return unavailable("FedEx didn't accept the token, too late to ask with another one.");
    const other = await tokens.insteadOf(token.value);
    if (!other.ok) return other;
    const second = await sent(question, other.value, leftMs());
    return isRejected(second) ? unauthorized() : ok(second);
  };
};

const isRejected = (answer: Exchange): boolean => answer.kind === 'answered' && answer.status === 401;
