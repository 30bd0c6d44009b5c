import { type CarrierUnauthorized, type CarrierUnavailable, ok, type Result } from '@rappit/domain';
import { notReached, unauthorized, unavailable } from '../wire/answers.js';
import { exchange } from '../wire/exchange.js';
import { type Deadlines, usualDeadlines } from '../wire/options.js';
import { fieldsOf, textOf } from '../wire/reading.js';
import type { FedexKey, FedexOptions } from './account.js';

export type Token = Result<string, CarrierUnauthorized | CarrierUnavailable>;

export type Tokens = {
  /** A token that is good for a while yet. Callers at the same time share one request. */
  readonly current: () => Promise<Token>;
  /** Another one than that, which FedEx didn't accept: whoever was second gets what the first has fetched. */
  readonly insteadOf: (stale: string) => Promise<Token>;
};

const LONGEST_MS = 10_000;
const MAX_BYTES = 64 * 1_024;
/** A token isn't used up to its last second: it has to arrive yet. */
const MARGIN_MS = 60_000;
/** FedEx closes its doors for ten minutes to whoever keeps asking with a wrong key. */
const REFUSAL_LASTS_MS = 30_000;

/** A quarter of the time of whoever has least, so that nobody who waits for somebody else's token comes too late for their own question. */
const deadlineOf = ({ purchaseMs, questionMs }: Deadlines): number =>
  Math.min(LONGEST_MS, Math.floor(Math.min(purchaseMs, questionMs) / 4));

type Kept = { readonly token: Token; readonly until: number };

/** Tokens for one key. Each process has its own; FedEx lets several be good at once. */
export const fedexTokens = (
  { send, now, account, deadlines = usualDeadlines }: Pick<FedexOptions, 'send' | 'now' | 'account' | 'deadlines'>,
  { clientId, clientSecret }: FedexKey,
): Tokens => {
  let kept: Kept | null = null;
  let fetching: Promise<Token> | null = null;
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret });
  const fetched = async (): Promise<Token> => {
    const answer = await exchange(send, {
      method: 'POST',
      url: new URL('/oauth/token', account.baseUrl).href,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: body.toString(),
      deadlineMs: deadlineOf(deadlines),
      maxBytes: MAX_BYTES,
    });
    const asked = now().getTime();
    if (answer.kind !== 'answered') return unavailable(notReached);
    const { status, json } = answer;
    const { access_token, expires_in } = fieldsOf(json);
    const token = status === 200 ? textOf(access_token) : null;
    if (token !== null && /^[\x21-\x7e]+$/.test(token)) {
      const seconds = typeof expires_in === 'number' ? expires_in : 0;
      kept = { token: ok(token), until: asked + seconds * 1_000 - MARGIN_MS };
      return ok(token);
    }
    if (status !== 401 && status !== 403 && status !== 400 && status !== 422)
      return unavailable(`FedEx gave no token (${status}).`);
    kept = { token: unauthorized(), until: asked + REFUSAL_LASTS_MS };
    return kept.token;
  };
  const current = async (): Promise<Token> => {
    if (kept && now().getTime() < kept.until) return kept.token;
    fetching ??= fetched().finally(() => {
      fetching = null;
    });
    return fetching;
  };
  return {
    current,
    insteadOf: (stale) => {
      if (kept?.token.ok && kept.token.value === stale) kept = null;
      return current();
    },
  };
};
