import type { CarrierUnauthorized, CarrierUnavailable, OutboundRequest, Result } from '@rappit/domain';
import { ok } from '@rappit/domain';
import { unauthorized } from '../wire/answers.js';
import { type Exchange, exchange } from '../wire/exchange.js';
import type { FedexKey, FedexOptions } from './account.js';
import { fedexTokens } from './tokens.js';

/** Labels come in the body, tens of kilobytes each, one for each of many parcels. */
const MAX_ANSWER_BYTES = 32 * 1_024 * 1_024;

export type Question = Pick<OutboundRequest, 'method'> & {
  readonly path: string;
  readonly body: unknown;
  readonly deadlineMs: number;
  /** Comes back with the answer, and means nothing else: asked twice under one name FedEx does it twice. */
  readonly name?: string;
};

/** What came of a question, or why there was no token to ask it with: then nothing was asked. */
export type Asked = Result<Exchange, CarrierUnauthorized | CarrierUnavailable>;

/** Asks with a token; a token that isn't accepted is replaced once, and the question asked once more: a 401 has done nothing. */
export const askingFedex = (options: FedexOptions, key: FedexKey) => {
  const { send, account } = options;
  const tokens = fedexTokens(options, key);
  const sent = ({ method, path, body, deadlineMs, name }: Question, token: string): Promise<Exchange> =>
    exchange(send, {
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
    });
  return async (question: Question): Promise<Asked> => {
    const token = await tokens.current();
    if (!token.ok) return token;
    const first = await sent(question, token.value);
    if (!isRejected(first)) return ok(first);
    const other = await tokens.insteadOf(token.value);
    if (!other.ok) return other;
    const second = await sent(question, other.value);
    return isRejected(second) ? unauthorized() : ok(second);
  };
};

const isRejected = (answer: Exchange): boolean => answer.kind === 'answered' && answer.status === 401;
