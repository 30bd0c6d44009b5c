import { type Granted, type OutboundAnswer, ok, type Result, type ShopDoRefused } from '@rappit/domain';
import { parseExactly } from '../wire/json-text.js';
import { object, optional, required } from '../wire/reading.js';
import { retryAfterMsOf } from '../wire/retry-after.js';
import { filled, text, units } from '../wire/scalars.js';
import { credentialsText, isToken } from './credentials.js';
import type { ShopifyWorld } from './options.js';
import { answerLost, notReached, refused, unauthorized, unavailable, unknownOutcome, unreadableAnswer } from './refusals.js';

/** Tokens are short; whatever is longer is none. */
const MAX_ANSWER_BYTES = 64 * 1_024;

/** What was granted, and for what. */
export type Token = Granted & { readonly scopes: readonly string[] };

export type TokenQuestion = {
  readonly url: string;
  readonly body: Readonly<Record<string, string>>;
  readonly deadlineMs: number;
  /** When it is asked: what is granted lasts from then on. */
  readonly at: Date;
};

const tokenIn = object({
  accessToken: required('access_token', text),
  scope: filled('scope'),
  seconds: optional('expires_in', units),
  refreshToken: filled('refresh_token'),
  refreshSeconds: optional('refresh_token_expires_in', units),
});

const faultIn = object({ error: filled('error') });

/** Asks Shopify for tokens, once. What it says no to is `shop.unauthorized`, but for what is wrong with our own app. */
export const askForToken = async (
  send: ShopifyWorld['send'],
  { url, body, deadlineMs, at }: TokenQuestion,
): Promise<Result<Token, ShopDoRefused>> => {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const sent = await send({ method: 'POST', url, headers, body: JSON.stringify(body), deadlineMs, maxBytes: MAX_ANSWER_BYTES });
  if (!sent.ok) return sent.error.code === 'outbound.unknown_outcome' ? unknownOutcome(answerLost) : unavailable(notReached);
  const { status, headers: told } = sent.value;
  const json = jsonIn(sent.value);
  if (status === 429 || status === 503)
    return unavailable(`Shopify gives no token at the moment (${status}).`, retryAfterMsOf(told));
  if (status >= 500) return unknownOutcome(`Shopify failed (${status}).`);
  if (status >= 400) return refusalIn(status, json);
  const read = tokenIn(json, '');
  if (status >= 300 || !read.ok || !isToken(read.value.accessToken)) return unknownOutcome(unreadableAnswer);
  const { accessToken, refreshToken, scope, seconds, refreshSeconds } = read.value;
  const after = (duration: number | null): Date | null => (duration === null ? null : new Date(at.getTime() + duration * 1_000));
  return ok({
    credentials: credentialsText({ accessToken, refreshToken }),
    expiresAt: after(seconds),
    renewableUntil: after(refreshSeconds),
    scopes: (scope ?? '').split(',').flatMap((one) => one.trim() || []),
  });
};

const jsonIn = ({ body }: OutboundAnswer): unknown => {
  const json = parseExactly(new TextDecoder().decode(body));
  return json.ok ? json.value : null;
};

/** A client that Shopify doesn't know is our own configuration; no owner can put that right. */
const refusalIn = (status: number, json: unknown): Result<Token, ShopDoRefused> => {
  const fault = faultIn(json, '');
  const said = fault.ok ? fault.value.error : null;
  if (said === 'invalid_client' || said === 'application_cannot_be_found') return refused('Shopify does not know our app.');
  return status === 400 || status === 401 || status === 403 ? unauthorized() : refused(`Shopify refused (${status}).`);
};
